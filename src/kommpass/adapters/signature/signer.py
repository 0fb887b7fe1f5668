"""Signs one PDF in a process of its own: `python signer.py` reads an order and the file, and writes the signed file.

The order is one line of JSON, the file follows. A process of its own, because the library for it takes a second and
many megabytes to load, and nobody needs it between two certificates. This file therefore imports nothing of Kommpass.
"""

import io
import json
import sys

from asn1crypto import keys, pem, x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import InvisSigSettings, MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko_certvalidator.registry import SimpleCertificateStore

FIELD = "Kommpass"
# Untagged and invisible: outside of the page it offends neither PDF/A nor PDF/UA.
NOWHERE = InvisSigSettings(set_print_flag=True, set_hidden_flag=False, box_out_of_bounds=True)


def signed(pdf: bytes, order: dict) -> bytes:
    """The same file with a signature added; the pages are not touched. `reason` is part of what is signed."""
    certificates = [x509.Certificate.load(_der(each)) for each in order["certificates"]]
    store = SimpleCertificateStore()
    store.register_multiple(certificates)
    signer = signers.SimpleSigner(
        signing_cert=certificates[0],
        signing_key=keys.PrivateKeyInfo.load(_der(order["private"])),
        cert_registry=store,
    )
    meta = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        reason=order["reason"],
        location=order["location"] or None,
        subfilter=SigSeedSubFilter.PADES,
        # Every reader shows that nothing may be added after this signature.
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    place = SigFieldSpec(FIELD, readable_field_name=order["label"], invis_sig_settings=NOWHERE)
    written = io.BytesIO()
    signers.PdfSigner(meta, signer, new_field_spec=place).sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(pdf)), output=written
    )
    return written.getvalue()


def _der(text: str) -> bytes:
    _kind, _headers, der = pem.unarmor(text.encode())
    return der


if __name__ == "__main__":
    order = json.loads(sys.stdin.buffer.readline())
    sys.stdout.buffer.write(signed(sys.stdin.buffer.read(), order))
