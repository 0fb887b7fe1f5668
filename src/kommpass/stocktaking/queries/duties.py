"""Bundles that wait for a person: part of the hand-over page of the room of people."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _

from kommpass.people.addresses import in_town
from kommpass.people.duties import Duty, duty_source
from kommpass.people.models import Membership, User
from kommpass.stocktaking.models import QuestionBundle

State = QuestionBundle.State


@duty_source
def bundles_to_answer(person: User) -> Iterable[Duty]:
    """The open bundles of the organisations for which this person answers."""
    member = Membership.objects.filter(user=person, ended_at=None, organisation__isnull=False).values("organisation")
    mine = Q(organisation__in=member) | Q(organisation__posts__holder=person) | Q(organisation__posts__deputy=person)
    waiting = QuestionBundle.objects.filter(mine, state__in=[State.OPEN, State.RETURNED]).distinct()
    for bundle in waiting:
        yield Duty(_("Fragenpaket"), bundle.title, bundle.due_on, in_town("stocktaking:bundle", bundle.pk))
