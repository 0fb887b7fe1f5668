"""Two offers that look alike: one and the same, another date of the same, or something else; and the way back."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.domain.offers.content import OfferContent
from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import NotPossible
from kommpass.offers.actions.applying import apply, touch
from kommpass.offers.models import DuplicateVerdict, Offer

Verdict = DuplicateVerdict.Verdict


@transaction.atomic
def merge_offers(*, stays: Offer, goes: Offer, by: Actor, at: datetime) -> Offer:
    """Two entries for one offer: `stays` keeps its address and takes what it lacks; the other address leads there."""
    permit(by, "duplicate.judge")
    if stays.pk == goes.pk:
        raise NotPossible(_("Ein Angebot lässt sich nicht mit sich selbst zusammenführen."))
    found = Offer.objects.select_for_update().filter(pk__in=[stays.pk, goes.pk]).select_related("provider").in_bulk()
    stays, goes = found[stays.pk], found[goes.pk]
    for each in (stays, goes):
        if each.merged_into_id or each.state == Offer.State.ENDED:
            raise NotPossible(_("Eines der beiden Angebote ist schon beendet oder zusammengeführt."))
    apply(stays, filled_up(stays.document, goes.document), by=by, at=at)
    goes.state, goes.merged_into, goes.ended_on = Offer.State.ENDED, stays, localdate(at)
    goes.save(update_fields=["state", "merged_into", "ended_on"])
    touch(goes, at)
    _judge(stays, goes, Verdict.MERGED, by, at)
    return stays


@transaction.atomic
def judge_pair(*, first: Offer, second: Offer, verdict: str, by: Actor, at: datetime) -> DuplicateVerdict:
    """These two are not the same: another date of one offer, or something else. Nobody is asked again."""
    permit(by, "duplicate.judge")
    if verdict not in (Verdict.ANOTHER_DATE, Verdict.DIFFERENT):
        raise NotPossible(_("Bitte wählen Sie, was die beiden Angebote sind."))
    return _judge(first, second, verdict, by, at)


@transaction.atomic
def undo_verdict(*, verdict: DuplicateVerdict, by: Actor, at: datetime) -> DuplicateVerdict:
    """Take a judgement back; a merged offer is in the directory again, at its own address."""
    permit(by, "duplicate.judge")
    verdict = DuplicateVerdict.objects.select_for_update().get(pk=verdict.pk)
    if verdict.undone_at:
        raise NotPossible(_("Dieses Urteil wurde schon zurückgenommen."))
    verdict.undone_at = at
    verdict.save(update_fields=["undone_at"])
    if verdict.verdict == Verdict.MERGED:
        pair = (verdict.first_id, verdict.second_id)
        for offer in Offer.objects.filter(pk__in=pair, merged_into__in=pair):
            offer.state, offer.merged_into, offer.ended_on = Offer.State.PUBLISHED, None, None
            offer.save(update_fields=["state", "merged_into", "ended_on"])
            touch(offer, at)
    record(None, "duplicate.judge", by=by, at=at, verdict=verdict.pk, undone=True)
    return verdict


def filled_up(stays: OfferContent, goes: OfferContent) -> OfferContent:
    """`stays` with what only `goes` knew: fields that are empty in the one and not in the other.

    >>> filled_up(OfferContent(title="A"), OfferContent(title="B", url="https://b.example")).url
    'https://b.example'
    """
    empty = {name: value for name, value in vars(goes).items() if value and not getattr(stays, name)}
    if stays.cost == "unknown":
        empty |= {"cost": goes.cost, "costs": goes.costs, "cost_note": goes.cost_note}
    return stays.having(**empty)


def _judge(first: Offer, second: Offer, verdict: str, by: Actor, at: datetime) -> DuplicateVerdict:
    low, high = sorted((first, second), key=lambda each: each.pk)
    if DuplicateVerdict.objects.filter(first=low, second=high, undone_at=None).exists():
        raise NotPossible(_("Über diese beiden wurde schon entschieden."))
    made = DuplicateVerdict.objects.create(first=low, second=high, verdict=verdict, at=at, by_name=by.name)
    record(None, "duplicate.judge", by=by, at=at, verdict=made.pk, said=verdict, offers=[low.pk, high.pk])
    return made
