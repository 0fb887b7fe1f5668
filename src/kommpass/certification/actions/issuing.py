"""From the announced decision to the certificate and its signed document."""

from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from kommpass.adapters.documents import certificate_pdf
from kommpass.adapters.signature import KeyMissing, SigningPair, load_key, make_key, sign
from kommpass.assessment.queries import blocking_conditions, granting_decision
from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.audits.models import Procedure
from kommpass.certification import content
from kommpass.certification.models import Certificate, CertificateDocument, SigningKey
from kommpass.certification.numbers import number_of
from kommpass.domain.canonical import canonical_json
from kommpass.domain.moments import DateRefused, PartialDate
from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import NotPossible
from kommpass.municipalities.scope import here


@transaction.atomic
def issue_certificate(
    *, procedure: Procedure, awarded_on: date, valid_from: str, valid_until: str = "", by: Actor, at: datetime
) -> Certificate:
    """Issue on the announced decision. Beginning and end are what the award says: "2020-10-27" until "2023-11".

    Without an end it is permanent; whether it may be is said by the rung.
    """
    permit(by, "certificate.issue", procedure)
    Procedure.objects.select_for_update().get(pk=procedure.pk)
    decision = granting_decision(procedure)
    if decision is None:
        raise NotPossible(_("Es gibt keine bekanntgegebene Entscheidung, die ein Zertifikat erteilt."))
    if decision.certificates.exists():
        raise NotPossible(_("Auf diese Entscheidung ist schon ein Zertifikat ausgestellt."))
    if waiting := blocking_conditions(decision):
        raise NotPossible(_("Vor der Verleihung ist noch eine Auflage zu erfüllen: %s") % waiting[0].condition.text)
    first, last = _term(procedure, valid_from, valid_until)
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
    pdf = sign(
        certificate_pdf(certificate.content, content_hash=certificate.digest),
        pair,
        reason=certificate.number,
        location=certificate.municipality.name,
    )
    document = CertificateDocument.objects.create(
        certificate=certificate,
        pdf=pdf,
        digest=sha256(pdf).hexdigest(),
        key=_known(pair, at),
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


def key_folder() -> Path:
    return Path(settings.SIGNING_FOLDER)


def signing_pair(at: datetime) -> SigningPair:
    """The key of this installation; the first certificate makes one, if set-up has not."""
    try:
        return load_key(key_folder())
    except KeyMissing:
        if any(key_folder().glob("*signing.*")):
            raise
        return make_key(key_folder(), subject=settings.SIGNING_SUBJECT, now=at)


def _known(pair: SigningPair, at: datetime) -> SigningKey:
    """The public half in the database: a document stays provable when the files are gone."""
    key, new = SigningKey.objects.get_or_create(
        fingerprint=pair.fingerprint,
        defaults={"subject": pair.subject, "pem": pair.public_pem.decode(), "made_at": at},
    )
    if new:
        SigningKey.objects.exclude(pk=key.pk).filter(retired_at=None).update(retired_at=at)
    return key
