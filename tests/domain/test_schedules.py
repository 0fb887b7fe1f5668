"""Times of offers: rules and clock changes, holidays and school holidays, single days that differ, and their words."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import assume, given, settings
from hypothesis import strategies as some
from icalendar import vRecur

from kommpass.domain.schedules import (
    BERLIN,
    COMMON_DAYS,
    DAY_CODES,
    LONGEST_SPAN_DAYS,
    DayCalendar,
    OtherDay,
    Schedule,
    check,
    day_parts,
    describe,
    describe_phrase,
    hints,
    next_occurrence,
    occurrences,
    open_at,
    to_ical_parts,
    weekdays,
)

SUMMER = (date(2027, 7, 19), date(2027, 8, 31))
HERTEN = DayCalendar(
    public_holidays=frozenset({date(2027, 5, 6), date(2027, 5, 27), date(2027, 11, 1)}),
    school_holidays=((date(2027, 3, 22), date(2027, 4, 3)), SUMMER),
)
TUESDAYS = Schedule(rule="FREQ=WEEKLY;BYDAY=TU", starts="15:00", ends="17:00")
YEAR = (date(2027, 1, 1), date(2027, 12, 31))
NEVER = "Zu dieser Wiederholung passt kein einziger Tag. Bitte prüfen Sie sie."


def days(schedule, first=YEAR[0], last=YEAR[1], calendar=COMMON_DAYS):
    return [each.day for each in occurrences(schedule, first, last, calendar)]


def at(day, clock, zone=BERLIN):
    return datetime.combine(day, time.fromisoformat(clock), zone)


def sentences(schedule):
    return [each.sentence for each in check(schedule)]


def changed(schedule, **fields):
    return Schedule(**{name: fields.get(name, getattr(schedule, name)) for name in schedule.__dataclass_fields__})


# What hypothesis may think of


@some.composite
def rules(draw, *, with_count=True):
    """Rules as the standard allows them and we take them."""
    freq = draw(some.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    codes = some.sampled_from(DAY_CODES)
    if freq in ("MONTHLY", "YEARLY") and draw(some.booleans()):  # dateutil cannot read "MO,1TH"
        codes = some.builds("{}{}".format, some.sampled_from([1, 2, 4, 5, -1, -2]), codes)
    parts = [f"FREQ={freq}"]
    if draw(some.booleans()):
        parts.append(f"INTERVAL={draw(some.integers(1, 5))}")
    by_day = draw(some.lists(codes, max_size=4, unique=True))
    if by_day:
        parts.append("BYDAY=" + ",".join(by_day))
    if draw(some.booleans()):
        parts.append("BYMONTH=" + ",".join(map(str, draw(some.sets(some.integers(1, 12), min_size=1, max_size=4)))))
    month_days = some.sets(some.integers(-31, 31).filter(bool), min_size=1, max_size=4)
    if freq != "WEEKLY" and draw(some.booleans()):
        parts.append("BYMONTHDAY=" + ",".join(map(str, draw(month_days))))
    named = any(each.startswith(("BYDAY", "BYMONTHDAY")) for each in parts)
    if freq in ("MONTHLY", "YEARLY") and named and draw(some.integers(0, 4)) == 0:
        parts.append(f"BYSETPOS={draw(some.sampled_from([1, 2, -1]))}")
    if draw(some.booleans()):
        parts.append(f"WKST={draw(some.sampled_from(DAY_CODES))}")
    if with_count and draw(some.integers(0, 3)) == 0:
        parts.append(f"COUNT={draw(some.integers(1, 30))}")
    return ";".join(parts)


dates = some.dates(date(2026, 1, 1), date(2029, 12, 31))
clocks = some.builds("{:02}:{:02}".format, some.integers(0, 23), some.sampled_from([0, 15, 30, 45]))
hours = some.one_of(
    some.tuples(clocks, some.one_of(clocks, some.sampled_from(["", "24:00"]))), some.just(("", ""))
)  # fmt: skip


@some.composite
def other_days(draw):
    off = draw(some.booleans())
    starts, ends = ("", "") if off else draw(hours)
    return OtherDay(str(draw(dates)), off, starts, ends, draw(some.sampled_from(["", "Betriebsausflug"])))


@some.composite
def schedules(draw):
    starts, ends = draw(hours)
    return Schedule(
        key=draw(some.sampled_from(["", "a1"])),
        kind=draw(some.sampled_from(["open", "session", "phone", "arrangement"])),
        rule=draw(some.one_of(rules(), some.just(""))),
        begins=str(draw(dates)),
        until=draw(some.one_of(some.just(""), dates.map(str))),
        starts=starts,
        ends=ends,
        public_holidays=draw(some.sampled_from(["off", "on"])),
        school_holidays=draw(some.sampled_from(["on", "off", "only"])),
        exceptions=tuple(draw(some.lists(other_days(), max_size=3, unique_by=lambda each: each.on))),
    )


@some.composite
def calendars(draw):
    spans = draw(some.lists(some.tuples(dates, some.integers(0, 45)), max_size=4))
    return DayCalendar(
        draw(some.frozensets(dates, max_size=8)),
        tuple((first, first + timedelta(days=length)) for first, length in spans),
    )


# Rules


def test_an_offer_takes_place_on_its_weekdays():
    assert days(TUESDAYS, date(2027, 3, 1), date(2027, 3, 20)) == [date(2027, 3, day) for day in (2, 9, 16)]


def test_every_other_week_counts_from_the_week_of_the_first_date():
    fortnightly = changed(TUESDAYS, rule="FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", begins="2027-01-08")
    assert days(fortnightly, last=date(2027, 2, 28))[:2] == [date(2027, 1, 19), date(2027, 2, 2)]


def test_the_first_tuesday_of_each_month_needs_no_first_date():
    monthly = changed(TUESDAYS, rule="FREQ=MONTHLY;BYDAY=1TU")
    assert (check(monthly), days(monthly)[:3]) == ([], [date(2027, 1, 5), date(2027, 2, 2), date(2027, 3, 2)])


def test_a_leap_day_comes_in_leap_years_only_and_that_is_fine():
    leap = Schedule(rule="FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29")
    assert (check(leap), days(leap, date(2026, 1, 1), date(2033, 1, 1))) == ([], [date(2028, 2, 29), date(2032, 2, 29)])
    assert [each.sentence for each in hints(leap)] == [
        "Den 29. Februar gibt es nur in Schaltjahren; in den anderen Jahren fällt der Termin aus."
    ]
    born = Schedule(rule="FREQ=YEARLY", begins="2028-02-29")
    assert (hints(born), days(born, date(2028, 1, 1), date(2033, 1, 1))[1:]) == (hints(leap), [date(2032, 2, 29)])


def test_a_course_of_ten_dates_ends_after_the_tenth_although_one_was_called_off():
    course = changed(TUESDAYS, rule="FREQ=WEEKLY;COUNT=10;BYDAY=TU", begins="2027-01-12",
                     exceptions=(OtherDay("2027-02-02", off=True),))  # fmt: skip
    assert (len(days(course)), days(course)[-1]) == (9, date(2027, 3, 16))


@settings(deadline=None, max_examples=150)
@given(rules(), dates, some.integers(0, 1000))
def test_the_days_of_a_rule_are_those_of_dateutil(rule, first, length):
    assume(not check(Schedule(rule=rule, begins=str(first))))  # dateutil looks for what never comes until 9999
    last = first + timedelta(days=length)
    expanded = rrulestr(f"RRULE:{rule}", dtstart=datetime.combine(first, time()))
    expected = [each.date() for each in expanded.between(
        datetime.combine(first, time()), datetime.combine(last, time()), inc=True)]  # fmt: skip
    ours = Schedule(rule=rule, begins=str(first), public_holidays="on")
    assert days(ours, first, last) == expected


@settings(deadline=None)
@given(rules(with_count=False), dates, dates)
def test_a_rule_that_needs_no_first_date_is_the_same_since_ever(rule, begins, first):
    if check(Schedule(rule=rule)):
        return
    first = max(begins, first)
    since_ever, since = Schedule(rule=rule), Schedule(rule=rule, begins=str(begins))
    assert days(since_ever, first, first + timedelta(days=70)) == days(since, first, first + timedelta(days=70))


@settings(deadline=None)
@given(schedules(), calendars(), dates, some.integers(0, 60), some.integers(0, 60))
def test_two_spans_side_by_side_have_the_times_of_both(schedule, calendar, first, length, more):
    middle, last = first + timedelta(days=length), first + timedelta(days=length + more + 1)
    both = [*occurrences(schedule, first, middle, calendar),
            *occurrences(schedule, middle + timedelta(days=1), last, calendar)]  # fmt: skip
    assert both == occurrences(schedule, first, last, calendar)


@settings(deadline=None)
@given(schedules(), calendars(), dates)
def test_what_the_clock_on_the_wall_shows_is_what_was_written(schedule, calendar, first):
    others = {each.on: each for each in schedule.exceptions if each.starts}
    for each in occurrences(schedule, first, first + timedelta(days=90), calendar):
        written = others.get(str(each.day), schedule)
        assert each.begins.tzinfo == BERLIN
        assert (each.begins.date(), each.all_day) == (each.day, not written.starts)
        assert f"{each.begins:%H:%M}" == (written.starts or "00:00")
        if written.ends:
            assert f"{each.ends:%H:%M}" == written.ends.replace("24:00", "00:00")
            assert timedelta(0) < each.ends - each.begins <= timedelta(days=1)


@settings(deadline=None)
@given(schedules(), calendars(), dates)
def test_a_cancelled_date_never_occurs(schedule, calendar, first):
    off = {each.on for each in schedule.exceptions if each.off}
    assert not off & {str(day) for day in days(schedule, first, first + timedelta(days=120), calendar)}


@settings(deadline=None)
@given(schedules())
def test_a_schedule_survives_the_way_through_json(schedule):
    assert Schedule.from_json(schedule.to_json()) == schedule


def test_the_keys_of_the_json_are_fixed():
    assert Schedule(exceptions=(OtherDay("2027-03-02"),)).to_json() == {
        "key": "", "kind": "open", "rule": "", "from": "", "until": "", "starts": "", "ends": "",
        "public_holidays": "off", "school_holidays": "on",
        "exceptions": [{"on": "2027-03-02", "off": False, "starts": "", "ends": "", "note": ""}],
        "note": "", "location": "",
    }  # fmt: skip


@pytest.mark.parametrize(
    "row",
    [{"begins": 3}, {"rule": None}, {"dtstart": "x"}, {"exceptions": "x"}, {"exceptions": [1]},
     {"exceptions": [{"off": True}]}, {"exceptions": [{"on": "2027-03-02", "off": 1}]},
     {"exceptions": [{"on": "2027-03-02", "to": "x"}]}, {"off": "x"}],
)  # fmt: skip
def test_json_that_is_no_schedule_is_refused(row):
    with pytest.raises(ValueError, match="expected"):
        Schedule.from_json(row)


# Clock changes and midnight


def test_an_offer_stays_at_three_over_the_clock_change():
    found = occurrences(TUESDAYS, date(2027, 3, 23), date(2027, 3, 30), COMMON_DAYS)
    assert [str(each.begins) for each in found] == ["2027-03-23 15:00:00+01:00", "2027-03-30 15:00:00+02:00"]


def test_the_hour_that_the_clock_leaves_out_is_never_open():
    night = Schedule(rule="FREQ=WEEKLY;BYDAY=SU", starts="02:00", ends="03:00")
    found = occurrences(night, date(2027, 3, 28), date(2027, 3, 28), COMMON_DAYS)
    assert [str(each.begins) for each in found] == ["2027-03-28 02:00:00+01:00"]
    assert open_at([night], datetime(2027, 3, 28, 1, 0, tzinfo=UTC), COMMON_DAYS) is None


def test_the_hour_that_comes_twice_counts_the_first_time():
    night = Schedule(rule="FREQ=WEEKLY;BYDAY=SU", starts="02:30", ends="04:00")
    assert open_at([night], datetime(2027, 10, 31, 0, 30, tzinfo=UTC), COMMON_DAYS)
    assert open_at([night], datetime(2027, 10, 31, 0, 29, tzinfo=UTC), COMMON_DAYS) is None


def test_a_party_past_midnight_belongs_to_the_day_on_which_it_begins():
    party = Schedule(rule="FREQ=WEEKLY;BYDAY=SA", starts="22:00", ends="02:00")
    assert [str(each.ends) for each in occurrences(party, date(2027, 3, 6), date(2027, 3, 7), COMMON_DAYS)] == [
        "2027-03-07 02:00:00+01:00"
    ]
    assert open_at([party], at(date(2027, 3, 7), "01:59"), COMMON_DAYS).day == date(2027, 3, 6)
    assert open_at([party], at(date(2027, 3, 7), "02:00"), COMMON_DAYS) is None


def test_open_until_midnight_ends_at_midnight():
    late = Schedule(rule="FREQ=DAILY", starts="18:00", ends="24:00")
    assert str(occurrences(late, *YEAR, COMMON_DAYS)[0].ends) == "2027-01-02 00:00:00+01:00"


# Holidays and single days


def test_a_course_pauses_on_public_holidays_unless_it_says_otherwise():
    thursdays = changed(TUESDAYS, rule="FREQ=WEEKLY;BYDAY=TH")
    missing = set(days(changed(thursdays, public_holidays="on"), calendar=HERTEN)) - set(
        days(thursdays, calendar=HERTEN)
    )
    assert missing == {date(2027, 5, 6), date(2027, 5, 27)}


def test_a_course_pauses_in_the_school_holidays():
    course = changed(TUESDAYS, school_holidays="off")
    assert [day for day in days(course, calendar=HERTEN) if SUMMER[0] <= day <= SUMMER[1]] == []
    assert date(2027, 7, 13) in days(course, calendar=HERTEN)


def test_holiday_fun_takes_place_in_the_school_holidays_only():
    fun = changed(TUESDAYS, school_holidays="only")
    assert days(fun, date(2027, 3, 1), date(2027, 6, 30), HERTEN) == [date(2027, 3, 23), date(2027, 3, 30)]


def test_a_calendar_may_be_asked_instead_of_listed():
    asked = DayCalendar(lambda day: day == date(2027, 3, 2))
    assert date(2027, 3, 2) not in days(TUESDAYS, calendar=asked)


def test_whoever_names_one_day_means_it_holiday_or_not():
    assert days(Schedule(begins="2027-05-06"), calendar=HERTEN) == [date(2027, 5, 6)]


def test_single_days_are_called_off_moved_or_added():
    course = changed(TUESDAYS, exceptions=(
        OtherDay("2027-03-02", off=True, note="Krankheit"),
        OtherDay("2027-03-09", starts="18:00", ends="19:00"),
        OtherDay("2027-03-13", starts="10:00", ends="12:00", note="Ersatz"),
        OtherDay("2027-03-16", note="mit Gast"),
    ))  # fmt: skip
    found = occurrences(course, date(2027, 3, 1), date(2027, 3, 20), COMMON_DAYS)
    assert [(each.day.day, f"{each.begins:%H:%M}", each.changed, each.note) for each in found] == [
        (9, "18:00", True, ""), (13, "10:00", True, "Ersatz"), (16, "15:00", False, "mit Gast"),
    ]  # fmt: skip


def test_a_day_that_is_named_takes_place_on_a_holiday_too():
    course = changed(TUESDAYS, school_holidays="off", exceptions=(OtherDay("2027-03-23"),))
    assert days(course, date(2027, 3, 20), date(2027, 4, 1), HERTEN) == [date(2027, 3, 23)]


# Open now, and next


FAMILY_OFFICE = [
    Schedule(rule="FREQ=WEEKLY;BYDAY=WE,TH", starts="09:00", ends="12:30"),
    Schedule(rule="FREQ=WEEKLY;BYDAY=TH", starts="14:00", ends="17:30"),
]


@pytest.mark.parametrize(
    ("day", "clock", "until", "then"),
    [
        (3, "08:59", None, "03 09:00"), (3, "09:00", "12:30", "03 09:00"), (3, "12:30", None, "04 09:00"),
        (4, "13:00", None, "04 14:00"), (4, "17:29", "17:30", "10 09:00"), (5, "10:00", None, "10 09:00"),
    ],
)  # fmt: skip
def test_the_family_office_is_open_on_wednesday_and_thursday(day, clock, until, then):
    moment = at(date(2027, 3, day), clock).astimezone(UTC)
    now, later = open_at(FAMILY_OFFICE, moment, COMMON_DAYS), next_occurrence(FAMILY_OFFICE, moment, COMMON_DAYS)
    assert (now and f"{now.ends:%H:%M}", f"{later.begins:%d %H:%M}") == (until, then)


def test_nobody_is_sent_to_a_door_of_which_one_does_not_know_when_it_closes():
    unsure = [Schedule(rule="FREQ=DAILY", starts="09:00"), Schedule(rule="FREQ=DAILY"),
              Schedule(kind="phone", rule="FREQ=DAILY", starts="00:00", ends="24:00"),
              Schedule(kind="arrangement")]  # fmt: skip
    assert open_at(unsure, at(date(2027, 3, 3), "10:00"), COMMON_DAYS) is None
    assert open_at(unsure, at(date(2027, 3, 3), "10:00"), COMMON_DAYS, kinds=("phone",))


def test_what_has_no_hour_is_next_all_day_long():
    found = next_occurrence([Schedule(begins="2027-03-03")], at(date(2027, 3, 3), "20:00"), COMMON_DAYS)
    assert (found.day, found.all_day) == (date(2027, 3, 3), True)


def test_next_looks_so_many_days_ahead():
    later = [Schedule(begins="2027-05-02", starts="10:00")]
    moment = at(date(2027, 3, 3), "10:00")
    assert next_occurrence(later, moment, COMMON_DAYS) and not next_occurrence(later, moment, COMMON_DAYS, 59)


def test_a_moment_without_a_zone_is_no_moment():
    with pytest.raises(ValueError, match="expected a moment with a time zone"):
        open_at([], datetime(2027, 3, 3, 10), COMMON_DAYS)  # noqa: DTZ001


@settings(deadline=None)
@given(some.lists(schedules(), max_size=3), calendars(), dates, clocks)
def test_next_is_the_first_of_all_that_come(several, calendar, day, clock):
    moment = at(day, clock)
    coming = [
        each.begins.astimezone(UTC)
        for schedule in several
        if schedule.kind in ("open", "session")
        for each in occurrences(schedule, day, day + timedelta(days=60), calendar)
        if each.all_day or each.begins.astimezone(UTC) >= moment.astimezone(UTC)
    ]
    found = next_occurrence(several, moment, calendar)
    assert (found and found.begins.astimezone(UTC)) == min(coming, default=None)


# What is wrong with a schedule


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ("WÖCHENTLICH", "Die Wiederholungsregel „WÖCHENTLICH“ lässt sich nicht lesen."),
        ("FREQ=WEEKLY;BYDAY=", "Die Wiederholungsregel „FREQ=WEEKLY;BYDAY=“ lässt sich nicht lesen."),
        ("FREQ=WEEKLY;FREQ=DAILY", "Die Wiederholungsregel „FREQ=WEEKLY;FREQ=DAILY“ lässt sich nicht lesen."),
        ("BYDAY=MO", "Die Regel „BYDAY=MO“ sagt nicht, wie oft sich die Zeit wiederholt (FREQ)."),
        ("FREQ=SECONDLY", "Öfter als täglich kann sich eine Zeit nicht wiederholen (SECONDLY)."),
        ("FREQ=MINUTELY;INTERVAL=5", "Öfter als täglich kann sich eine Zeit nicht wiederholen (MINUTELY)."),
        ("FREQ=HOURLY", "Öfter als täglich kann sich eine Zeit nicht wiederholen (HOURLY)."),
        ("FREQ=WEEKLY;BYDAY=XX", "„XX“ ist bei BYDAY nicht möglich."),
        ("FREQ=WEEKLY;BYDAY=1MO", "„1MO“ ist bei BYDAY nicht möglich."),
        ("FREQ=MONTHLY;BYDAY=6MO", "„6MO“ ist bei BYDAY nicht möglich."),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "„32“ ist bei BYMONTHDAY nicht möglich."),
        ("FREQ=YEARLY;BYMONTH=13", "„13“ ist bei BYMONTH nicht möglich."),
        ("FREQ=WEEKLY;BYMONTHDAY=3", "BYMONTHDAY passt nicht zu WEEKLY."),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL muss zwischen 1 und 366 liegen, nicht „0“."),
        ("FREQ=WEEKLY;INTERVAL=9999999999", "INTERVAL muss zwischen 1 und 104 liegen, nicht „9999999999“."),
        ("FREQ=DAILY;COUNT=1000000", "COUNT muss zwischen 1 und 1000 liegen, nicht „1000000“."),
        ("FREQ=DAILY;UNTIL=20270101", "Das Ende gehört in das Feld „bis“, nicht in die Regel (UNTIL)."),
        ("FREQ=DAILY;BYHOUR=9", "Der Teil „BYHOUR“ der Wiederholungsregel ist hier nicht vorgesehen."),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31", NEVER),
        ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=9", NEVER),
    ],
)  # fmt: skip
def test_a_rule_that_cannot_be_is_told_in_a_sentence_and_never_happens(rule, sentence):
    broken = Schedule(rule=rule, begins="2027-01-01")
    assert (sentences(broken), days(broken), weekdays(broken) if sentence != NEVER else set()) == (
        [sentence], [], set(),
    )  # fmt: skip


@pytest.mark.parametrize("rule", ["FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "FREQ=MONTHLY", "FREQ=WEEKLY", "FREQ=YEARLY",
                                  "FREQ=WEEKLY;BYDAY=TU;COUNT=5"])  # fmt: skip
def test_a_rule_whose_days_depend_on_the_first_date_wants_it(rule):
    wanting = Schedule(rule=rule)
    assert (sentences(wanting), days(wanting)) == (
        ["Bitte nennen Sie den ersten Termin: Ohne ihn steht nicht fest, an welchen Tagen."], [],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"starts": "25:00", "ends": "26:00"},
         ["Die Uhrzeit „25:00“ gibt es nicht.", "Die Uhrzeit „26:00“ gibt es nicht."]),
        ({"starts": "24:00", "ends": ""}, ["Die Uhrzeit „24:00“ gibt es nicht."]),
        ({"starts": "", "ends": "12:00"}, ["Bitte nennen Sie auch die Uhrzeit, zu der es beginnt."]),
        ({"begins": "2027-02-30"}, ["Das Datum „2027-02-30“ gibt es nicht."]),
        ({"begins": "2027-03-02", "until": "2027-03-01"}, ["Das Ende liegt vor dem Beginn."]),
        ({"begins": "2027-03-03", "until": "2027-03-08"}, ["Zwischen Beginn und Ende liegt kein einziger Termin."]),
        ({"kind": "shop"}, ["„shop“ ist keine der Möglichkeiten: open, session, phone, arrangement."]),
        ({"rule": ""}, ["Bitte nennen Sie ein Datum oder eine Wiederholung."]),
        ({"rule": "", "kind": "arrangement"}, []),
        ({"rule": "", "begins": "2027-03-02", "until": "2027-03-04"},
         ["Ein einzelner Termin hat kein Ende-Datum. Für mehrere Tage wählen Sie bitte „täglich“."]),
        ({"exceptions": (OtherDay("2027-02-30"),)}, ["Das Datum „2027-02-30“ gibt es nicht."]),
        ({"exceptions": (OtherDay("2027-03-02", off=True), OtherDay("2027-03-02"))},
         ["Für den 2027-03-02 stehen zwei Ausnahmen da."]),
        ({"exceptions": (OtherDay("2027-03-02", off=True, starts="10:00"),)},
         ["Am 2027-03-02 fällt der Termin aus und hat doch eine Uhrzeit."]),
        ({}, []),
    ],
)  # fmt: skip
def test_every_mistake_has_its_sentence(fields, expected):
    assert sentences(changed(TUESDAYS, **fields)) == expected


@settings(deadline=None)
@given(some.text(alphabet="FREQ=WEKLYDAILYMONTH;,-+0123456789BYÄ ", max_size=40), dates)
def test_no_text_at_all_breaks_the_house(rule, first):
    odd = Schedule(rule=rule, begins=str(first))
    assert isinstance(check(odd), list)
    occurrences(odd, first, first + timedelta(days=3), COMMON_DAYS)
    assert describe(odd)


def test_a_question_for_a_million_years_is_answered_for_twenty():
    assert len(days(Schedule(rule="FREQ=DAILY"), date(2027, 1, 1), date.max)) == LONGEST_SPAN_DAYS + 1


# In words


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({"rule": "FREQ=WEEKLY;BYDAY=MO,WE", "starts": "09:00", "ends": "12:30", "school_holidays": "off"},
         "montags und mittwochs 9–12.30 Uhr, nicht in den Schulferien"),
        ({"rule": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "starts": "08:00"}, "montags bis freitags ab 8 Uhr"),
        ({"rule": "FREQ=WEEKLY;BYDAY=MO,WE,FR", "starts": "08:00"}, "montags, mittwochs und freitags ab 8 Uhr"),
        ({"rule": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", "starts": "00:00", "ends": "24:00",
          "public_holidays": "on"}, "täglich rund um die Uhr, auch an Feiertagen"),
        ({"rule": "FREQ=MONTHLY;BYDAY=1TU"}, "jeden ersten Dienstag im Monat"),
        ({"rule": "FREQ=MONTHLY;BYDAY=2TH,4TH", "starts": "15:00", "ends": "17:00"},
         "jeden zweiten und vierten Donnerstag im Monat, 15–17 Uhr"),
        ({"rule": "FREQ=MONTHLY;BYDAY=-1FR"}, "jeden letzten Freitag im Monat"),
        ({"rule": "FREQ=MONTHLY;BYDAY=FR;BYSETPOS=-1"}, "jeden letzten Freitag im Monat"),
        ({"rule": "FREQ=MONTHLY;INTERVAL=3;BYDAY=1TU", "begins": "2027-01-05"},
         "alle 3 Monate am ersten Dienstag im Monat"),
        ({"rule": "FREQ=MONTHLY;BYMONTHDAY=1,15"}, "am 1. und 15. jedes Monats"),
        ({"rule": "FREQ=MONTHLY;BYMONTHDAY=-1"}, "am letzten Tag jedes Monats"),
        ({"rule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", "begins": "2027-01-14"}, "alle zwei Wochen donnerstags"),
        ({"rule": "FREQ=DAILY;INTERVAL=2", "begins": "2027-01-14"}, "jeden zweiten Tag"),
        ({"begins": "2027-03-04", "starts": "15:00", "ends": "17:00"}, "am 4. März 2027, 15–17 Uhr"),
        ({"begins": "2027-03-04", "starts": "15:00", "kind": "session"}, "am 4. März 2027, um 15 Uhr"),
        ({"kind": "arrangement"}, "nach Vereinbarung"),
        ({"kind": "arrangement", "rule": "FREQ=WEEKLY;BYDAY=MO"}, "montags nach Vereinbarung"),
        ({"kind": "phone", "rule": "FREQ=WEEKLY;BYDAY=MO", "starts": "09:00", "ends": "10:00"},
         "telefonisch montags 9–10 Uhr"),
        ({"rule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"}, "jedes Jahr am 29. Februar (nur in Schaltjahren)"),
        ({"rule": "FREQ=YEARLY;BYMONTH=6;BYDAY=1SU"}, "jedes Jahr am ersten Sonntag im Juni"),
        ({"rule": "FREQ=WEEKLY;BYDAY=SU;BYMONTH=1,2,11,12", "starts": "10:00", "ends": "16:00"},
         "von November bis Februar sonntags, 10–16 Uhr"),
        ({"rule": "FREQ=WEEKLY;BYDAY=TU;COUNT=8", "begins": "2027-02-02", "starts": "10:00", "ends": "11:00"},
         "dienstags 10–11 Uhr, ab 2. Februar 2027, 8-mal"),
        ({"rule": "FREQ=WEEKLY;BYDAY=TU", "begins": "2027-01-12", "until": "2027-03-30", "school_holidays": "only"},
         "dienstags, vom 12. Januar 2027 bis 30. März 2027, nur in den Schulferien"),
        ({"rule": "FREQ=YEARLY;BYYEARDAY=100"}, "in einem besonderen Rhythmus"),
        ({"rule": "kaputt"}, "Zeiten sind nicht lesbar"),
    ],
)  # fmt: skip
def test_a_schedule_is_one_line_of_german(fields, line):
    assert describe(Schedule(**fields), today=date(2027, 1, 20)) == line


def test_every_part_of_the_line_can_be_translated():
    english = {"montags": "Mondays", "{starts}–{ends} Uhr": "{starts} to {ends}", "nicht in den Schulferien": "in term"}
    course = Schedule(rule="FREQ=WEEKLY;BYDAY=MO", starts="09:00", ends="12:30", school_holidays="off")
    assert describe_phrase(course).text(lambda text: english.get(text, text)) == "Mondays 9 to 12.30, in term"


@settings(deadline=None)
@given(schedules())
def test_every_schedule_has_a_line_in_which_nothing_is_left_open(schedule):
    assert "{" not in describe(schedule, today=date(2026, 1, 1))


# For the finder and for calendars


@settings(deadline=None)
@given(schedules(), dates)
def test_the_weekdays_of_the_finder_are_those_of_the_times(schedule, first):
    plain = changed(schedule, exceptions=())
    found = {day.weekday() for day in days(plain, first, first + timedelta(days=200))}
    assert found <= weekdays(plain)


@pytest.mark.parametrize(
    ("starts", "ends", "parts"),
    [
        ("09:00", "12:00", {"morning"}), ("09:00", "12:30", {"morning", "midday"}), ("14:00", "18:00", {"afternoon"}),
        ("18:00", "", {"evening"}), ("22:00", "02:00", {"evening"}), ("", "", set()), ("25:00", "", set()),
        ("00:00", "24:00", {"morning", "midday", "afternoon", "evening"}),
    ],
)  # fmt: skip
def test_the_parts_of_the_day_are_those_the_hours_touch(starts, ends, parts):
    assert day_parts(Schedule(starts=starts, ends=ends)) == parts


def expanded(parts, last):
    """What a calendar program makes of the parts: the days of the rule without those left out."""
    begins = parts.begins
    start = begins.replace(tzinfo=None) if isinstance(begins, datetime) else datetime.combine(begins, time())
    if not parts.rule:
        rows = [start]
    else:
        kept = [part for part in parts.rule.split(";") if not part.startswith("UNTIL=")]
        until = str(vRecur.from_ical(parts.rule).get("UNTIL", [""])[0])[:10]
        rows = rrulestr("RRULE:" + ";".join(kept), dtstart=start).between(
            start, datetime.combine(min(last, date.fromisoformat(until) if until else last), time.max), inc=True
        )
    left_out = {day if not isinstance(day, datetime) else day.date() for day in parts.left_out}
    return [row.date() for row in rows if row.date() not in left_out and row.date() <= last]


@settings(deadline=None, max_examples=150)
@given(schedules(), calendars(), dates)
def test_a_calendar_program_shows_the_times_that_we_show(schedule, calendar, today):
    parts = to_ical_parts(schedule, calendar, today)
    if parts is None:
        assert not [each for each in occurrences(schedule, today, today + timedelta(days=300), calendar)
                    if not each.changed]  # fmt: skip
        return
    first = parts.begins.date() if isinstance(parts.begins, datetime) else parts.begins
    last = max(first, today) + timedelta(days=700)
    found = occurrences(schedule, first, last, calendar)
    assert expanded(parts, last) == [each.day for each in found if not each.changed]
    assert {each.day for each in found if each.changed} <= {each.day for each in parts.single}


def test_an_event_of_a_calendar_begins_on_the_first_day_of_its_rule():
    course = changed(TUESDAYS, begins="2027-03-01", until="2027-03-30", school_holidays="off",
                     exceptions=(OtherDay("2027-03-09", starts="18:00", ends="19:00"),))  # fmt: skip
    parts = to_ical_parts(course, HERTEN, date(2027, 1, 1))
    assert (str(parts.begins), str(parts.ends)) == ("2027-03-02 15:00:00+01:00", "2027-03-02 17:00:00+01:00")
    assert parts.rule == "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270330T215959Z"
    assert [str(each) for each in parts.left_out] == [
        "2027-03-09 15:00:00+01:00", "2027-03-23 15:00:00+01:00", "2027-03-30 15:00:00+02:00",
    ]  # fmt: skip
    assert [str(each.begins) for each in parts.single] == ["2027-03-09 18:00:00+01:00"]


def test_a_rule_without_a_first_date_begins_with_the_year_so_that_the_file_stays_the_same():
    parts = [to_ical_parts(TUESDAYS, COMMON_DAYS, date(2027, month, 3)) for month in (2, 11)]
    assert parts[0] == parts[1] and str(parts[0].begins)[:10] == "2027-01-05"


def test_a_day_without_an_hour_is_a_day_in_the_calendar():
    parts = to_ical_parts(Schedule(rule="FREQ=WEEKLY;BYDAY=TU;COUNT=3", begins="2027-03-02", until="2027-12-31"),
                          COMMON_DAYS, date(2027, 1, 1))  # fmt: skip
    assert (parts.begins, parts.ends, parts.rule) == (
        date(2027, 3, 2), date(2027, 3, 3), "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270316",
    )  # fmt: skip


def test_there_is_no_event_by_arrangement_or_with_a_mistake():
    for schedule in (Schedule(kind="arrangement"), Schedule(rule="FREQ=HOURLY"), changed(TUESDAYS, starts="25:00")):
        assert to_ical_parts(schedule, COMMON_DAYS, date(2027, 1, 1)) is None
