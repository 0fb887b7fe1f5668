"""What the tests of reminders share: a working Monday, things that are owed, and a run of the reminders."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from itertools import count

from django.utils import timezone

from kommpass.adapters.holidays import is_quiet
from kommpass.agreement import actions as agreement_actions
from kommpass.agreement.models import Measure
from kommpass.audits.models import Procedure
from kommpass.domain.permissions import Actor, Role
from kommpass.domain.phases import Stage
from kommpass.implementation import actions as implementation
from kommpass.implementation.models import StatusRound
from kommpass.notices.actions import Outcome, send_due_reminders
from kommpass.people.models import Organisation, Post
from kommpass.stocktaking import actions as stocktaking
from tests.agreement import builders as agreed
from tests.conftest import actor, open_only

WEEKDAYS_OF_A_MONTH = [days + week * 7 for week in range(5) for days in range(5)]


def mondays() -> Iterator[datetime]:
    """The Mondays from today on."""
    first = timezone.localdate() + timedelta(days=-timezone.localdate().weekday() % 7)
    for week in count():
        yield datetime.combine(first + timedelta(weeks=week), time(10), UTC)


# A Monday that is followed by five weeks without a holiday, so that a test may count days.
NOW = next(
    monday
    for monday in mondays()
    if not any(is_quiet(monday.date() + timedelta(days=each), "NW") for each in WEEKDAYS_OF_A_MONTH)
)
TODAY = timezone.localdate(NOW)
KOMMPASS = Actor(id=0, name="Kommpass", roles=frozenset({Role.COORDINATOR}), via="command")


def days(number: int) -> timedelta:
    return timedelta(days=number)


def remind(at: datetime = NOW) -> Outcome:
    """A run of the reminders in the town in scope."""
    return send_due_reminders(by=KOMMPASS, at=at)


def sent_on(*numbers: int) -> list[int]:
    """How many letters each run sends, on these days from Monday on."""
    return [remind(NOW + days(number)).sent for number in numbers]


def bundle(
    procedure: Procedure,
    organisation: Organisation,
    *,
    due_in: int,
    place: int = 0,
    email: str = "jugendamt@auental.example",
):
    """A bundle with one question, asked twenty days ago."""
    return stocktaking.create_bundle(
        procedure=procedure, organisation=organisation, title=f"Paket {place}",
        question_keys=[procedure.scheme.questions[place].key], due_on=TODAY + days(due_in), email=email,
        by=actor(), at=NOW - days(20),
    )  # fmt: skip


def measure_asked(
    procedure: Procedure, organisation: Organisation, *, days_ago: int = 8, title: str = "Familienbüro"
) -> Measure:
    """A measure that its organisation was asked about."""
    by = {"by": actor(), "at": NOW - days(days_ago)}
    agreement = agreement_actions.open_agreement(procedure=procedure, **by)
    field = procedure.fields.first()
    goal = agreement_actions.add_goal(agreement=agreement, field=field, title="Ein Ort", **by)
    measure = agreement_actions.add_measure(goal=goal, changes={"title": title, "responsible": organisation}, **by)
    agreement_actions.ask_owners(agreement=agreement, organisations=[organisation], **by)
    return measure


def status_round(
    procedure: Procedure, *owners: Organisation, due_in: int, asked_in: int = -20, post=None, ask: bool = True
) -> StatusRound:
    """An adopted agreement with two measures of its owner (one of each, if there are many), and an open round."""
    _adopted(procedure, owners, post)
    deed = {"by": actor(), "at": NOW + days(asked_in)}
    opened = implementation.open_round(
        procedure=procedure, title="Sachstand", period_from=TODAY - days(400), period_until=TODAY - days(35),
        due_on=TODAY + days(due_in), **deed,
    )  # fmt: skip
    if ask:
        implementation.ask_owners(round=opened, requests=opened.requests.all(), **deed)
    return opened


def _adopted(procedure: Procedure, owners: tuple[Organisation, ...], post: Post | None) -> None:
    """Frozen, resolved by the council and carried out."""
    draft = agreed.draft(procedure)
    goal = agreed.goal(draft)
    titles = ("Familienbüro im Bürgerhaus eröffnen", "Elterncafés in allen Bezirken")
    for owner in owners:
        for title in titles if len(owners) == 1 else titles[:1]:
            agreed.accept(agreed.measure(goal, title, responsible=owner, post=post))
    version, paper = agreed.freeze(draft), agreed.paper(procedure)
    agreed.table(version, paper)
    agreed.adopt(version, agreed.decide(paper, agreed.council()))
    open_only(procedure, Stage.IMPLEMENTATION)


def answer_all(round_: StatusRound, *, at: datetime = NOW) -> None:
    """Whoever is in charge says of every measure how far it is."""
    for asked in round_.asked.select_related("measure__agreement__procedure"):
        implementation.report_progress(
            round=round_, measure=asked.measure, state="in_progress", light="green", by=actor(), at=at
        )
