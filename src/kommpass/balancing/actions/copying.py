"""What a measure takes along when it is copied: into the next round, or under a goal of another scheme."""

from kommpass.agreement.models import Indicator, Measure, Step
from kommpass.audits.models import Procedure

COPIED = (
    "title", "description", "responsible", "post", "target_groups", "references", "cost_once", "cost_yearly",
    "funding", "staff_effort", "priority", "public", "external_key",
)  # fmt: skip
"""What every copy takes along. Themes depend on the scheme; dates and acceptance on why it is copied."""


def facts_of(measure: Measure, procedure: Procedure) -> dict:
    """The values of a copy for this procedure: a theme that its scheme does not know stays behind."""
    known = {each.key for each in procedure.scheme.modules}
    return {name: getattr(measure, name) for name in COPIED} | {
        "themes": [each for each in measure.themes if each in known]
    }


def copy_links(measure: Measure, copy: Measure) -> None:
    """Partners, districts and indicators: by these one sees the same thing again."""
    copy.partners.set(measure.partners.all())
    copy.districts.set(measure.districts.all())
    Indicator.objects.bulk_create(
        Indicator(
            measure=copy,
            name=each.name,
            unit=each.unit,
            baseline=each.baseline,
            target=each.target,
            source=each.source,
            position=each.position,
        )
        for each in measure.indicators.all()
    )


def copy_steps(measure: Measure, copy: Measure) -> None:
    Step.objects.bulk_create(
        Step(measure=copy, title=each.title, due=each.due, due_on=each.due_on, position=each.position)
        for each in measure.steps.all()
    )
