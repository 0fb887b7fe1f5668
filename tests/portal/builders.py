"""Builders for an agreement from the first goal to the council's decision, with a marker in everything internal."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from kommpass.agreement import actions
from kommpass.agreement.models import Agreement, Measure, Origin, StatusEntry, Version
from kommpass.bodies.models import Body
from kommpass.domain.targets import NumberTarget
from kommpass.people.models import Organisation
from tests.bodies.builders import council, decision, noon, paper_about, station
from tests.conftest import NOON, actor

SECRET = "GEHEIM"
DAY = timezone.localdate() - timedelta(days=30)


def draft(procedure) -> Agreement:
    """A draft with two public measures, one that is not public, and a marker in every internal field."""
    by = {"by": actor(), "at": NOON}
    agreement = actions.open_agreement(procedure=procedure, **by)
    actions.edit_agreement(
        agreement=agreement,
        changes={
            "preamble": "Auental soll wachsen.",
            "process": f"{SECRET} Prozess",
            "budget_clause": "Im Rahmen des Haushalts.",
        },
        **by,
    )
    field = procedure.fields.first()
    strategic = actions.add_strategic_goal(agreement=agreement, field=field, text="Familien finden Rat.", **by)
    goal = actions.add_goal(
        agreement=agreement, field=field, title="Ein Ort für Fragen", strategic_goal=strategic, **by
    )
    add_measure(goal, "Familienbüro eröffnen", description="Drei Tage in der Woche.", due="2027-12")
    add_measure(goal, f"{SECRET} Interne Maßnahme", public=False)
    second = add_measure(goal, "Wegweiser drucken")
    full(second)
    return agreement


def add_measure(goal, title: str, **changes) -> Measure:
    youth_office, _new = Organisation.objects.get_or_create(name="Jugendamt")
    changes = {
        "title": title,
        "responsible": youth_office,
        "due": "2028",
        "internal_note": f"{SECRET} Notiz",
        "priority": f"{SECRET} Prio",
    } | changes
    return actions.add_measure(goal=goal, changes=changes, by=actor(), at=NOON)


def full(measure: Measure) -> Measure:
    """Everything a measure can have, public and internal."""
    by = {"by": actor(), "at": NOON}
    actions.add_step(measure=measure, title="Texte sammeln", due="2027-03", **by)
    actions.add_indicator(
        measure=measure, name="Gedruckte Hefte", unit="Stück", baseline="0", target=NumberTarget(Decimal(500), "Stück"),
        source="Amt", **by,
    )  # fmt: skip
    Measure.objects.filter(pk=measure.pk).update(
        funding=f"{SECRET} Kasse", staff_effort=f"{SECRET} Stelle", references=[f"{SECRET} Konzept"],
        acceptance_note=f"{SECRET} Zustimmung", accepted_by=f"{SECRET} Person", more={"x": f"{SECRET} Import"},
    )  # fmt: skip
    Origin.objects.create(measure=measure, text=f"{SECRET} Idee einer Bürgerin")
    StatusEntry.objects.create(
        measure=measure, label=f"{SECRET} Bericht", period_from=DAY, period_until=DAY, text=f"{SECRET} Sachstand"
    )
    return measure


def freeze(agreement: Agreement, reason: str = "Für den Rat") -> Version:
    return actions.freeze_version(agreement=agreement, reason=reason, by=actor(name=f"{SECRET} Name"), at=NOON)


def adopt(
    version: Version, *, on: date = DAY, reference: str = "2026/101", public: bool = True, conditions=("Haushalt",)
):
    """Lay the version before the council and register its decision."""
    procedure = version.agreement.procedure
    rat = Body.objects.filter(name="Rat").first() or council()
    paper = paper_about(
        procedure, "agreement", reference=reference, title="Zielvereinbarung", public=public,
        facts_text=f"{SECRET} Sachverhalt", financial=f"{SECRET} Finanzen",
    )  # fmt: skip
    actions.table_version(version=version, paper=paper, by=actor(), at=NOON)
    taken = decision(
        station(paper, rat, "decision", public=public), on=on, reference=reference, conditions=list(conditions),
        skipped_reason=f"{SECRET} Eile", at=noon(on),
    )  # fmt: skip
    return actions.adopt_version(version=version, decision=taken, by=actor(), at=noon(on))
