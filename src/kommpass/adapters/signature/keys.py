"""The key of an installation: made at set-up, kept in a file of its owner, replaceable.

A town or an association that has a key from a certification authority puts it in place of ours: the same two
files in PEM, `signing.key` and `signing.crt`; the certificates of the authority may follow in the second one.
"""

import os
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

KEY_BITS = 3072
LEAST_RSA_BITS, LEAST_EC_BITS = 2048, 256
YEARS = 20
PRIVATE, PUBLIC = "signing.key", "signing.crt"


class KeyMissing(Exception):
    """There is no key in the folder, or it does not fit its certificate. The text is for who runs the installation."""


@dataclass(frozen=True)
class SigningPair:
    """A private key and its certificate, both in PEM, with the SHA-256 fingerprint of the certificate."""

    private_pem: bytes = field(repr=False)
    public_pem: bytes
    fingerprint: str
    subject: str
    valid_until: datetime
    chain: tuple[bytes, ...] = ()


def make_key(folder: Path, *, subject: str, now: datetime) -> SigningPair:
    """Make a key with a self-signed certificate and write both files. An older pair is moved aside, never lost."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject[:64])])
    usage = {
        "digital_signature": True,
        "content_commitment": True,
        **dict.fromkeys(("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign"), False),
        **dict.fromkeys(("crl_sign", "encipher_only", "decipher_only"), False),
    }
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now.replace(year=now.year + YEARS, day=min(now.day, 28)))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**usage), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    _put_aside(folder, now)
    _write(folder / PRIVATE, _pkcs8(key))
    _write(folder / PUBLIC, certificate.public_bytes(serialization.Encoding.PEM))
    return load_key(folder)


def load_key(folder: Path) -> SigningPair:
    """The pair in the folder. Raises KeyMissing with a sentence for whoever runs the installation."""
    try:
        private, public = (folder / PRIVATE).read_bytes(), (folder / PUBLIC).read_bytes()
        certificate, *chain = x509.load_pem_x509_certificates(public)
        key = serialization.load_pem_private_key(private, password=None)
    except FileNotFoundError:
        raise KeyMissing(f"expected {PRIVATE} and {PUBLIC} in {folder}: run `kommpass signingkey make`") from None
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as problem:
        raise KeyMissing(f"{PRIVATE} or {PUBLIC} in {folder} cannot be read: {problem}") from None
    if not _strong(key):
        raise KeyMissing(
            f"{PRIVATE} in {folder}: expected RSA with {LEAST_RSA_BITS} bits or more, or EC with {LEAST_EC_BITS}"
        )
    if key.public_key() != certificate.public_key():
        raise KeyMissing(f"{PRIVATE} and {PUBLIC} in {folder} do not belong together")
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return SigningPair(
        private_pem=_pkcs8(key),
        public_pem=certificate.public_bytes(serialization.Encoding.PEM),
        fingerprint=certificate.fingerprint(hashes.SHA256()).hex(),
        subject=str(names[0].value) if names else certificate.subject.rfc4514_string(),
        valid_until=certificate.not_valid_after_utc,
        chain=tuple(each.public_bytes(serialization.Encoding.PEM) for each in chain),
    )


def any_key(folder: Path) -> bool:
    """Whether somebody put a key here, be it whole or not."""
    return (folder / PRIVATE).exists() or (folder / PUBLIC).exists()


def _strong(key) -> bool:
    if isinstance(key, rsa.RSAPrivateKey):
        return key.key_size >= LEAST_RSA_BITS
    return isinstance(key, ec.EllipticCurvePrivateKey) and key.key_size >= LEAST_EC_BITS


def _pkcs8(key) -> bytes:
    """In one form, whatever form the file had."""
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _put_aside(folder: Path, now: datetime) -> None:
    """Under the moment of the replacement; two in one second do not overwrite each other."""
    stamp, number = f"{now:%Y%m%d-%H%M%S}", 1
    while any((folder / f"{stamp}-{name}").exists() for name in (PRIVATE, PUBLIC)):
        number += 1
        stamp = f"{now:%Y%m%d-%H%M%S}-{number}"
    for name in (PRIVATE, PUBLIC):
        if (folder / name).exists():
            (folder / name).rename(folder / f"{stamp}-{name}")


def _write(place: Path, content: bytes) -> None:
    """Readable by its owner only, from the first byte on."""
    with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
