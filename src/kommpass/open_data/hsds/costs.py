"""What an offer costs: prices as numbers, and the whole in words."""

from typing import Any

from kommpass.domain.offers.content import Cost
from kommpass.domain.offers.vocabularies import COSTS
from kommpass.open_data.hsds.ids import child
from kommpass.open_data.hsds.plain import known
from kommpass.open_data.queries.rows import OfferRow


def cost_options(row: OfferRow) -> list[dict[str, Any]]:
    """The prices in euros; something that is free without a price list costs 0."""
    prices = row.content.costs or ((Cost("Kostenlos", "0.00"),) if row.content.cost == "free" else ())
    return [_option(row, number, each) for number, each in enumerate(prices)]


def _option(row: OfferRow, number: int, cost: Cost) -> dict[str, Any]:
    reduced = [COSTS.labels[word] for word in cost.reduced_by if word in COSTS.labels]
    on_request = [] if cost.amount else ["auf Anfrage"]
    return known(
        {
            "id": child(row.key, "cost_option", number),
            "service_id": row.key,
            "option": cost.label or "Regulär",
            "amount": float(cost.amount) if cost.amount else None,
            "currency": "EUR" if cost.amount else "",
            "amount_description": ", ".join([*([cost.per] if cost.per else []), *on_request, *reduced]),
        }
    )


def in_words(row: OfferRow) -> str:
    """The kind of cost and what was added to it."""
    content = row.content
    kind = "" if content.cost == "unknown" else COSTS.labels.get(content.cost, "")
    return "\n".join(each for each in (kind, content.cost_note) if each)
