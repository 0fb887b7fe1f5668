"""Times in the words of the standard: what it can say exactly it says, the rest stands in words and in the calendar."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kommpass.domain.offers.content import OfferContent
from kommpass.domain.schedules import OtherDay, Schedule
from kommpass.open_data.hsds.frame import Frame
from kommpass.open_data.hsds.schedules import schedules
from kommpass.open_data.queries.rows import OfferRow, ProviderRow

KEY = "3ab4dd9a-5d4d-5f6e-8d11-8abe3353de5c"
WINTER, SUMMER = date(2027, 1, 12), date(2027, 7, 13)
RULE = ("freq", "interval", "byday", "bymonthday", "wkst", "count", "dtstart", "until", "valid_from", "valid_to")


def said(*times: Schedule, today: date = WINTER, **about) -> list[dict]:
    content = OfferContent(title="A", times=times, **about)
    provider = ProviderRow(KEY, "Träger", "provider", "", "", "", "")
    row = OfferRow(1, KEY, "published", None, None, None, provider, {}, content)
    return schedules(row, Frame(None, today, "", "", "https://auental.example/{}/calendar.ics", ""))


def rule_of(**about) -> dict:
    (row,) = said(Schedule(**about))
    return {name: row[name] for name in RULE if name in row}


@pytest.mark.parametrize(
    ("about", "expected"),
    [
        ({"rule": "FREQ=WEEKLY;BYDAY=TU"}, {"freq": "WEEKLY", "interval": 1, "byday": "TU", "wkst": "MO"}),
        (
            {"rule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE", "begins": "2027-01-04", "until": "2027-06-30"},
            {"freq": "WEEKLY", "interval": 2, "byday": "MO,WE", "wkst": "MO", "dtstart": "2027-01-04",
             "until": "2027-06-30", "valid_from": "2027-01-04", "valid_to": "2027-06-30"},
        ),
        (
            {"rule": "FREQ=WEEKLY", "begins": "2027-01-06"},
            {"freq": "WEEKLY", "interval": 1, "byday": "WE", "wkst": "MO", "dtstart": "2027-01-06",
             "valid_from": "2027-01-06"},
        ),
        (
            {"rule": "FREQ=DAILY"},
            {"freq": "WEEKLY", "interval": 1, "byday": "MO,TU,WE,TH,FR,SA,SU", "wkst": "MO"},
        ),
        (
            {"rule": "FREQ=MONTHLY;BYDAY=1TU,-1FR"},
            {"freq": "MONTHLY", "interval": 1, "byday": "-1FR,1TU", "wkst": "MO"},
        ),
        (
            {"rule": "FREQ=MONTHLY;BYMONTHDAY=1,15"},
            {"freq": "MONTHLY", "interval": 1, "bymonthday": "1,15", "wkst": "MO"},
        ),
        (
            {"rule": "FREQ=MONTHLY", "begins": "2027-01-31"},
            {"freq": "MONTHLY", "interval": 1, "bymonthday": "31", "wkst": "MO", "dtstart": "2027-01-31",
             "valid_from": "2027-01-31"},
        ),
        (
            {"rule": "FREQ=WEEKLY;BYDAY=SA;COUNT=6", "begins": "2027-01-09"},
            {"freq": "WEEKLY", "interval": 1, "byday": "SA", "count": 6, "wkst": "MO", "dtstart": "2027-01-09",
             "valid_from": "2027-01-09"},
        ),
        (
            {"begins": "2027-03-04"},
            {"dtstart": "2027-03-04", "until": "2027-03-04", "valid_from": "2027-03-04", "valid_to": "2027-03-04"},
        ),
    ],
    ids=["weekly", "every other week", "weekday of the begin", "daily", "first and last", "days of the month",
         "day of the begin", "six times", "single date"],
)  # fmt: skip
def test_what_the_standard_can_say(about, expected):
    assert rule_of(**about) == expected


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=6", "FREQ=WEEKLY;BYDAY=TU;BYMONTH=6,7", "FREQ=DAILY;INTERVAL=3",
        "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1",
    ],
)  # fmt: skip
def test_what_it_cannot_say_stands_in_words_and_in_the_calendar_and_not_by_half(rule):
    (row,) = said(Schedule(rule=rule, begins="2027-01-01", starts="10:00"))
    assert {"freq", "byday", "interval", "dtstart"} & set(row) == set()
    assert (row["x_rrule"], row["schedule_link"]) == (rule, f"https://auental.example/{KEY}/calendar.ics")
    assert row["description"]


@pytest.mark.parametrize(("day", "opens"), [(WINTER, "10:00+01:00"), (SUMMER, "10:00+02:00")])
def test_hours_have_the_distance_from_utc_that_holds_on_the_day(day, opens):
    (row,) = said(Schedule(rule="FREQ=WEEKLY;BYDAY=TU", starts="10:00", ends="24:00"), today=day)
    assert (row["opens_at"], row["closes_at"]) == (opens, f"00:00{opens[5:]}")
    assert (row["timezone"], row["x_timezone"]) == (int(opens[6:8]), "Europe/Berlin")


def test_holidays_and_single_days_are_told():
    others = (OtherDay("2027-03-30", off=True, note="Ostern"), OtherDay("2027-04-01", starts="09:00", ends="10:00"))
    (row,) = said(
        Schedule(rule="FREQ=WEEKLY;BYDAY=TU", school_holidays="only", exceptions=others, note="mit Voranmeldung")
    )
    assert row["notes"] == "mit Voranmeldung\n2027-03-30: fällt aus (Ostern)\n2027-04-01: findet statt 09:00–10:00"
    assert (row["x_public_holidays"], row["x_school_holidays"]) == ("off", "only")


def test_what_could_not_be_read_is_a_time_in_words():
    (row,) = said(times_text="im Sommer auch draußen")
    assert set(row) == {"id", "service_id", "description"}


def test_ways_to_take_part():
    assert said(Schedule(kind="phone", rule="FREQ=DAILY"))[0]["attending_type"] == "phone"
    assert said(Schedule(rule="FREQ=DAILY"))[0]["attending_type"] == "in-person"
    assert said(Schedule(rule="FREQ=DAILY"), formats=("online",))[0]["attending_type"] == "online"


PARTS = st.lists(
    st.sampled_from(["INTERVAL=2", "COUNT=5", "BYDAY=MO,WE", "BYDAY=-1FR", "BYMONTH=3", "BYMONTHDAY=-1,31",
                     "BYSETPOS=1", "BYYEARDAY=1", "WKST=SU"]), unique_by=lambda part: part.split("=")[0],
)  # fmt: skip


@settings(deadline=None)
@given(freq=st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY", "HOURLY", ""]), parts=PARTS,
       begins=st.sampled_from(["", "2027-01-31", "kein Tag"]), starts=st.sampled_from(["", "10:00"]))  # fmt: skip
def test_whatever_the_rule_says_the_answer_is_weekly_monthly_or_silent(freq, parts, begins, starts):
    rule = ";".join([f"FREQ={freq}", *parts])
    (row,) = said(Schedule(rule=rule, begins=begins, starts=starts))
    assert row.get("freq", "WEEKLY") in ("WEEKLY", "MONTHLY")
    assert None not in row.values() and "" not in row.values()
    assert json.loads(json.dumps(row)) == row
