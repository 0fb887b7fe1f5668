"""What a service of HSDS costs, who pays it, whom one asks, and how many places are free: as rows of our document."""

import json
from typing import Any

from kommpass.adapters.hsds.tabular_reading import Row
from kommpass.domain.offers.vocabularies import COSTS

ON_REQUEST = "auf Anfrage"
_LABELS = {label: key for key, label in COSTS.labels.items()}


def cost_cells(service: Row, words: list[str], *, ours: bool) -> dict[str, str]:
    """`words` are the keys of our list of costs that hang on the service."""
    kind = next((each for each in words if each in ("free", "paid")), "")
    note = service.get("fees_description", "") or service.get("fees", "")
    if ours:
        head, _line, rest = note.partition("\n")
        note = rest if head in _LABELS else note
    options = service.get("cost_options", [])
    prices = [_price(each, ours=ours) for each in options if _in_euros(each)]
    foreign = [_said(each) for each in options if not _in_euros(each)]
    if not kind and prices:
        kind = "paid" if any(float(each["amount"] or 1) for each in prices) else "free"
    if kind == "free":
        prices = [each for each in prices if float(each["amount"] or 0)]
        kind = "paid" if prices else kind
    notes = "\n".join(filter(None, (note, *foreign)))
    told = {"cost": kind, "cost_note": notes} if kind or ours else {"cost": notes, "cost_note": ""}
    return told | {"costs": json.dumps(prices, ensure_ascii=False) if prices else ""}


def _in_euros(option: Row) -> bool:
    return option.get("currency", "EUR").upper() == "EUR"


def _price(option: Row, *, ours: bool) -> dict[str, Any]:
    """A price; at our own ones the words behind it say for what it is and who pays less."""
    label, amount = option.get("option", ""), option.get("amount")
    parts = [part for part in option.get("amount_description", "").split(", ") if part and part != ON_REQUEST]
    reduced = [_LABELS[part] for part in parts if _LABELS.get(part) in ("card", "package")]
    return {
        "label": "" if ours and label == "Regulär" else label,
        "amount": "" if amount is None else f"{amount:.2f}",
        "per": ", ".join(part for part in parts if _LABELS.get(part) not in ("card", "package")),
        "reduced_by": reduced,
    }


def _said(option: Row) -> str:
    price = " ".join(str(each) for each in (option.get("amount", ""), option.get("currency", "").upper()) if each != "")
    return ": ".join(filter(None, (option.get("option", ""), " ".join((price, option.get("amount_description", ""))))))


def contact_cell(service: Row, *, ours: bool) -> str:
    """Functions first. The persons of other directories are kept and not shown: nobody asked them for us."""
    organization = service.get("organization", {})
    made = _contacts(service, ours=ours)
    if not ours:
        at_places = [there.get("location", {}) for there in service.get("service_at_locations", [])]
        for owner in (*service.get("service_at_locations", []), *at_places, organization):
            if not any(each.get("phone") for each in made):
                made += _contacts(owner, ours=False)
    rows = [each for number, each in enumerate(made) if each not in made[:number]]
    return json.dumps(rows[:20], ensure_ascii=False) if rows else ""


def _contacts(owner: Row, *, ours: bool) -> list[dict[str, Any]]:
    made = [_contact(each, ours=ours) for each in owner.get("contacts", [])]
    alone = [each for each in owner.get("phones", []) if not each.get("contact_id") and _is_number(each)]
    made += [{"function": each.get("description", "")[:80], "phone": _number(each)} for each in alone]
    mail = owner.get("email", "")
    if mail and "@" in mail and mail not in {each.get("email") for each in made}:
        without = next((each for each in made if not each.get("email") and not ours), None)
        if without is not None:
            without["email"] = mail
        else:
            made.append({"email": mail})
    return [each for each in made if any(each.values())]


def _contact(contact: Row, *, ours: bool) -> dict[str, Any]:
    function = contact.get("title", "") or contact.get("department", "")
    person = contact.get("name", "")
    if ours and not function:
        function, person = person, ""
    phone = next((_number(each) for each in contact.get("phones", []) if _is_number(each)), "")
    made = {"function": function[:80], "phone": phone, "email": contact.get("email", ""), "person": person[:100]}
    return made | ({"person_public": True} if ours and person else {})


def _number(phone: Row) -> str:
    extension = f" -{phone['extension']}" if phone.get("extension") else ""
    return (phone.get("number", "").strip('" ') + extension)[:50]


def _is_number(phone: Row) -> bool:
    return sum(sign.isdigit() for sign in phone.get("number", "")) >= 3 and phone.get("type") != "fax"


def capacity_cell(service: Row) -> str:
    """The first number of free places, with the day of which it is."""
    found = next(iter(service.get("capacities", [])), None)
    if found is None or not isinstance(found.get("available"), int):
        return ""
    most = found.get("maximum", "")
    unit = found.get("unit", {}).get("name", "") if isinstance(found.get("unit"), dict) else ""
    return " | ".join((unit, str(most), str(found["available"]), found.get("updated", "")[:10], "", ""))


def funding_cell(service: Row) -> str:
    rows = [{"source": each["source"], "public": True} for each in service.get("funding", []) if each.get("source")]
    return json.dumps(rows, ensure_ascii=False) if rows else ""
