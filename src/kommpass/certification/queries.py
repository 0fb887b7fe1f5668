"""What holds of the certificates of a town on a day: states, lapses, proofs, and what falls due."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from kommpass.assessment.models import ReviewDecision
from kommpass.audits.models import Procedure
from kommpass.certification.looks import LOOKS, Look
from kommpass.certification.models import Certificate, CertificateDocument, CertificateStep, PermanenceProof, SigningKey
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
    Term,
    gaps,
    held,
    may_use_logo,
    months_before,
    open_gap,
    open_proofs,
    proved_until,
    state_on,
)
from kommpass.municipalities.models import Municipality


@dataclass(frozen=True)
class Standing:
    """A certificate as it stands on a day: what public pages, registers and badges show.

    `missing` are the proofs of a permanent award, `last_step` what happened last to it until that day.
    """

    certificate: Certificate
    state: CertificateState
    missing: list[tuple[int, Proof]] = field(default_factory=list)
    last_step: CertificateStep | None = None

    @property
    def holds(self) -> bool:
        return self.state in HOLDING or self.state is CertificateState.CONDITIONS_OPEN

    @property
    def logo(self) -> bool:
        return may_use_logo(self.state)

    @property
    def logo_until(self) -> date:
        """The last day for which a logo of today is good; of a permanent award it runs from proof to proof."""
        return self.certificate.valid_until_on or proved_until(self.certificate.valid_from_on, shown(self.certificate))

    @property
    def look(self) -> Look:
        return LOOKS[self.state]

    def days_left(self, day: date) -> int | None:
        """How many days it still holds, today included; None where no end is set or it does not hold."""
        end = self.certificate.valid_until_on
        return (end - day).days + 1 if end and self.holds else None


def certificates() -> QuerySet[Certificate]:
    """All certificates of the town, the newest first, with what their state depends on. Three queries."""
    begun = Procedure.objects.filter(predecessor=OuterRef("procedure")).exclude(state=Procedure.State.WITHDRAWN)
    return (
        Certificate.objects.select_related("municipality", "procedure__municipality", "version", "decision")
        .defer("version__canonical")
        .prefetch_related("steps", "proofs")
        .annotate(next_round_begun=Exists(begun))
    )


def shown(certificate: Certificate) -> set[tuple[int, Proof]]:
    """What was shown for a permanent award, year by year."""
    return {(each.year, Proof(each.kind)) for each in certificate.proofs.all()}


def steps_of(certificate: Certificate) -> list[tuple[StepKind, date]]:
    """What happened to it later, in the order in which it was written down."""
    rows = sorted(certificate.steps.all(), key=lambda each: each.pk)
    return [(StepKind(each.kind), each.effective_on) for each in rows]


def standing(certificate: Certificate, day: date) -> Standing:
    """The one place where a state is made: page, register, verification and logo all ask here."""
    missing: list[tuple[int, Proof]] = []
    if certificate.permanent:
        missing = open_proofs(certificate.valid_from_on, shown(certificate), day)
    state = state_on(certificate.term, steps_of(certificate), day, conditions_met=not missing)
    begun = [each for each in certificate.steps.all() if each.effective_on <= day]
    last = max(begun, key=lambda each: (each.effective_on, each.pk), default=None)
    return Standing(certificate, state, missing, last)


def standings(day: date) -> list[Standing]:
    return [standing(each, day) for each in certificates()]


def holding(day: date, procedures: Iterable[Procedure] | None = None) -> Standing | None:
    """The certificate that holds on this day, the newest one if several do."""
    found = (each for each in standings(day) if each.holds)
    if procedures is not None:
        keys = {each.pk for each in procedures}
        found = (each for each in found if each.certificate.procedure_id in keys)
    return next(found, None)


def leading(found: Sequence[Standing]) -> Standing | None:
    """The certificate that tells how things stand: one that holds; else the last that has begun; else the next one."""
    holding = (each for each in found if each.holds)
    begun = (each for each in found if each.state is not CertificateState.NOT_YET)
    return next(holding, None) or next(begun, None) or next(iter(found[-1:]), None)


def of_scheme(found: Iterable[Standing], scheme_key: str) -> list[Standing]:
    return [each for each in found if each.certificate.procedure.scheme_key == scheme_key]


def lapses(all_standings: Iterable[Standing], scheme_key: str = "") -> list[Gap]:
    """The times without a certificate between two awards of the same scheme, oldest first. They stay for ever."""
    chosen = all_standings if not scheme_key else of_scheme(all_standings, scheme_key)
    return gaps(_terms(chosen))


def running_lapse(all_standings: Iterable[Standing], day: date) -> Gap | None:
    """The time without a certificate that goes on today, if one ended and none followed."""
    return open_gap(_terms(all_standings), day)


def _terms(found: Iterable[Standing]) -> list[Term]:
    """For what time each award counted: what was withdrawn ended then."""
    terms = (held(each.certificate.term, steps_of(each.certificate)) for each in found)
    return [term for term in terms if term is not None]


def issued_on(decision: ReviewDecision) -> Certificate | None:
    """The certificate on this decision; one that was withdrawn from its first day was a mistake and does not count."""
    found = certificates().filter(decision=decision)
    return next((each for each in found if held(each.term, steps_of(each)) is not None), None)


@dataclass(frozen=True)
class ProofYear:
    """A year of a permanent award: what was shown, and whether it is over. Pairs of (what, the proof or None)."""

    year: int
    proofs: tuple[tuple[Proof, PermanenceProof | None], ...]
    over: bool

    @property
    def whole(self) -> bool:
        return all(proof for _kind, proof in self.proofs)


def years_of_proof(certificate: Certificate, today: date) -> list[ProofYear]:
    """The years for which a permanent award wants proofs, up to this one or what was shown ahead; newest first."""
    if not certificate.permanent:
        return []
    there = {(each.year, Proof(each.kind)): each for each in certificate.proofs.all()}
    first = certificate.valid_from_on.year + 1
    last = max([today.year, *(year for year, _kind in there)])
    return [
        ProofYear(year, tuple((kind, there.get((year, kind))) for kind in Proof), year < today.year)
        for year in range(last, first - 1, -1)
    ]


def by_number(number: str) -> tuple[Municipality | None, str]:
    """The town that a number names, and the number as we write it. The certificate is looked up inside that town."""
    key = town_of(number)
    town = Municipality.objects.filter(pk=key).first() if key is not None else None
    return town, number.strip().upper()


def documents() -> QuerySet[CertificateDocument]:
    """The signed documents of the town, the newest first, without their bytes."""
    return CertificateDocument.objects.select_related("certificate__procedure", "key").defer(
        "pdf", "certificate__canonical"
    )


def known_keys() -> list[str]:
    """The public certificates of all keys this installation ever signed with."""
    return list(SigningKey.objects.values_list("pem", flat=True))


def counts(procedure: Procedure) -> dict[str, int]:
    """The fact of this room for gates."""
    return {"certificates": procedure.certificates.count()}


def deadlines(procedure: Procedure, today: date) -> list[Deadline]:
    """When a certificate ends, when the next round should be talked about, and what a permanent award still needs."""
    return coming([each for each in standings(today) if each.certificate.procedure_id == procedure.pk], today)


def coming(found: Iterable[Standing], today: date) -> list[Deadline]:
    """What these certificates still bring; one that is over brings nothing."""
    over = (CertificateState.LAPSED, CertificateState.WITHDRAWN)
    due: list[Deadline] = []
    for each in found:
        if each.state not in over:
            due += _of_permanent(each, today) if each.certificate.permanent else _of_term(each.certificate)
    return due


def _of_term(certificate: Certificate) -> list[Deadline]:
    """The end, and before it when to think of the next round; who has begun it need not be told."""
    end, url = certificate.valid_until_on, certificate.get_absolute_url()
    words = {"number": certificate.number}
    found = [Deadline(end, _("Zertifikat %(number)s läuft aus") % words, "certificate", url)]
    if certificate.next_round_begun:
        return found
    return [
        Deadline(months_before(end, RENEWAL_MONTHS), _("Über den nächsten Durchgang sprechen"), "renewal", url),
        Deadline(
            months_before(end, EXPIRING_MONTHS),
            _("Spätestens jetzt den nächsten Durchgang beginnen: er dauert etwa ein Jahr"),
            "renewal",
            url,
        ),
        *found,
    ]


def _of_permanent(found: Standing, today: date) -> list[Deadline]:
    """Each year's fee and workshop are due at its end; those of years that are over stay due."""
    certificate, url = found.certificate, found.certificate.get_absolute_url()
    there = shown(certificate)
    this_year = [(today.year, kind) for kind in Proof if today.year > certificate.valid_from_on.year]
    return [
        Deadline(date(year, 12, 31), f"{_(kind.label)} {year}", "proof", url)
        for year, kind in [*found.missing, *this_year]
        if (year, kind) not in there
    ]
