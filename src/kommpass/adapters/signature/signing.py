"""Puts a signature into a PDF (PAdES baseline B), so that any reader can see who signed and whether it was changed."""

import io

from asn1crypto import keys, pem, x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko_certvalidator.registry import SimpleCertificateStore

from kommpass.adapters.signature.keys import SigningPair

FIELD = "Kommpass"


def sign(pdf: bytes, pair: SigningPair, *, reason: str, location: str = "") -> bytes:
    """The same PDF with a signature; the pages are not touched. `reason` is part of what is signed."""
    store = SimpleCertificateStore()
    certificate = x509.Certificate.load(_der(pair.public_pem))
    store.register(certificate)
    signer = signers.SimpleSigner(
        signing_cert=certificate,
        signing_key=keys.PrivateKeyInfo.load(_der(pair.private_pem)),
        cert_registry=store,
    )
    meta = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        reason=reason,
        location=location or None,
        subfilter=SigSeedSubFilter.PADES,
    )
    written = io.BytesIO()
    signers.PdfSigner(meta, signer).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), output=written)
    return written.getvalue()


def _der(text: bytes) -> bytes:
    _kind, _headers, der = pem.unarmor(text)
    return der
