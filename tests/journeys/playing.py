"""What the tests of the demo share: playing it, and walking through all pages of a town as its coordination."""

from datetime import datetime
from io import StringIO

from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from kommpass.agreement.models import Amendment, Remark
from kommpass.audits.door import allowed
from kommpass.audits.models import Procedure
from kommpass.audits.queries import broken_journal, current
from kommpass.implementation.models import StatusRemark
from kommpass.municipalities.models import Municipality
from kommpass.municipalities.scope import within
from kommpass.participation.models import Idea
from kommpass.people.models import User
from kommpass.people.queries import actor
from kommpass.stocktaking.models import QuestionBundle
from tests.house.addresses import TOWN, addresses

MAY_BE_ABSENT = {
    "agreement:acceptance",
    "agreement:quality",
    "balancing:carry-over",
    "balancing:sealed",
    "balancing:text",
    "implementation:goals",
    "portal:data",
    "portal:progress-data",
    "stocktaking:prefill",
    "stocktaking:result",
}
"""The result of scored schemes, the last round in a first one, what a round that has just begun does not have yet."""


def play(*arguments: str) -> str:
    """Run `kommpass demo` and return what it said."""
    out = StringIO()
    call_command("demo", "--force", *arguments, stdout=out)
    return out.getvalue()


def logins() -> str:
    out = StringIO()
    call_command("demo", "--logins", stdout=out)
    return out.getvalue()


def town(slug: str) -> Municipality:
    return Municipality.objects.get(slug=slug)


def round_of(number: int) -> Procedure:
    return Procedure.objects.get(round=number)


def links_in(said: str) -> list[str]:
    """The paths of all links without account in a text."""
    ways = ("/stocktaking/link/", "/agreement/own/", "/progress/answer/")
    return [word.removeprefix(settings.BASE_URL) for word in said.split() if any(way in word for way in ways)]


def intact(slug: str) -> bool:
    """Nobody has meddled with the journal of this town."""
    with within(town(slug)):
        return broken_journal() is None


def left_over(procedure: Procedure) -> dict[str, int]:
    """What still waits for somebody although its round is over."""
    return {
        "status rounds": procedure.rounds.filter(closed_at=None).count(),
        "bundles": QuestionBundle.objects.filter(procedure=procedure).exclude(state="closed").count(),
        "ideas": Idea.objects.filter(procedure=procedure, state="new").count(),
        "changes": Amendment.objects.filter(base__agreement__procedure=procedure, state="proposed").count(),
        "questions on the text": Remark.objects.filter(
            version__agreement__procedure=procedure, answered_at=None
        ).count(),
        "questions on a status": StatusRemark.objects.filter(
            measure__agreement__procedure=procedure, answered_at=None
        ).count(),
    }


def pages_of_coordination(slug: str) -> tuple[dict[str, int], set[str]]:
    """Every page without arguments as the coordination finds it (name -> status), and those closed to her now."""
    lead, browser = User.objects.get(email=f"koordination@{slug}.example"), Client()
    browser.force_login(lead)
    with within(town(slug)):
        by, procedure = actor(lead), current()
        pages = [each for each in addresses(TOWN) if each.reads() and not each.arguments]
        closed = {str(each) for each in pages if not each.public and not allowed(by, each.requires, procedure)}
        paths = {str(each): each.filled({}) for each in pages}
    return {name: browser.get(path).status_code for name, path in paths.items()}, closed


def days_since(moment: datetime) -> int:
    return (timezone.now() - moment).days
