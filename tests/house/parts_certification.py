"""What the certificate puts into a town: one that holds, and a permanent one with a proof and steps."""

from django.utils import timezone

from kommpass.certification import actions as certification
from kommpass.certification.models import Certificate, CertificateDocument, SigningKey
from kommpass.domain.permissions import Role
from tests.adapters.signed_files import PEM, authority
from tests.conftest import actor

PUBLIC_HALF = authority()[1].public_bytes(PEM).decode()


def the_certification(town) -> dict:
    """The document is a stand-in: setting and signing pages has its own tests."""
    text, decision = town.text, town.values["review_decision"]
    now, today = timezone.now(), timezone.localdate()
    office = {"by": actor(Role.ASSOCIATION_OFFICE, name=text("Geschäftsstelle")), "at": now}
    certificate = certification.issue_certificate(
        procedure=town.procedure, awarded_on=today, valid_from=today.isoformat(), valid_until=f"{today.year + 3}-11",
        **office,
    )  # fmt: skip
    key, _new = SigningKey.objects.get_or_create(
        fingerprint=f"{town.slug}-{town.rounds}", defaults={"subject": "Probe", "pem": PUBLIC_HALF, "made_at": now}
    )
    document = CertificateDocument.objects.create(
        certificate=certificate, pdf=b"%PDF-1.7", digest="0" * 64, key=key, signed_at=now
    )
    permanent = Certificate.objects.create(
        number=f"K-{today.year}-{town.municipality.pk:04d}-{50 + town.rounds}", procedure=town.procedure,
        decision=decision, version=certificate.version, rung="permanent", awarded_on=today,
        valid_from=str(today.year - 1), valid_from_on=today.replace(year=today.year - 1, month=1, day=1),
        canonical=certificate.canonical, digest=certificate.digest, issued_at=now, issued_by=text("Geschäftsstelle"),
    )  # fmt: skip
    certification.record_proof(
        certificate=permanent, year=today.year, kind="fee", done_on=today, note=text("Bezahlt"), **office
    )
    certification.note_step(
        certificate=permanent, kind="suspended", effective_on=today, reason=text("Nachweis fehlt"), **office
    )
    return {"certificate": certificate, "certificate_id": certificate.pk, "document_id": document.pk}
