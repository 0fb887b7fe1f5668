"""An offer in the words of schema.org, for search engines: the same that stands on the page, and nothing else."""

import json

from django.utils.safestring import SafeString, mark_safe

from kommpass.domain.offers.content import OfferContent
from kommpass.finder.results import Result
from kommpass.offers.models import Location
from kommpass.people.addresses import absolute

SIGNS = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def as_script(result: Result, url: str, town: str) -> SafeString:
    """The element with the JSON-LD. It is data and never run; no text of an offer can end it or begin another."""
    made = json.dumps(linked_data(result, url, town), ensure_ascii=False)
    content = "".join(SIGNS.get(sign, sign) for sign in made)
    return mark_safe(f'<script type="application/ld+json">{content}</script>')


def linked_data(result: Result, url: str, town: str) -> dict:
    """A single date is an Event, everything else a Service."""
    content, provider = result.content, result.offer.provider
    dates = [each for each in content.times if each.begins and not each.rule]
    about = {
        "@context": "https://schema.org",
        "@id": absolute(url),
        "url": absolute(url),
        "name": content.title,
        "description": content.summary or content.text[:300] or content.title,
        "provider": {"@type": "Organization", "name": provider.organisation.name},
        "inLanguage": "de",
        "isAccessibleForFree": content.cost == "free" if content.cost != "unknown" else None,
    }
    if dates and len(dates) == len(content.times):
        return _without_nothing(about | _event(content, dates[0], result.places))
    return _without_nothing(about | _service(content, result.places, town))


def _event(content: OfferContent, first, places: tuple[Location, ...]) -> dict:
    day = first.begins + (f"T{first.starts}" if first.starts else "")
    end = first.begins + f"T{first.ends}" if first.ends and first.ends > first.starts else None
    return {
        "@type": "Event",
        "startDate": day,
        "endDate": end,
        "eventStatus": "https://schema.org/EventScheduled",
        "location": _place(places[0]) if places else {"@type": "VirtualLocation", "url": content.url or None},
    }


def _service(content: OfferContent, places: tuple[Location, ...], town: str) -> dict:
    ages = {
        "@type": "PeopleAudience",
        "suggestedMinAge": None if content.min_months is None else round(content.min_months / 12, 2),
        "suggestedMaxAge": None if content.max_months is None else round(content.max_months / 12, 2),
    }
    return {
        "@type": "Service",
        "areaServed": {"@type": "City", "name": town},
        "audience": ages if len(_without_nothing(ages)) > 1 else None,
        "availableChannel": [
            {
                "@type": "ServiceChannel",
                "serviceLocation": _place(each),
                "availableLanguage": list(content.languages) or None,
            }
            for each in places
        ],
        "offers": [
            {"@type": "Offer", "price": each.amount, "priceCurrency": "EUR", "name": each.label or None}
            for each in content.costs
            if each.amount
        ],
    }


def _place(location: Location) -> dict:
    return {
        "@type": "Place",
        "name": location.name or location.street or None,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": location.street or None,
            "postalCode": location.postal_code or None,
            "addressLocality": location.city or None,
            "addressCountry": "DE",
        },
        "geo": {"@type": "GeoCoordinates", "latitude": location.latitude, "longitude": location.longitude}
        if location.point
        else None,
    }


def _without_nothing(value):
    if isinstance(value, dict):
        return {name: inner for name, each in value.items() if (inner := _without_nothing(each)) not in (None, [], {})}
    if isinstance(value, list):
        return [_without_nothing(each) for each in value]
    return value
