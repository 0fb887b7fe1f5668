"""The secret address of somebody's calendar. It belongs to no town, so no journal of a town hears of it."""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import NotAllowed
from kommpass.people.models import CalendarKey, User
from kommpass.town_hall.actions.invitations import digest


@transaction.atomic
def make_calendar_key(*, person: User, by: Actor, at: datetime) -> str:
    """A new address for this person's calendar; an older one ends. The token is told once and not kept."""
    _refuse_others(person, by)
    token = secrets.token_urlsafe(32)
    CalendarKey.objects.update_or_create(person=person, defaults={"token_digest": digest(token), "made_at": at})
    return token


@transaction.atomic
def end_calendar_key(*, person: User, by: Actor, at: datetime) -> None:
    """The address leads nowhere from now on. Doing it twice changes nothing."""
    _refuse_others(person, by)
    CalendarKey.objects.filter(person=person).delete()


def _refuse_others(person: User, by: Actor) -> None:
    if person.pk != by.id:
        raise NotAllowed(_("Einen Kalender legt jede Person nur für sich selbst an."))
