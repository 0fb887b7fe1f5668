"""Builders of certificates: a town with an adopted agreement, an announced decision, an award, a signed document."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from kommpass.assessment.models import ReviewDecision
from kommpass.audits import actions as audits
from kommpass.audits.models import Procedure
from kommpass.bodies.models import Body
from kommpass.certification import actions
from kommpass.certification.models import Certificate, CertificateDocument, CertificateStep
from kommpass.domain.phases import Stage
from tests.conftest import open_only
from tests.journeys.afterwards import ASSOCIATION, award, decide, department, review, submit
from tests.journeys.story import (
    COORDINATION,
    add_body,
    add_goal,
    add_measure,
    adopt,
    draft_paper,
    freeze,
    noon,
    open_draft,
    resolve,
)

AWARDED = date(2026, 11, 12)
EVERY_STAGE = tuple(Stage)
PAGE = "/auental/certificate/"


def month(day: date) -> str:
    return f"{day:%Y-%m}"


def days_ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def agreed(procedure: Procedure, *, on: date = AWARDED) -> Procedure:
    """The council adopted a small agreement on this day; every phase is open."""
    open_only(procedure, *EVERY_STAGE)
    draft = open_draft(procedure, on=on)
    goal = add_goal(draft, 1, "Familien finden Rat", on=on)
    add_measure(goal, "Familienbüro einrichten", department(), due="2030", on=on)
    version = freeze(draft, on=on)
    council = Body.objects.filter(kind="council").first() or add_body("Rat", kind=Body.Kind.COUNCIL, on=on)
    adopt(version, resolve(draft_paper(version, f"{procedure.pk}/{on.year}", on=on), council, on=on), on=on)
    return procedure


def granted(procedure: Procedure, *, on: date = AWARDED, conditions=()) -> ReviewDecision:
    """Submitted, reviewed, decided and announced."""
    verdict = "conditions" if conditions else "recommend"
    return decide(review(submit(agreed(procedure, on=on), on=on), on=on, verdict=verdict, conditions=conditions), on=on)


def issued(procedure: Procedure, *, on: date = AWARDED, valid_until: str = "2029-11") -> Certificate:
    """A certificate that begins on this day."""
    granted(procedure, on=on)
    return award(procedure, on=on, valid_from=on.isoformat(), valid_until=valid_until)


def next_round(procedure: Procedure, rung: str, *, on: date) -> Procedure:
    """The round is over, and the next one begins."""
    audits.end_procedure(procedure=procedure, reason="Die Bilanz liegt vor.", by=COORDINATION, at=noon(on))
    return audits.start_procedure(
        scheme_key=procedure.scheme_key, scheme_version=procedure.scheme_version, rung=rung,
        title=f"Audit Auental: {rung}", by=COORDINATION, at=noon(on),
    )  # fmt: skip


def permanent(procedure: Procedure, *, on: date) -> Certificate:
    """A certificate without end: the procedure was begun on that rung."""
    procedure.rung = "permanent"
    procedure.save(update_fields=["rung"])
    return issued(procedure, on=on, valid_until="")


def signed(certificate: Certificate, *, at: datetime | None = None) -> CertificateDocument:
    return actions.sign_certificate(certificate=certificate, by=ASSOCIATION, at=at or noon(AWARDED))


def step(certificate: Certificate, kind: str, on: date, *, reason: str = "Der Bericht fehlt.") -> CertificateStep:
    return actions.note_step(
        certificate=certificate, kind=kind, effective_on=on, reason=reason, by=ASSOCIATION, at=noon(on)
    )


def prove(certificate: Certificate, *years: int, kinds: tuple[str, ...] = ("fee", "workshop")) -> None:
    """Fee and workshop of these years are shown."""
    for year in years:
        for kind in kinds:
            actions.record_proof(
                certificate=certificate, year=year, kind=kind, done_on=date(year, 5, 3), by=COORDINATION,
                at=noon(date(year, 5, 4)),
            )  # fmt: skip
