"""Asking providers whether their offers still hold: one mail for each, with everything that is due."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from kommpass.adapters.holidays import is_quiet
from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import NotPossible
from kommpass.municipalities.scope import town
from kommpass.offers.models import AskedOffer, Provider
from kommpass.offers.queries.upkeep import Owing, owing
from kommpass.people.models import ContributionLink
from kommpass.town_hall.actions import issue_link

URL_NAME = "offers:by-link"
DAYS_OPEN = 30


@transaction.atomic
def ask_due_providers(*, by: Actor, at: datetime) -> int:
    """Write to every provider for whom a letter is due; the number of letters. Not on weekends and holidays.

    Run twice it sends once. Who has no mailbox is not written to: the family office sees that and calls.
    """
    permit(by, "offers.ask")
    today = localdate(at)
    if is_quiet(today, town().state):
        return 0
    due = [each for each in owing(today) if each.letter_due and each.email]
    for each in due:
        _ask(each, by, at)
    return len(due)


@transaction.atomic
def ask_provider(*, provider: Provider, by: Actor, at: datetime) -> ContributionLink:
    """Write to one provider now, whatever was sent before. An older link stops working."""
    permit(by, "offers.ask")
    found = owing(localdate(at), provider)
    if not found:
        raise NotPossible(_("Bei diesem Träger ist zurzeit nichts zu bestätigen."))
    return _ask(found[0], by, at)


@override(settings.LANGUAGE_CODE)
def _ask(owed: Owing, by: Actor, at: datetime) -> ContributionLink:
    number = len(owed.owed)
    link = issue_link(
        organisation=owed.provider.organisation,
        purpose=ContributionLink.Purpose.OFFERS,
        subject=owed.provider.pk,
        email=owed.email,
        url_name=URL_NAME,
        subject_line=_("Stimmt noch alles? Bitte bestätigen Sie Ihre Angebote für Familien"),
        text=ngettext(
            "Familien finden %(number)d Angebot von Ihnen, das wieder einmal jemand ansehen sollte. "
            "Stimmt alles, genügt ein Klick. Sie brauchen kein Konto.",
            "Familien finden %(number)d Angebote von Ihnen, die wieder einmal jemand ansehen sollte. "
            "Stimmt alles, genügt ein Klick. Sie brauchen kein Konto.",
            number,
        )
        % {"number": number},
        by=by,
        at=at,
        days=DAYS_OPEN,
    )
    AskedOffer.objects.bulk_create(
        [
            AskedOffer(offer=each.offer, step=each.standing.step, due_on=each.standing.due_on, at=at)
            for each in owed.owed
        ],
        ignore_conflicts=True,
    )
    asked = [each.offer.pk for each in owed.owed]
    record(None, "offers.ask", by=by, at=at, provider=owed.provider.pk, link=link.pk, offers=asked)
    return link
