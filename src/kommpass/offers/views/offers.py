"""One offer as those see it who keep it: what holds, how true it is, its history, and what can be done."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kommpass.audits.door import allowed, requires
from kommpass.domain.offers.changes import changes
from kommpass.domain.offers.checks import hints, missing_for_publishing
from kommpass.domain.offers.content import OfferContent
from kommpass.offers import actions
from kommpass.offers.models import Offer
from kommpass.offers.queries import lists
from kommpass.offers.queries.duplicates import alike
from kommpass.offers.showing import sections
from kommpass.offers.telling import told
from kommpass.offers.views.tabs import trail
from kommpass.ui.pages import respond

NOT_YET_PUBLIC = (Offer.State.DRAFT, Offer.State.SUBMITTED)


@require_GET
@requires("offers.view", procedure=False)
def offer(request, offer_id: int):
    found = get_object_or_404(lists.offers(request.actor), pk=offer_id)
    return respond(request, "offers/offer.html", offer_context(request, found))


def offer_context(request, found: Offer) -> dict:
    content = found.document
    mine = lists.editable(request.actor).filter(pk=found.pk).exists()
    return {
        "offer": found,
        "content": content,
        "sections": sections(content),
        "checked": lists.checked(found),
        "machine_checked": lists.machine_checked(found),
        "standing": lists.standings([found], timezone.localdate())[found.pk],
        "missing": missing_for_publishing(content),
        "hints": hints(content),
        "proposal": lists.waiting_proposal(found),
        "texts": list(found.texts.all()),
        "written": lists.newest_revision(found),
        "signals": list(found.signals.filter(state="new")) if mine else [],
        "alike": alike(found) if mine and found.state in NOT_YET_PUBLIC else [],
        "mine": mine,
        "may_review": allowed(request.actor, "text.review"),
        "breadcrumb": trail((found.title, "")),
    }


@require_POST
@requires("offer.publish", procedure=False)
def publish(request, offer_id: int):
    found = get_object_or_404(lists.editable(request.actor), pk=offer_id)
    actions.publish_offer(offer=found, by=request.actor, at=timezone.now())
    return respond(request, "offers/offer.html", {}, done=found)


@require_POST
@requires("offer.publish", procedure=False)
def pause(request, offer_id: int):
    found = get_object_or_404(lists.editable(request.actor), pk=offer_id)
    actions.pause_offer(offer=found, by=request.actor, at=timezone.now())
    return respond(request, "offers/offer.html", {}, done=found)


@require_POST
@requires("offer.end", procedure=False)
def end(request, offer_id: int):
    found = get_object_or_404(lists.editable(request.actor), pk=offer_id)
    actions.end_offer(offer=found, by=request.actor, at=timezone.now())
    return respond(request, "offers/offer.html", {}, done=found)


@require_GET
@requires("offers.view", procedure=False)
def history(request, offer_id: int):
    """Every document that held, each with what it changed."""
    found = get_object_or_404(lists.editable(request.actor), pk=offer_id)
    revisions = list(found.revisions.all())
    earlier = [OfferContent.from_json(each.content) for each in revisions[1:]] + [OfferContent()]
    steps = [
        (revision, in_words(before, OfferContent.from_json(revision.content)))
        for revision, before in zip(revisions, earlier, strict=True)
    ]
    context = {
        "offer": found,
        "steps": steps,
        "may_undo": allowed(request.actor, "offer.undo") and len(steps) > 1,
        "breadcrumb": trail((found.title, found.get_absolute_url()), (_("Verlauf"), "")),
    }
    return respond(request, "offers/history.html", context)


def in_words(before: OfferContent, after: OfferContent) -> list[dict]:
    """What differs, as text on both sides."""
    return [
        {"label": _(each.label), "before": told(each.field, each.before), "after": told(each.field, each.after)}
        for each in changes(before, after)
    ]


@require_POST
@requires("offer.undo", procedure=False)
def undo(request, offer_id: int, number: int):
    found = get_object_or_404(lists.editable(request.actor), pk=offer_id)
    revision = get_object_or_404(found.revisions, number=number)
    actions.undo_revision(revision=revision, by=request.actor, at=timezone.now())
    return respond(request, "offers/history.html", {}, done=reverse("offers:history", args=[found.pk]))
