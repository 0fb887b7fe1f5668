"""Times of offers (Zeiten): rules with holidays and exceptions, when they take place, and how one says so."""

from kommpass.domain.schedules.checking import Problem, check, hints
from kommpass.domain.schedules.facets import DAY_PARTS, day_parts, weekdays
from kommpass.domain.schedules.ical import HORIZON_MONTHS, ICalParts, to_ical_parts
from kommpass.domain.schedules.model import (
    BERLIN,
    COMMON_DAYS,
    KINDS,
    PUBLIC_HOLIDAYS,
    SCHOOL_HOLIDAYS,
    DayCalendar,
    Occurrence,
    OtherDay,
    Schedule,
)
from kommpass.domain.schedules.occurrences import LONGEST_SPAN_DAYS, next_occurrence, occurrences, open_at
from kommpass.domain.schedules.rules import DAY_CODES, Rule, RuleRefused, read_rule
from kommpass.domain.schedules.wording import Phrase, describe, describe_phrase

__all__ = [
    "BERLIN",
    "COMMON_DAYS",
    "DAY_CODES",
    "DAY_PARTS",
    "HORIZON_MONTHS",
    "KINDS",
    "LONGEST_SPAN_DAYS",
    "PUBLIC_HOLIDAYS",
    "SCHOOL_HOLIDAYS",
    "DayCalendar",
    "ICalParts",
    "Occurrence",
    "OtherDay",
    "Phrase",
    "Problem",
    "Rule",
    "RuleRefused",
    "Schedule",
    "check",
    "day_parts",
    "describe",
    "describe_phrase",
    "hints",
    "next_occurrence",
    "occurrences",
    "open_at",
    "read_rule",
    "to_ical_parts",
    "weekdays",
]
