"""The words of an offer in another language or in Leichte Sprache: written, and reviewed before families see them."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.domain.offers.vocabularies import LANGUAGES
from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import NotPossible
from kommpass.offers.actions.applying import refuse_foreign, touch
from kommpass.offers.models import Offer, OfferText

EASY = "de-easy"


@transaction.atomic
def write_text(
    *, offer: Offer, language: str, title: str, summary: str, text: str = "", by: Actor, at: datetime
) -> OfferText:
    """Write the offer in another language. A new wording is a draft until somebody reviewed it."""
    permit(by, "offer.translate")
    refuse_foreign(offer.provider, by)
    if language != EASY and (language == "de" or LANGUAGES.unknown([language])):
        raise NotPossible(_("In diese Sprache lässt sich hier nicht übersetzen."))
    said = {"title": title.strip(), "summary": summary.strip(), "text": text.strip()}
    if not said["title"] or not said["summary"]:
        raise NotPossible(_("Eine Übersetzung braucht einen Namen und einen kurzen Text."))
    known = {**said, "state": OfferText.State.DRAFT, "of_edition": offer.edition, "changed_at": at}
    found, new = OfferText.objects.select_for_update().get_or_create(offer=offer, language=language, defaults=known)
    if not new:
        for name, value in known.items():
            setattr(found, name, value)
        found.edition += 1
        found.save()
    touch(offer, at)
    record(None, "offer.translate", by=by, at=at, offer=offer.pk, language=language)
    return found


@transaction.atomic
def review_text(*, text: OfferText, by: Actor, at: datetime) -> OfferText:
    """Somebody who knows the language has read it: from now on families see it."""
    permit(by, "text.review")
    text.state, text.changed_at = OfferText.State.REVIEWED, at
    text.save(update_fields=["state", "changed_at"])
    touch(text.offer, at)
    record(None, "text.review", by=by, at=at, offer=text.offer_id, language=text.language)
    return text
