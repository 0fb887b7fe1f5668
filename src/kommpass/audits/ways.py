"""Where a requirement can be met: the way to a room, for those who may enter it."""

from django.urls import NoReverseMatch, reverse

from kommpass.domain.permissions import Actor, may

FIRST_PAGES = {"audits": "audits:overview", "cockpit": "cockpit:home"}
ENTRANCE = {
    "agreement": "agreement.view",
    "assessment": "assessment.view",
    "audits": "procedure.plan",
    "balancing": "balance.view",
    "bodies": "bodies.view",
    "certification": "certificate.view",
    "cockpit": "procedure.view",
    "implementation": "progress.view",
    "offers": "offers.view",
    "participation": "participation.view",
    "people": "people.view",
    "reporting": "report.view",
    "stocktaking": "stocktaking.view",
}


def way_to(where: str, by: Actor | None = None) -> str:
    """The address of a room ("stocktaking") or page ("agreement:quality"); empty if there is none for this actor."""
    room = where.partition(":")[0]
    if not where or (by is not None and room in ENTRANCE and not may(by, ENTRANCE[room])):
        return ""
    try:
        return reverse(where if ":" in where else FIRST_PAGES.get(where, f"{where}:overview"))
    except NoReverseMatch:
        return ""
