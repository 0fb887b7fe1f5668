"""What the finder filters by: on which weekdays and in which parts of the day something takes place."""

from kommpass.domain.schedules.model import MIDNIGHT, Schedule, clock_of
from kommpass.domain.schedules.rules import RuleRefused, read_rule

DAY_PARTS = {"morning": (0, 12 * 60), "midday": (12 * 60, 14 * 60), "afternoon": (14 * 60, 18 * 60),
             "evening": (18 * 60, 24 * 60)}  # fmt: skip
"""From and to in minutes after midnight; the end does not belong to it."""


def weekdays(schedule: Schedule) -> set[int]:
    """The weekdays (0 = Monday) on which the rule can fall; exceptions do not count. Empty: none, or not readable.

    >>> weekdays(Schedule(rule="FREQ=MONTHLY;BYDAY=1TU,3TH")), weekdays(Schedule(begins="2027-03-04"))
    ({1, 3}, {3})
    """
    first = schedule.first_day
    if not schedule.rule:
        return {first.weekday()} if first else set()
    try:
        rule = read_rule(schedule.rule)
    except RuleRefused:
        return set()
    if rule.needs_first_day and first is None:
        return set()
    if rule.days:
        return {day for _which, day in rule.days}
    if first is not None and (rule.freq == "WEEKLY" or (rule.freq == "DAILY" and rule.interval % 7 == 0)):
        return {first.weekday()}
    return set(range(7))


def day_parts(schedule: Schedule) -> set[str]:
    """The parts of the day that the hours touch: until 12, 14, 18 o'clock, then evening; after midnight counts as it.

    >>> sorted(day_parts(Schedule(starts="09:00", ends="12:30"))), day_parts(Schedule(starts="22:00", ends="02:00"))
    (['midday', 'morning'], {'evening'})
    """
    starts = clock_of(schedule.starts)
    if starts is None:
        return set()
    begin = starts.hour * 60 + starts.minute
    finish = clock_of(schedule.ends)
    end = finish.hour * 60 + finish.minute if finish else begin + 1
    if schedule.ends == MIDNIGHT or end <= begin:
        end = 24 * 60
    return {name for name, (first, last) in DAY_PARTS.items() if begin < last and end > first}
