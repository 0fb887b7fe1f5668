"""Times as the cells of a table that a reader of ours makes: as data, in words, and what could not be read."""

import json
from collections.abc import Mapping, Sequence

from kommpass.domain.schedules import Schedule, describe

LONGEST_TIMES, LONGEST_WORDS = 100_000, 15_000


def written(times: Sequence[Schedule], unread: Sequence[str], headings: Mapping[str, str]) -> dict[str, str]:
    """The cells by heading (`headings`: target -> heading). Too many rules for one offer stay as words."""
    usual = Schedule().to_json()
    said = [{name: value for name, value in _short(each).items() if value != usual[name]} for each in times]
    data = json.dumps(said, ensure_ascii=False)
    words, left = [describe(each) for each in times], list(unread)
    if len(data) > LONGEST_TIMES:
        data, left = "[]", [*words, *left]
    return {
        headings["times"]: data,
        headings["times_typed"]: "\n".join([*words, *unread])[:LONGEST_WORDS],
        headings["times_text"]: "\n".join(left)[:LONGEST_WORDS],
    }


def _short(schedule: Schedule) -> dict:
    """Without what the days that differ do not say."""
    row = schedule.to_json()
    row["exceptions"] = [{name: value for name, value in each.items() if value} for each in row["exceptions"]]
    return row
