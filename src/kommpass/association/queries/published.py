"""What everybody may read, of all towns: adopted versions in force and public reports, through their allow-lists."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kommpass.agreement.models import Adoption, Version
from kommpass.agreement.public_view import public_view
from kommpass.audits.models import Procedure
from kommpass.municipalities.models import Municipality
from kommpass.reporting.models import ReportStep, SealedReport
from kommpass.reporting.queries import PUBLIC_FROM


@dataclass(frozen=True)
class Published:
    """One public text of a town: the town, the procedure it belongs to, and what everybody may read of it."""

    town: Municipality
    procedure: Procedure
    content: dict


def promises(day: date) -> Iterator[Published]:
    """The version in force of each town in scope: the one its public page shows. Two queries."""
    chosen: dict[int, tuple] = {}
    rows = Adoption.objects.filter(valid_from__lte=day).values_list(
        "municipality", "version__agreement__procedure__round", "version__agreement__procedure", "valid_from", "pk",
        "version",
    )  # fmt: skip
    for town, *place in rows.order_by("pk"):
        chosen[town] = max(chosen.get(town, ()), tuple(place))
    found = Version.objects.filter(pk__in=[place[-1] for place in chosen.values()])
    for each in found.select_related("agreement__procedure__municipality").order_by("pk"):
        procedure = each.agreement.procedure
        yield Published(procedure.municipality, procedure, public_view(each.content))


def reports(day: date) -> Iterator[Published]:
    """The newest public report of each procedure in scope, the newest period first. Two queries."""
    chosen: dict[int, tuple] = {}
    rows = ReportStep.objects.filter(kind__in=PUBLIC_FROM, on__lte=day).values_list(
        "sealed__report__procedure", "sealed__report__period_until", "sealed__number", "sealed"
    )
    for procedure, *place in rows.order_by("pk"):
        chosen[procedure] = max(chosen.get(procedure, ()), tuple(place))
    found = SealedReport.objects.filter(pk__in=[place[-1] for place in chosen.values()])
    found = found.select_related("report__procedure__municipality").defer("canonical")
    for each in found.order_by("-report__period_until", "-pk"):
        procedure = each.report.procedure
        yield Published(procedure.municipality, procedure, json.loads(each.public_canonical))


def newest_reports(day: date) -> Iterator[Published]:
    """Of each town in scope its newest public report."""
    seen: set[int] = set()
    for each in reports(day):
        if each.town.pk not in seen:
            seen.add(each.town.pk)
            yield each


def covers(field: dict) -> list[str]:
    """The fields of the scheme that a field of a frozen text stands for; a town may have merged several.

    >>> covers({"id": "field-steering-living"})
    ['steering', 'living']
    """
    return field["id"].removeprefix("field-").split("-")
