"""Files for the tests of signatures: a small PDF, keys of all kinds, and what an attacker makes of a signed file."""

import io
import zlib
from datetime import UTC, datetime
from pathlib import Path
from ssl import PEM_cert_to_DER_cert

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import NameOID
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject

from kommpass.adapters.signature import SigningPair, make_key, signer

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
PEM, PLAIN = serialization.Encoding.PEM, serialization.NoEncryption()
PKCS8, OLD = serialization.PrivateFormat.PKCS8, serialization.PrivateFormat.TraditionalOpenSSL


def small_pdf(text: str = "Urkunde") -> bytes:
    """One page, as plain as a PDF can be."""
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.add_metadata({"/Title": text})
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def new_pair(folder: Path, subject: str = "Probe", now: datetime = NOON) -> SigningPair:
    return make_key(folder, subject=subject, now=now)


def own_key(
    folder: Path, key=None, *, form=PKCS8, lock=PLAIN, issuer=None, ends: datetime = datetime(2046, 1, 1, tzinfo=UTC)
) -> Path:
    """A key that somebody brings along, in the two files; `issuer` is a pair (key, certificate) of an authority."""
    folder.mkdir(exist_ok=True)
    key = key or ec.generate_private_key(ec.SECP256R1())
    certificate = certificate_for(key, "Verein", issuer, ends)
    chain = [certificate, *([issuer[1]] if issuer else [])]
    (folder / "signing.key").write_bytes(key.private_bytes(PEM, form, lock))
    (folder / "signing.crt").write_bytes(b"".join(each.public_bytes(PEM) for each in chain))
    return folder


def authority():
    """The key and the certificate of a certification authority."""
    key = ec.generate_private_key(ec.SECP256R1())
    return key, certificate_for(key, "Zertifizierungsstelle", None, datetime(2046, 1, 1, tzinfo=UTC))


def certificate_for(key, subject: str, issuer, ends: datetime) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)])
    signer, above = (issuer[0], issuer[1].subject) if issuer else (key, name)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(above)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(ends)
        .sign(signer, None if isinstance(signer, ed25519.Ed25519PrivateKey) else hashes.SHA256())
    )


WEAK = {
    "RSA with 1024 bits": lambda: rsa.generate_private_key(public_exponent=65537, key_size=1024),
    "Ed25519": ed25519.Ed25519PrivateKey.generate,
    "EC with 192 bits": lambda: ec.generate_private_key(ec.SECP192R1()),
}


def later_update(signed: bytes) -> bytes:
    """Another page title written behind the signed bytes, as any editor does it."""
    writer = PdfWriter(io.BytesIO(signed), incremental=True)
    writer.add_metadata({"/Title": "Aufbauzertifikat"})
    written = io.BytesIO()
    writer.write(written)
    assert written.getvalue().startswith(signed)
    return written.getvalue()


def stripped(signed: bytes) -> bytes:
    """The same pages without the signature."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(signed)))
    for page in writer.pages:
        page.pop(NameObject("/Annots"), None)
    for entry in ("/AcroForm", "/Perms"):
        writer.root_object.pop(NameObject(entry), None)
    writer.compress_identical_objects(remove_unreferenced=True)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def encrypted(pdf: bytes) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    writer.encrypt("geheim")
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def container(signed: bytes) -> tuple[int, int]:
    """Where the signature itself lies: the only bytes no signature can cover."""
    ranges = PdfReader(io.BytesIO(signed)).get_fields()["Kommpass"]["/V"]["/ByteRange"]
    return int(ranges[1]), int(ranges[2])


def _pdf_of(head: bytes, objects: list[bytes]) -> bytes:
    written, places = bytearray(head), []
    for number, each in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(written)
    size = len(objects) + 1
    written += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    written += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start)
    return bytes(written)


MALICIOUS = (
    "a bomb", "a hundred thousand brackets", "fields in a circle", "tables in a circle", "a reference to itself",
    "a huge number", "half a million fields", "a table of nothing", "megabytes of nothing",
)  # fmt: skip


def malicious(kind: str, certificate: str) -> bytes:
    """A file made to keep a reader busy, to fill its memory or to send it in circles; it looks like one of ours."""
    head = b"%%PDF-1.7\n%% /ByteRange %s\n" % PEM_cert_to_DER_cert(certificate).hex().upper().encode()
    root = b"<< /Type /Catalog /Pages 2 0 R /AcroForm 3 0 R >>"
    pages = b"<< /Type /Pages /Kids [] /Count 0 >>"
    circle = b"<< /T (a) /FT /Sig /Kids [4 0 R] /Parent 4 0 R >>"
    plain = _pdf_of(head, [root, pages, b"<< /Fields [] >>"])
    start, table = plain.rindex(b"startxref"), plain.index(b"xref\n0")
    if kind == "a bomb":
        bomb = zlib.compress(bytes(400 * 1024 * 1024), 9)
        packed = b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream"
        return _pdf_of(head, [root, pages, b"<< /Fields [4 0 R] >>", packed % (len(bomb), bomb)])
    return {
        "a hundred thousand brackets": _pdf_of(head, [root, pages, b"<< /Fields " + b"[" * 100_000 + b" >>"]),
        "fields in a circle": _pdf_of(head, [root, pages, b"<< /Fields [4 0 R] >>", circle]),
        "tables in a circle": plain[:start].replace(b"/Root", b"/Prev %d /Root" % table) + plain[start:],
        "a reference to itself": _pdf_of(head, [root, pages, b"3 0 R"]),
        "a huge number": plain.replace(b"/Size 4", b"/Size " + b"9" * 5000),
        "half a million fields": _pdf_of(head, [root, pages, b"<< /Fields [" + b"4 0 R " * 500_000 + b"] >>", circle]),
        "a table of nothing": head + b"xref\n0 99999999\n" + b"0" * 2_000_000,
        "megabytes of nothing": head + bytes(9 * 1024 * 1024),
    }[kind]


def sign_as(pair: SigningPair, pdf: bytes, reason: str) -> bytes:
    """Signed in this process, which is quicker."""
    order = {
        "private": pair.private_pem.decode(), "certificates": [pair.public_pem.decode()], "reason": reason,
        "location": "", "label": "Signatur",
    }  # fmt: skip
    return signer.signed(pdf, order)
