"""A town for the house of these tests: 300 measures, 40 people in charge, a year behind it, and a round asked by mail.

Built inside the house itself: kommpass shell -c "from tests.browser.status_town import build; build()"
"""

from datetime import date, timedelta
from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from kommpass.agreement import actions as agreement
from kommpass.agreement.models import Measure
from kommpass.audits.models import Procedure
from kommpass.domain.permissions import Role
from kommpass.domain.phases import Stage
from kommpass.domain.targets import NumberTarget
from kommpass.implementation import actions, queries
from kommpass.implementation.models import StatusRound
from kommpass.people.models import Membership, Organisation, Post, User
from tests.journeys import story
from tests.journeys.afterwards import ask, say

TOWN, SLUG = "Lindental", "lindental"
PEOPLE, MEASURES = 40, 300
NEW_ONE_IN = 30  # every thirtieth measure has never been reported on
COORDINATOR = "koordination@lindental.example"


def address(number: int) -> str:
    """The mail address of one of the people in charge, from 1 to 40. The first of them leads two departments."""
    return f"person{number:02}@lindental.example"


@transaction.atomic
def build() -> None:
    """Everything by the real actions: resolved two years ago, one round last year, the next one begins today."""
    today = timezone.localdate()
    with story.town(TOWN, SLUG, population=80_000, begins=today - timedelta(days=900)) as procedure:
        user = User.objects.create_user(COORDINATOR, settings.DEMO_PASSWORD, name="Kora Dietz")
        Membership.objects.create(user=user, role=Role.COORDINATOR)
        measures = _resolved(procedure, today - timedelta(days=730))
        a_year_ago = today - timedelta(days=365)
        first, last = today - timedelta(days=730), a_year_ago - timedelta(days=1)
        before = ask(procedure, "Sachstand im Vorjahr", first, last, on=a_year_ago)
        _last_year(before, measures, today - timedelta(days=350))
        actions.close_round(round=before, by=story.COORDINATION, at=story.noon(today - timedelta(days=330)))
        now = ask(procedure, "Sachstand heute", a_year_ago, today, on=today)
        actions.ask_owners(round=now, requests=queries.requests(now), by=story.COORDINATION, at=timezone.now())


def _resolved(procedure: Procedure, on: date) -> list[Measure]:
    """300 measures of 40 people in six fields, adopted by the council and being carried out."""
    story.begin(procedure, Stage.STOCKTAKING, Stage.TARGETING, Stage.COUNCIL, on=on)
    draft, owners, measures = story.open_draft(procedure, on=on), _owners(), []
    for number in range(MEASURES):
        if number % 10 == 0:
            goal = story.add_goal(draft, number // 10 % 6 + 1, f"Ziel {number // 10 + 1}", on=on)
        owner, post = owners[number % len(owners)]
        due, words = f"{on.year + 1 + number % 4}-12", "Damit Familien es im Alltag leichter haben."
        measure = story.add_measure(goal, f"Vorhaben {number + 1}", owner, due=due, on=on, post=post, description=words)
        if number % 10 == 5:
            _count_places(measure, on)
        measures.append(measure)
    version = story.freeze(draft, on=on)
    paper = story.draft_paper(version, "0815", on=on)
    council = story.add_body("Rat", kind="council", on=on)
    story.adopt(version, story.resolve(paper, council, on=on), on=on)
    story.begin(procedure, Stage.REVIEW, Stage.IMPLEMENTATION, on=on)
    return measures


def _count_places(measure: Measure, on: date) -> None:
    """An indicator; its owner says yes to the measure with it."""
    deed = {"by": story.COORDINATION, "at": story.noon(on)}
    target = NumberTarget(Decimal(40), "Plätze", str(on.year + 3))
    agreement.add_indicator(measure=measure, name="Plätze", target=target, baseline="12", **deed)
    agreement.answer_measure(measure=measure, accepted=True, **deed)


def _owners() -> list[tuple[Organisation, Post | None]]:
    """41 organisations with 40 people: the first person leads two of them; every fourth is a mailbox only."""
    owners: list[tuple[Organisation, Post | None]] = []
    for number in range(1, PEOPLE + 1):
        kind, mailbox = "provider" if number % 5 == 0 else "department", number % 4 == 0
        email = address(number) if mailbox else ""
        place = Organisation.objects.create(name=f"Stelle {number:02}", kind=kind, email=email)
        holder = None if mailbox else User.objects.create_user(address(number), name=f"Person {number:02}")
        owners.append((place, holder and Post.objects.create(organisation=place, title="Leitung", holder=holder)))
    second, (_first, post) = Organisation.objects.create(name="Zweites Haus"), owners[0]
    return [*owners, (second, Post.objects.create(organisation=second, title="Leitung", holder=post.holder))]


def _last_year(before: StatusRound, measures: list[Measure], on: date) -> None:
    """What was said last year: mostly in time, every seventh late with a reason."""
    for number, measure in enumerate(measures):
        if number % NEW_ONE_IN == 0:
            continue
        state = "in_progress" if number % 5 else "not_started"
        if number % 7 == 1:
            say(before, measure, state, light="yellow", text="Die Stelle ist noch nicht besetzt.", on=on)
        else:
            say(before, measure, state, on=on)
