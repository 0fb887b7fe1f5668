"""The numbers of a report as pictures: tiles, and the parts of the bars. They are counted once and read from there."""

from collections.abc import Callable, Iterable, Mapping

from django.utils.translation import gettext as _

from kommpass.domain.progress import Achievement
from kommpass.domain.reports import SHARES, goals_of, measures_of, share_of, to_decide
from kommpass.implementation.queries import by_field, tally_of
from kommpass.reporting.content import as_counts

TONES = dict(zip(SHARES, ("good", "soft", "quiet", "sun", "none"), strict=True))
ACHIEVEMENT_TONES = {
    Achievement.FULLY: "good",
    Achievement.LARGELY: "soft",
    Achievement.PARTLY: "sun",
    Achievement.NOT: "bad",
    Achievement.NOT_ASSESSABLE: "quiet",
}
Part = tuple[str, int, str]


def share_parts(summary: Mapping[str, int]) -> list[Part]:
    """The parts that make up all measures."""
    return [(_(label), summary[name], TONES[name]) for name, label in SHARES.items()]


def field_bars(fields: Iterable[Mapping], address: Callable[[int], str] = lambda place: "") -> list[tuple]:
    """A bar for each field that has measures; `address` says where the field can be read in full."""
    return [
        (f"{field['number']} {field['title']}", share_parts(field["summary"]), address(place))
        for place, field in enumerate(fields, start=1)
        if field["summary"]["total"]
    ]


def goal_parts(goals: Iterable[Mapping]) -> list[Part]:
    """How many goals are reached how far, the best first; those without a judgement stand at the end."""
    goals = list(goals)
    counted = dict.fromkeys(ACHIEVEMENT_TONES, 0)
    for each in goals:
        if each["judgement"]:
            counted[Achievement(each["judgement"]["achievement"])] += 1
    parts = [(_(each.label), number, ACHIEVEMENT_TONES[each]) for each, number in counted.items()]
    return [*parts, (_("noch ohne Urteil"), len(goals) - sum(counted.values()), "none")]


def preview(rows: list) -> dict:
    """What would be sealed now, in numbers: the same counting as the sealed report's own."""
    counted = [
        {"number": str(field.number), "title": field.title, "summary": as_counts(tally_of(found))}
        for field, found in by_field(rows)
    ]
    return {"summary": as_counts(tally_of(rows)), "bars": field_bars(counted)}


def of_report(content: Mapping, address: Callable[[int], str]) -> dict:
    """What the page of a sealed report shows first."""
    goals = [goal for _field, goal in goals_of(content)]
    summary = content["summary"]
    waiting = [(place.measure, to_decide(place.measure)) for place in measures_of(content)]
    return {
        "summary": summary,
        "done_percent": share_of(summary, "done"),
        "bars": field_bars(content["fields"], address),
        "goals": [(_("Ziele"), goal_parts(goals))] if goals else [],
        "lights": [(_("Maßnahmen"), _light_parts(summary))],
        "to_decide": [(measure, _(reason)) for measure, reason in waiting if reason],
    }


def _light_parts(summary: Mapping[str, int]) -> list[Part]:
    known = summary["green"] + summary["yellow"] + summary["red"]
    return [
        (_("im Plan"), summary["green"], "good"),
        (_("verzögert"), summary["yellow"], "sun"),
        (_("gefährdet"), summary["red"], "bad"),
        (_("ohne Angabe"), summary["total"] - known, "none"),
    ]
