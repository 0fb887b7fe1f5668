"""A service of HSDS with everything that hangs on it as the cells of one row."""

from collections.abc import Iterable

from kommpass.adapters.hsds.tabular_reading import Row
from kommpass.adapters.offer_files.hsds_money import capacity_cell, contact_cell, cost_cells, funding_cell
from kommpass.adapters.offer_files.hsds_places import is_online, place_cells
from kommpass.adapters.offer_files.hsds_times import times_of
from kommpass.adapters.offer_files.written_times import written
from kommpass.domain.offers import vocabularies as lists
from kommpass.domain.offers.ages import OLDEST, YEAR
from kommpass.domain.offers.checks import SUMMARY_LENGTH
from kommpass.domain.offers.listing.made_tables import HSDS

LINKS = {
    "lebensphase": ("life_phases", lists.LIFE_PHASES),
    "thema": ("topics", lists.TOPICS),
    "zielgruppe": ("target_groups", lists.TARGET_GROUPS),
    "einrichtungsart": ("facility", lists.FACILITIES),
    "zugang": ("access", lists.ACCESS),
    "form": ("formats", lists.FORMATS),
    "kosten": ("cost", lists.COSTS),
}
"""What our attributes are called; the words of all others are topics until somebody says otherwise."""
OUR_PAGE, REGISTRATION = "Seite im Familienportal", "Anmeldung"


def cells_of(service: Row, *, ours: bool) -> tuple[dict[str, str], dict[str, str]]:
    """The cells by heading, those of times and further places apart: they may be long. `ours`: we wrote the tables."""
    words = _words(service, online=is_online(service))
    places = place_cells(service)
    said = {
        "title": service.get("name", ""),
        "subtitle": service.get("alternate_name", ""),
        **_texts(service, ours=ours),
        **_addresses(service),
        "provider": service.get("organization", {}).get("name", ""),
        **{target: "; ".join(found) for target, found in words.items()},
        "languages": "; ".join(_languages(service)),
        "interpreting": service.get("interpretation_services", ""),
        "min_months": _months(service.get("minimum_age"), last=False),
        "max_months": _months(service.get("maximum_age"), last=not ours),
        "registration": _registration(service, ours=ours),
        "documents": "\n".join(each.get("document", "") for each in service.get("required_documents", [])),
        **cost_cells(service, [_COST.get(each, "") for each in words.get("cost", [])], ours=ours),
        "contacts": contact_cell(service, ours=ours),
        "capacity": capacity_cell(service),
        "funding": funding_cell(service),
        **_span(service),
        **places,
        "changed_at": service.get("last_modified", ""),
    }
    cells = {heading: said.get(target, "") for target, heading in HSDS.items()}
    cells |= {name: text for name, text in places.items() if name not in HSDS}
    long = {HSDS["more_places"]: cells.pop(HSDS["more_places"])}
    return cells, long | written(*times_of(service, ours=ours), HSDS)


def _texts(service: Row, *, ours: bool) -> dict[str, str]:
    """Short text and text: we write them together, and many others begin with a short paragraph."""
    description = service.get("description", "")
    if ours and description == service.get("name", ""):
        description = ""
    first, _gap, rest = description.partition("\n\n")
    beside = [] if ours else _beside(service)
    if len(first) > SUMMARY_LENGTH or not (rest or beside):
        first, rest = "", description
    return {"summary": first, "text": "\n\n".join(filter(None, (rest, *beside)))}


def _beside(service: Row) -> list[str]:
    """What others say in fields for which we have none: at least it can be read."""
    areas = [each.get("name", "") or each.get("description", "") for each in service.get("service_areas", [])]
    said = {
        "Für wen": service.get("eligibility_description", ""),
        "Einzugsgebiet": "; ".join(filter(None, areas)),
        "Wartezeit": service.get("wait_time", ""),
        "Hinweis": service.get("alert", ""),
    }
    return [f"{label}: {text}" for label, text in said.items() if text]


def _addresses(service: Row) -> dict[str, str]:
    """The provider's page, not ours about it; and where to register."""
    named = {each.get("label", ""): each.get("url", "") for each in service.get("additional_urls", [])}
    url = service.get("url", "")
    return {"url": "" if url == named.get(OUR_PAGE, "") else url, "registration_url": named.get(REGISTRATION, "")}


def _words(service: Row, *, online: bool) -> dict[str, list[str]]:
    """The words of each list: ours by their label, those of others as they are."""
    found: dict[str, list[str]] = {}
    for each in service.get("attributes", []):
        term = each.get("taxonomy_term", {})
        target, vocabulary = LINKS.get(each.get("link_type", ""), ("topics", lists.TOPICS))
        name = term.get("name", "") or each.get("label", "")
        if term.get("code", "") in vocabulary.places:
            name = word(vocabulary, term["code"])
        if name and each.get("link_type") != "laufzeit":
            found.setdefault(target, []).append(name)
    if online and "formats" not in found:
        found["formats"] = ["online"]
    return found


def word(vocabulary: lists.Vocabulary, key: str) -> str:
    """The label; the key where the label has a comma and would be read as two words."""
    label = vocabulary.labels[key]
    return key if any(sign in label for sign in ",;|\n") else label


_COST = {word(lists.COSTS, key): key for key in lists.COSTS.places}


def _languages(service: Row) -> list[str]:
    known = lists.LANGUAGES.places
    return [
        each["code"] if each.get("code") in known else each.get("name", "") for each in service.get("languages", [])
    ]


def _months(years: float | None, *, last: bool) -> str:
    """An age in months; "up to 12" of others ends with the day before the thirteenth birthday."""
    if years is None or not 0 <= years * YEAR < OLDEST:
        return ""
    months = round(years * YEAR)
    return str(months + YEAR - 1 if last and float(years).is_integer() else months)


def _registration(service: Row, *, ours: bool) -> str:
    """How one gets in; where we say nothing there we write the words of our list."""
    text = service.get("application_process", "")
    return "" if ours and text and all(each in _ACCESS for each in _parts(text)) else text


_ACCESS = set(lists.ACCESS.labels.values())


def _parts(text: str) -> Iterable[str]:
    """Labels with commas between them."""
    for label in sorted(_ACCESS, key=len, reverse=True):
        if text.startswith(label):
            yield label
            rest = text.removeprefix(label).removeprefix(", ")
            yield from _parts(rest) if rest else ()
            return
    yield text


def _span(service: Row) -> dict[str, str]:
    """From when until when it runs."""
    span = next(
        (each.get("value", "") for each in service.get("attributes", []) if each.get("link_type") == "laufzeit"), ""
    )
    first, _slash, last = span.partition("/")
    return {"runs_from": first.strip("."), "runs_until": last.strip(".")}
