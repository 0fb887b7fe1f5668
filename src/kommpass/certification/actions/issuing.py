"""From the announced decision to the certificate and its signed document."""

import logging
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommpass.adapters.documents import DocumentFailed, certificate_pdf
from kommpass.adapters.signature import SigningFailed, SigningPair, sign
from kommpass.assessment.models import ReviewDecision
from kommpass.assessment.queries import blocking_conditions, granting_decision
from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.audits.models import Procedure
from kommpass.certification import content
from kommpass.certification.keys import remembered, signing_pair
from kommpass.certification.models import Certificate, CertificateDocument
from kommpass.certification.numbers import number_of
from kommpass.certification.queries import issued_on
from kommpass.domain.canonical import canonical_json
from kommpass.domain.moments import DateRefused, PartialDate
from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import NotPossible
from kommpass.municipalities.models import Municipality
from kommpass.municipalities.scope import here

log = logging.getLogger(__name__)


@transaction.atomic
def issue_certificate(
    *, procedure: Procedure, awarded_on: date, valid_from: str, valid_until: str = "", by: Actor, at: datetime
) -> Certificate:
    """Issue on the announced decision. Beginning and end are what the award says: "2020-10-27" until "2023-11".

    Without an end it is permanent; whether it may be is said by the rung.
    """
    permit(by, "certificate.issue", procedure)
    # The number counts the certificates of the town: two at once wait for each other.
    Municipality.objects.select_for_update(no_key=True).get(pk=here())
    decision = granting_decision(procedure)
    if decision is None:
        raise NotPossible(_("Es gibt keine bekanntgegebene Entscheidung, die ein Zertifikat erteilt."))
    if issued_on(decision):
        raise NotPossible(_("Auf diese Entscheidung ist schon ein Zertifikat ausgestellt."))
    if waiting := blocking_conditions(decision):
        raise NotPossible(_("Vor der Verleihung ist noch eine Auflage zu erfüllen: %s") % waiting[0].condition.text)
    first, last = _term(procedure, valid_from, valid_until)
    _refuse_odd_days(decision, awarded_on, first, timezone.localdate(at))
    number = number_of(awarded_on.year, here(), Certificate.objects.count() + 1)
    built = content.build(
        procedure,
        decision,
        number=number,
        awarded_on=awarded_on,
        valid_from=first.text,
        valid_until=last.text if last else "",
    )
    canonical = canonical_json(built)
    certificate = Certificate.objects.create(
        number=number,
        procedure=procedure,
        decision=decision,
        version=decision.case.submission.version,
        rung=procedure.rung,
        awarded_on=awarded_on,
        valid_from=first.text,
        valid_from_on=first.first_day,
        valid_until=last.text if last else "",
        valid_until_on=last.last_day if last else None,
        canonical=canonical,
        digest=sha256(canonical.encode()).hexdigest(),
        issued_at=at,
        issued_by=by.name,
    )
    record(
        procedure,
        "certificate.issue",
        by=by,
        at=at,
        number=number,
        valid_from=first.text,
        valid_until=certificate.valid_until,
        digest=certificate.digest,
    )
    return certificate


def _term(procedure: Procedure, valid_from: str, valid_until: str) -> tuple[PartialDate, PartialDate | None]:
    permanent = procedure.scheme.rung(procedure.rung).years is None
    if permanent and valid_until:
        raise NotPossible(_("Diese Stufe wird dauerhaft verliehen: ohne Ende, solange die Bedingungen erfüllt sind."))
    if not permanent and not valid_until:
        raise NotPossible(_("Bitte tragen Sie ein, bis wann das Zertifikat gilt. Ein Monat genügt."))
    try:
        first = PartialDate.parse(valid_from, end=False)
        last = PartialDate.parse(valid_until) if valid_until else None
    except DateRefused as refused:
        raise NotPossible(_(refused.message).format(**refused.values)) from None
    if last and last.last_day < first.first_day:
        raise NotPossible(_("Das Zertifikat endet, bevor es beginnt."))
    return first, last


def _refuse_odd_days(decision: ReviewDecision, awarded_on: date, first: PartialDate, today: date) -> None:
    """What was not decided yet could not hold: so no later award closes the gap of a lapse."""
    day = f"{decision.decided_on:%d.%m.%Y}"
    if awarded_on > today + timedelta(days=366):
        raise NotPossible(_("Bitte prüfen Sie den Tag der Verleihung: Er liegt mehr als ein Jahr in der Zukunft."))
    if awarded_on < decision.decided_on:
        raise NotPossible(_("Verliehen wird nach der Entscheidung vom %s, nicht davor.") % day)
    if first.last_day < decision.decided_on:
        raise NotPossible(_("Das Zertifikat kann nicht vor der Entscheidung vom %s beginnen.") % day)


@transaction.atomic
def issue_and_sign(
    *, procedure: Procedure, awarded_on: date, valid_from: str, valid_until: str = "", by: Actor, at: datetime
) -> Certificate:
    """Issue, and make the document at once. If that fails, the certificate stays: it can be signed later."""
    certificate = issue_certificate(
        procedure=procedure, awarded_on=awarded_on, valid_from=valid_from, valid_until=valid_until, by=by, at=at
    )
    try:
        sign_certificate(certificate=certificate, by=by, at=at)
    except NotPossible as failure:
        log.error("%s is issued and not signed: %s", certificate.number, getattr(failure, "cause", failure))
    return certificate


@transaction.atomic
def sign_certificate(*, certificate: Certificate, by: Actor, at: datetime) -> CertificateDocument:
    """Draw the document from the frozen content and sign it with the key of the installation.

    A second document is made only when the key has been replaced since.
    """
    permit(by, "certificate.issue", certificate.procedure)
    pair = signing_pair(at)
    last = certificate.documents.select_related("key").first()
    if last and last.key.fingerprint == pair.fingerprint:
        raise NotPossible(_("Die Urkunde ist schon signiert."))
    pdf = _signed_pdf(certificate, pair)
    document = CertificateDocument.objects.create(
        certificate=certificate,
        pdf=pdf,
        digest=sha256(pdf).hexdigest(),
        key=remembered(pair, at),
        signed_at=at,
    )
    record(
        certificate.procedure,
        "certificate.issue",
        by=by,
        at=at,
        number=certificate.number,
        document=document.digest,
        key=pair.fingerprint,
    )
    return document


def _signed_pdf(certificate: Certificate, pair: SigningPair) -> bytes:
    try:
        drawn = certificate_pdf(certificate.content, content_hash=certificate.digest)
        return sign(drawn, pair, reason=certificate.number, location=certificate.municipality.name)
    except (DocumentFailed, SigningFailed) as failure:
        sentence = _(
            "Die Urkunde ließ sich nicht erstellen. Das Zertifikat ist ausgestellt. Bitte versuchen Sie es "
            "noch einmal, und sagen Sie sonst der Systemverwaltung Bescheid."
        )
        raise DocumentFailed(sentence, cause=str(getattr(failure, "cause", "") or failure)) from failure
