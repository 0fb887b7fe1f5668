"""An offer as a service of HSDS: in short for lists, and with everything that hangs on it."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import override

from kommpass.domain.offers import vocabularies as lists
from kommpass.offers.models import Offer, OfferText
from kommpass.offers.telling import ages
from kommpass.open_data.hsds import attributes, contacts, costs
from kommpass.open_data.hsds.frame import Frame
from kommpass.open_data.hsds.ids import child
from kommpass.open_data.hsds.organizations import organization
from kommpass.open_data.hsds.plain import known, moment, uri_of, years
from kommpass.open_data.hsds.schedules import schedules
from kommpass.open_data.hsds.service_areas import service_areas
from kommpass.open_data.hsds.service_at_locations import service_at_locations
from kommpass.open_data.queries.rows import OfferRow


def service(row: OfferRow, frame: Frame, *, full: bool, texts: Iterable[OfferText] = ()) -> dict[str, Any]:
    """The service. What is over is a farewell: its name and that it is gone, no contact and no time any more."""
    made = _head(row, frame) if row.ended else _head(row, frame) | _words(row)
    made["organization"] = frame.once(
        "full" if full else "short", row.provider.key, lambda: organization(row.provider, frame, full=full)
    )
    if full and row.merged_into:
        made["additional_urls"] = _each(
            row, "url", [{"label": "Aufgegangen in", "url": frame.page.format(row.merged_into)}], key="label"
        )
    if full and not row.ended:
        made |= _rows(row, frame)
        made |= known({"x_confirmed": {block: _day(at) for block, at in row.confirmed.items()}})
        made |= known({"x_texts": [_text(each) for each in texts]})
    return made


def status(row: OfferRow, today: date) -> str:
    """Published is active, unless it has not begun or has run out; paused is closed for a time; ended is gone."""
    if row.ended:
        return "defunct"
    if row.state == Offer.State.PAUSED:
        return "temporarily closed"
    begun = not row.content.runs_from or date.fromisoformat(row.content.runs_from) <= today
    over = row.last_day is not None and row.last_day < today
    return "active" if begun and not over else "inactive"


def _head(row: OfferRow, frame: Frame) -> dict[str, Any]:
    content, at = row.content, status(row, frame.today)
    text = f"{content.summary}\n\n{content.text}" if content.summary and content.text else content.summary
    alerts = {
        "temporarily closed": "Dieses Angebot pausiert zurzeit.",
        "defunct": "Dieses Angebot gibt es nicht mehr.",
    }
    return known(
        {
            "id": row.key,
            "organization_id": row.provider.key,
            "name": content.title,
            "alternate_name": content.subtitle,
            "description": text or content.text or content.title,
            "url": (not row.ended and uri_of(content.url)) or frame.page.format(row.key),
            "status": at,
            "alert": alerts.get(at, ""),
            "last_modified": moment(row.changed_at),
        }
    )


def _words(row: OfferRow) -> dict[str, Any]:
    content = row.content
    first_email = next((each.email for each in content.contacts if each.email), "")
    return known(
        {
            "email": first_email,
            "interpretation_services": content.interpreting,
            "application_process": content.registration or _labels(lists.ACCESS, content.access),
            "fees_description": costs.in_words(row),
            "eligibility_description": "; ".join(
                each
                for each in (
                    _labels(lists.TARGET_GROUPS, content.target_groups),
                    _ages(content.min_months, content.max_months),
                )
                if each
            ),
            "minimum_age": years(content.min_months),
            "maximum_age": years(content.max_months),
            "assured_date": _day(max(row.confirmed.values())) if row.confirmed else "",
        }
    )


def _labels(vocabulary: lists.Vocabulary, keys: Iterable[str]) -> str:
    return ", ".join(vocabulary.labels[key] for key in keys if key in vocabulary.labels)


@lru_cache(maxsize=8192)
def _day(at: datetime) -> str:
    return localdate(at).isoformat()


@lru_cache(maxsize=4096)
def _ages(low: int | None, high: int | None) -> str:
    with override("de"):
        return ages(low, high)


def _rows(row: OfferRow, frame: Frame) -> dict[str, Any]:
    return known(
        {
            "phones": contacts.phones(row),
            "contacts": contacts.contacts(row),
            "languages": _each(row, "language", ({"code": code, "name": lists.LANGUAGES.labels[code]}
                               for code in row.content.languages if code in lists.LANGUAGES.labels), key="code"),
            "cost_options": costs.cost_options(row),
            "funding": _each(row, "funding", ({"source": each.source} for each in row.content.funding if each.source)),
            "required_documents": _each(
                row, "required_document", ({"document": line} for line in _lines(row.content.documents))
            ),
            "capacities": _capacities(row),
            "schedules": schedules(row, frame),
            "additional_urls": _addresses(row, frame),
            "service_areas": service_areas(row, frame),
            "service_at_locations": service_at_locations(row, frame),
            "attributes": attributes.of_service(row, frame),
        }
    )  # fmt: skip


def _each(row: OfferRow, kind: str, values: Iterable[dict[str, Any]], key: str = "") -> list[dict[str, Any]]:
    """Rows below the service, each with its own key: by what it says, else by its place."""
    return [
        {"id": child(row.key, kind, each[key] if key else number), "service_id": row.key, **each}
        for number, each in enumerate(values)
    ]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _capacities(row: OfferRow) -> list[dict[str, Any]]:
    """Free places, as long as their number is young (older ones do not come here)."""
    capacity = row.content.capacity
    if capacity is None or capacity.available is None:
        return []
    unit = {"id": child(row.key, "unit", 0), "name": capacity.unit or "Plätze"}
    values = {
        "unit": unit,
        "unit_id": unit["id"],
        "available": capacity.available,
        "maximum": capacity.maximum,
        "updated": f"{capacity.as_of}T00:00:00.000Z",
    }
    return _each(row, "service_capacity", [known(values)])


def _addresses(row: OfferRow, frame: Frame) -> list[dict[str, Any]]:
    """The page for families, and where to register."""
    found = [("Seite im Familienportal", frame.page.format(row.key))]
    if registration := uri_of(row.content.registration_url):
        found.append(("Anmeldung", registration))
    return _each(row, "url", ({"label": label, "url": url} for label, url in found), key="label")


def _text(text: OfferText) -> dict[str, Any]:
    """The words in another language, as somebody reviewed them; "de-easy" is Leichte Sprache."""
    return known({"language": text.language, "name": text.title, "summary": text.summary, "description": text.text})
