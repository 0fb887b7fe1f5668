"""Builders for a town that carries its agreement out: rounds, answers, links, named after what they make."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from kommpass.agreement import actions as agreement
from kommpass.agreement.models import Indicator, Measure
from kommpass.audits.models import Procedure
from kommpass.domain.permissions import Role
from kommpass.domain.phases import Stage
from kommpass.domain.targets import NumberTarget, Target
from kommpass.implementation import actions, queries
from kommpass.implementation.models import SelfAssessment, StatusRequest, StatusRound
from kommpass.people.links import token_of
from kommpass.people.models import ContributionLink, Organisation, Post, User
from tests.agreement.builders import (
    COORDINATOR,
    accept,
    adopt,
    council,
    decide,
    draft,
    freeze,
    goal,
    measure,
    paper,
    table,
)
from tests.conftest import NOON, actor, make_user, open_only

LAST_YEAR = date(2025, 1, 1), date(2025, 12, 31)
THIS_YEAR = date(2026, 1, 1), date(2026, 12, 31)


def resolved(procedure: Procedure, *owners: Organisation, goals: int = 1, **changes) -> list[Measure]:
    """One measure for each owner under each goal, adopted by the council; the town has begun to carry them out."""
    plan = draft(procedure)
    made = []
    for number in range(goals):
        under = goal(plan, f"Ziel {number + 1}", field=number % 6 + 1)
        made += [
            measure(under, f"Vorhaben {place}", responsible=owner, **changes) for place, owner in enumerate(owners, 1)
        ]
    for each in made:
        accept(each)
    adopt_draft(procedure, plan)
    for each in made:
        each.refresh_from_db(fields=["number", "promised"])
        each.agreement = plan
    return made


def adopt_draft(procedure: Procedure, plan, *, reference: str = "0123/2026", body: str = "Rat") -> None:
    version = freeze(plan)
    about = paper(procedure, reference)
    table(version, about)
    adopt(version, decide(about, council(body)))
    open_only(procedure, Stage.IMPLEMENTATION)


def counted(of: Measure, target: Target | None = None, *, name: str = "Plätze", baseline: str = "12") -> Indicator:
    """An indicator of a measure that is being carried out already: target 40 unless it says otherwise."""
    procedure = of.agreement.procedure
    open_only(procedure, Stage.TARGETING)
    wanted = target or NumberTarget(Decimal(40), "Plätze", "2028")
    made = agreement.add_indicator(measure=of, name=name, target=wanted, baseline=baseline, by=COORDINATOR, at=NOON)
    open_only(procedure, Stage.IMPLEMENTATION)
    return made


def begin(procedure: Procedure, title: str = "Sachstand 2026", *, period=THIS_YEAR, due_in: int = 28) -> StatusRound:
    """A round about a year, its answers wanted in four weeks from today."""
    made = actions.open_round(
        procedure=procedure,
        title=title,
        period_from=period[0],
        period_until=period[1],
        due_on=timezone.localdate() + timedelta(days=due_in),
        by=COORDINATOR,
        at=timezone.now(),
    )
    made.procedure = procedure
    return made


def end(round_: StatusRound) -> StatusRound:
    return actions.close_round(round=round_, by=COORDINATOR, at=timezone.now())


def say(round_: StatusRound, of: Measure, state="in_progress", light="green", text="", *, by=COORDINATOR, **more):
    """Whoever is in charge says how far it is."""
    return actions.report_progress(
        round=round_, measure=of, state=state, light=light, text=text, by=by, at=timezone.now(), **more
    )


def a_year_before(procedure: Procedure, *said: tuple) -> StatusRound:
    """Last year's round, closed: pairs (measure, state), or with light and reason."""
    before = begin(procedure, "Sachstand 2025", period=LAST_YEAR)
    for of, *words in said:
        say(before, of, *words)
    return end(before)


def ask(round_: StatusRound, *chosen: StatusRequest) -> list[StatusRequest]:
    """Write to these, or to everybody. Returns those without an address."""
    wanted = list(chosen) or queries.requests(round_)
    return actions.ask_owners(round=round_, requests=wanted, by=COORDINATOR, at=timezone.now())


def request_to(round_: StatusRound, name: str) -> StatusRequest:
    return queries.requests(round_).get(name=name)


def link_to(request: StatusRequest) -> str:
    """The address in the mail to this person."""
    link = ContributionLink.objects.get(purpose="progress", subject=request.pk, revoked_at=None)
    return f"/{link.municipality.slug}/progress/answer/{token_of(link)}/"


def head(organisation: Organisation, email: str = "leitung@auental.example", name: str = "Lea Leitung") -> Post:
    """A post with a holder; the same person may hold several."""
    person = User.objects.filter(email=email).first() or make_user(email, name)
    return Post.objects.create(organisation=organisation, title="Leitung", holder=person)


def owner(*organisations: Organisation, role: Role = Role.CONTRIBUTOR):
    """Somebody who answers for these organisations."""
    return actor(role, organisations=organisations, name="Wer zuständig ist")


def answer(of: Measure, state="in_progress", light="green", text="", **more) -> dict[str, object]:
    """What a browser sends for one measure."""
    fields = {"state": state, "light": light, "text": text, **more}
    return {"intent": "report", "measure": of.pk, **{f"m{of.pk}-{name}": value for name, value in fields.items()}}


def words_on(of: Measure) -> list[tuple[str, str, str, bool]]:
    """Everything said of a measure, oldest first: state, light, text, unchanged."""
    found = SelfAssessment.objects.filter(measure=of).order_by("pk")
    return list(found.values_list("state", "light", "text", "unchanged"))
