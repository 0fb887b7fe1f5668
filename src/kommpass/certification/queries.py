"""What holds of the certificates of a town on a day: states, lapses, proofs, and what falls due."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kommpass.audits.models import Procedure
from kommpass.certification.models import Certificate, SigningKey
from kommpass.certification.numbers import town_of
from kommpass.domain.deadlines import Deadline
from kommpass.domain.validity import (
    EXPIRING_MONTHS,
    HOLDING,
    RENEWAL_MONTHS,
    CertificateState,
    Gap,
    Proof,
    StepKind,
    gaps,
    may_use_logo,
    months_before,
    open_proofs,
    state_on,
)
from kommpass.municipalities.models import Municipality


@dataclass(frozen=True)
class Standing:
    """A certificate as it stands on a day: what public pages, registers and badges show."""

    certificate: Certificate
    state: CertificateState
    missing: list[tuple[int, Proof]] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return self.state in HOLDING or self.state is CertificateState.CONDITIONS_OPEN

    @property
    def logo(self) -> bool:
        return may_use_logo(self.state)

    @property
    def last_step(self):
        return next(iter(sorted(self.certificate.steps.all(), key=lambda each: each.pk, reverse=True)), None)


def certificates() -> QuerySet[Certificate]:
    """All certificates of the town, the newest first, with what their state depends on. Three queries."""
    return (
        Certificate.objects.select_related("municipality", "procedure__municipality", "version", "decision")
        .defer("version__canonical")
        .prefetch_related("steps", "proofs")
    )


def standing(certificate: Certificate, day: date) -> Standing:
    """The one place where a state is made: page, register, verification and logo all ask here."""
    missing: list[tuple[int, Proof]] = []
    if certificate.permanent:
        shown = {(each.year, Proof(each.kind)) for each in certificate.proofs.all()}
        missing = open_proofs(certificate.valid_from_on, shown, day)
    steps = [
        (StepKind(each.kind), each.effective_on) for each in sorted(certificate.steps.all(), key=lambda each: each.pk)
    ]
    return Standing(certificate, state_on(certificate.term, steps, day, conditions_met=not missing), missing)


def standings(day: date) -> list[Standing]:
    return [standing(each, day) for each in certificates()]


def holding(day: date, procedures: Iterable[Procedure] | None = None) -> Standing | None:
    """The certificate that holds on this day, the newest one if several do."""
    found = (each for each in standings(day) if each.holds)
    if procedures is not None:
        keys = {each.pk for each in procedures}
        found = (each for each in found if each.certificate.procedure_id in keys)
    return next(found, None)


def lapses(all_standings: Iterable[Standing], scheme_key: str = "") -> list[Gap]:
    """The times without a certificate between two awards of the same scheme, oldest first. They stay for ever."""
    chosen = [each.certificate for each in all_standings]
    return gaps([each.term for each in chosen if scheme_key in ("", each.procedure.scheme_key)])


def by_number(number: str) -> tuple[Municipality | None, str]:
    """The town that a number names, and the number as we write it. The certificate is looked up inside that town."""
    key = town_of(number)
    town = Municipality.objects.filter(pk=key).first() if key is not None else None
    return town, number.strip().upper()


def known_keys() -> list[str]:
    """The public certificates of all keys this installation ever signed with."""
    return list(SigningKey.objects.values_list("pem", flat=True))


def counts(procedure: Procedure) -> dict[str, int]:
    """The fact of this room for gates."""
    return {"certificates": procedure.certificates.count()}


def deadlines(procedure: Procedure, today: date) -> list[Deadline]:
    """When a certificate ends, when the next round should be talked about, and what a permanent award still needs."""
    found = []
    for each in standings(today):
        if each.certificate.procedure_id == procedure.pk and each.state not in (
            CertificateState.LAPSED,
            CertificateState.WITHDRAWN,
        ):
            found += _of_permanent(each, today) if each.certificate.permanent else _of_term(each.certificate)
    return found


def _of_term(certificate: Certificate) -> list[Deadline]:
    end, url = certificate.valid_until_on, certificate.get_absolute_url()
    words = {"number": certificate.number}
    return [
        Deadline(months_before(end, RENEWAL_MONTHS), _("Über den nächsten Durchgang sprechen"), "renewal", url),
        Deadline(
            months_before(end, EXPIRING_MONTHS),
            _("Spätestens jetzt den nächsten Durchgang beginnen: er dauert etwa ein Jahr"),
            "renewal",
            url,
        ),
        Deadline(end, _("Zertifikat %(number)s läuft aus") % words, "certificate", url),
    ]


def _of_permanent(found: Standing, today: date) -> list[Deadline]:
    """Each year's fee and workshop are due at its end; those of years that are over stay due."""
    certificate, url = found.certificate, found.certificate.get_absolute_url()
    shown = {(each.year, each.kind) for each in certificate.proofs.all()}
    open_now = [(today.year, kind) for kind in Proof if today.year > certificate.valid_from_on.year]
    return [
        Deadline(date(year, 12, 31), f"{_(kind.label)} {year}", "proof", url)
        for year, kind in [*found.missing, *open_now]
        if (year, kind.value) not in shown
    ]
