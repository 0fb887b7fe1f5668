"""One offer, its handout for paper, and a provider with all that it offers."""

from io import BytesIO
from uuid import UUID

import segno
from django.core.paginator import Paginator
from django.http import HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kommpass.agreement.queries import public_measures_of
from kommpass.audits.door import public
from kommpass.domain.offers.verification import places_hold
from kommpass.domain.offers.vocabularies import LANGUAGES
from kommpass.finder.emergency import numbers
from kommpass.finder.linked_data import as_script
from kommpass.finder.published_offers import offer_or_404, provider_or_404
from kommpass.finder.results import Result, results, shown
from kommpass.offers.models import Offer, OfferText
from kommpass.offers.showing import STEERING, sections
from kommpass.people.addresses import absolute
from kommpass.portal.views.published import publish

PER_PAGE = 20
RIGHT_TO_LEFT = ("ar", "fa", "ur", "ps")
SHOWN_ABOVE = frozenset({"subtitle", "summary", "text", "contacts"})


@require_GET
@public
def offer(request, key: UUID):
    found = offer_or_404(key)
    if found.merged_into:
        return HttpResponsePermanentRedirect(reverse("finder:offer", args=[found.merged_into.key]))
    language = _language(request, found)
    url = reverse("finder:offer", args=[key])

    def context() -> dict:
        result = shown([found], language=language)[0]
        return {
            **_about(result),
            "language": language,
            "measures": list(public_measures_of(found)),
            "language_choices": languages(found),
            "direction": "rtl" if result.words.language in RIGHT_TO_LEFT else "ltr",
            "linked_data": as_script(result, url, request.municipality.name),
            **numbers(),
        }

    return publish(
        request, "finder/offer.html", context, found.changed_at, found.edition, timezone.localdate(), language
    )


def _language(request, offer: Offer) -> str:
    """The language of the texts: asked for in the address, else that of the page."""
    asked = request.GET.get("text", "")
    known = {"de", *offer.texts.filter(state=OfferText.State.REVIEWED).values_list("language", flat=True)}
    return asked if asked in known else get_language()


def languages(offer: Offer) -> list[tuple[str, str]]:
    """The languages in which this offer can be read."""
    rows = offer.texts.filter(state=OfferText.State.REVIEWED).order_by("language").values_list("language", flat=True)
    names = {"de-easy": _("Leichte Sprache")}
    found = [(each, names.get(each) or _(LANGUAGES.labels[each])) for each in rows]
    return [("de", _("Deutsch")), *found] if found else []


def _about(result: Result) -> dict:
    """What page and handout share: everything but what is for planning only."""
    content = result.content
    capacity = content.capacity
    as_of = capacity.as_of if capacity and capacity.available is not None else ""
    fresh = bool(as_of) and places_hold(timezone.datetime.fromisoformat(as_of).date(), timezone.localdate())
    return {
        "result": result,
        "offer": result.offer,
        "content": content,
        "sections": sections(content, without=STEERING | SHOWN_ABOVE),
        "contacts": [each if each.person_public else _nameless(each) for each in content.contacts],
        "free_places": capacity if fresh else None,
        "ended": result.offer.state == Offer.State.ENDED,
        "paused": result.offer.state == Offer.State.PAUSED,
    }


def _nameless(contact):
    return type(contact)(function=contact.function, phone=contact.phone, email=contact.email)


@require_GET
@public
def handout(request, key: UUID):
    """For professionals to hand out and for refrigerators: large print, telephone number first, a code to the page."""
    found = offer_or_404(key)
    language = _language(request, found)
    url = absolute(reverse("finder:offer", args=[key]))

    def context() -> dict:
        return {**_about(shown([found], language=language)[0]), "address": url, "code": code(url), **numbers()}

    return publish(request, "finder/handout.html", context, found.changed_at, timezone.localdate(), language)


def code(url: str) -> SafeString:
    """The QR code of an address as a drawing: made of numbers only, so there is nothing in it to escape."""
    drawn = BytesIO()
    segno.make(url, error="m").save(drawn, kind="svg", scale=4, border=2, xmldecl=False, svgns=True, omitsize=True)
    return mark_safe(drawn.getvalue().decode())


@require_GET
@public
def provider(request, key: UUID):
    found = provider_or_404(key)
    offers = Offer.objects.filter(provider=found, state=Offer.State.PUBLISHED).order_by("title", "pk")

    def context() -> dict:
        page = Paginator(offers.values_list("pk", flat=True), PER_PAGE).get_page(request.GET.get("page"))
        return {"provider": found, "page": page, "results": results(list(page.object_list), {}), **numbers()}

    newest = offers.order_by("-changed_at").values_list("changed_at", flat=True).first()
    return publish(
        request, "finder/provider.html", context, found.changed_at, newest, offers.count(), timezone.localdate()
    )
