"""What happens to a certificate later. Each step is a row of its own; the certificate stays as it was issued."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.certification.models import Certificate, CertificateStep, PermanenceProof
from kommpass.certification.queries import standing
from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import NotPossible
from kommpass.domain.validity import CertificateState

Kind = CertificateStep.Kind
FITTING = {
    Kind.SUSPENDED: {
        CertificateState.VALID,
        CertificateState.EXPIRING,
        CertificateState.PERMANENT,
        CertificateState.CONDITIONS_OPEN,
    },
    Kind.REINSTATED: {CertificateState.SUSPENDED},
    Kind.WITHDRAWN: set(CertificateState) - {CertificateState.WITHDRAWN, CertificateState.LAPSED},
}


@transaction.atomic
def note_step(
    *, certificate: Certificate, kind: str, effective_on: date, reason: str, by: Actor, at: datetime
) -> CertificateStep:
    """Suspend, reinstate or withdraw, with the reason and the day from which it holds."""
    permit(by, "certificate.change", certificate.procedure)
    Certificate.objects.select_for_update().get(pk=certificate.pk)
    if not reason.strip():
        raise NotPossible(_("Bitte nennen Sie den Grund."))
    last = certificate.steps.order_by("-effective_on").first()
    if last and effective_on < last.effective_on:
        raise NotPossible(_("Es gibt schon einen Vermerk mit Wirkung von einem späteren Tag."))
    if standing(certificate, effective_on).state not in FITTING[Kind(kind)]:
        raise NotPossible(_("Das passt nicht zu dem Zustand, den das Zertifikat an diesem Tag hat."))
    step = CertificateStep.objects.create(
        certificate=certificate, kind=kind, effective_on=effective_on, reason=reason.strip(), by_name=by.name, at=at
    )
    record(
        certificate.procedure,
        "certificate.change",
        by=by,
        at=at,
        number=certificate.number,
        step=kind,
        effective_on=effective_on,
        reason=reason,
    )
    return step


@transaction.atomic
def record_proof(
    *, certificate: Certificate, year: int, kind: str, done_on: date, note: str = "", by: Actor, at: datetime
) -> PermanenceProof:
    """Note that a year's fee was paid or its workshop held. Only a permanent award asks for that."""
    permit(by, "permanence.record", certificate.procedure)
    if not certificate.permanent:
        raise NotPossible(_("Nachweise braucht nur ein dauerhaft verliehenes Zertifikat."))
    if done_on > timezone.localdate(at):
        raise NotPossible(_("Das liegt in der Zukunft. Bitte tragen Sie es ein, wenn es so weit ist."))
    if not certificate.valid_from_on.year <= year <= timezone.localdate(at).year + 1:
        raise NotPossible(_("Für dieses Jahr braucht es keinen Nachweis."))
    if certificate.proofs.filter(year=year, kind=kind).exists():
        raise NotPossible(_("Dieser Nachweis ist schon eingetragen."))
    proof = PermanenceProof.objects.create(
        certificate=certificate, year=year, kind=kind, done_on=done_on, note=note, by_name=by.name, at=at
    )
    record(certificate.procedure, "permanence.record", by=by, at=at, number=certificate.number, year=year, proof=kind)
    return proof
