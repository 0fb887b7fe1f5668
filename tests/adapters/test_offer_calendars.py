"""Calendar files of other people come in as offers: rules stay rules, single days that differ are exceptions."""

import zipfile
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from icalendar import Calendar
from tests.domain.test_schedules import calendars, schedules

from kommpass.adapters.offer_calendar import CalendarOffer, offers_calendar
from kommpass.adapters.offer_files import FileRefused, Sheet, read
from kommpass.domain.offers.listing import Entry, guess_recipe, read_row
from kommpass.domain.schedules import COMMON_DAYS, OtherDay, Schedule, check, occurrences, to_ical_parts

KEY = "3ab4dd9a-5d4d-5f6e-8d11-8abe3353de5c"
STAMP = datetime(2026, 11, 2, 12, 0, 30, 123456, tzinfo=UTC)
WEEKLY = ("DTSTART;TZID=Europe/Berlin:20270112T150000", "DTEND;TZID=Europe/Berlin:20270112T170000", "RRULE:FREQ=WEEKLY")
PROVIDER = "ORGANIZER;CN=VHS Auental:mailto:vhs@auental.de"
HALF = "Die Kalenderdatei ist unvollständig: Ihr Ende fehlt. Bitte laden Sie sie noch einmal herunter."
BROKEN = "Die Kalenderdatei ist beschädigt und lässt sich nicht lesen. Bitte laden Sie sie noch einmal herunter."
WEB_PAGE = "Das ist eine Webseite und keine Kalenderdatei. Bitte laden Sie die Datei (.ics) selbst herunter."


def event(*lines: str, uid: str = "1@vhs", title: str = "Offener Treff") -> str:
    return "\r\n".join(["BEGIN:VEVENT", f"UID:{uid}", f"SUMMARY:{title}", PROVIDER, *lines, "END:VEVENT", ""])


def calendar(*events: str, name: str = "VHS Auental") -> bytes:
    head = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//DE\r\nX-WR-CALNAME:{name}\r\n"
    return (head + "".join(events) + "END:VCALENDAR\r\n").encode()


def sheet_of(content: bytes) -> Sheet:
    (sheet,) = read(content, "kalender.ics")
    return sheet


def entries(content: bytes) -> list[Entry]:
    """As the assistant guesses it."""
    sheet = sheet_of(content)
    table = {column: [row.values[column] for row in sheet.rows] for column in sheet.columns}
    recipe = guess_recipe(table, "kalender", None)
    return [read_row(row.number, row.values, row.point, recipe) for row in sheet.rows]


def entry(*lines: str) -> Entry:
    (found,) = entries(calendar(event(*lines)))
    return found


def times(*lines: str) -> list[Schedule]:
    return list(entry(*lines).content.times)


def usual(**about) -> Schedule:
    given = {"kind": "session", "public_holidays": "on", "begins": "2027-01-12", "starts": "15:00", "ends": "17:00"}
    return Schedule(**(given | about))


def on(*days: OtherDay) -> Schedule:
    return usual(rule="FREQ=WEEKLY", exceptions=days)


# what an entry says


def test_an_entry_is_an_offer_with_everything_it_says():
    (found,) = entries(calendar(event(
        *WEEKLY, "DESCRIPTION:Für <b>alle</b>\\, die mögen.\\nMit Kaffee.",
        "LOCATION:Haus Süd\\, Südweg 3\\, 59000 Auental",
        "GEO:51.5;7.2", "URL:https://vhs.example/treff", "CATEGORIES:Musik,Elternabend", "CATEGORIES:Quark",
    )))  # fmt: skip
    content = found.content
    assert (found.key, content.title, content.summary) == (
        "1@vhs", "Offener Treff", "Für alle, die mögen. Mit Kaffee.",
    )  # fmt: skip
    assert (found.provider, content.contacts[0].email) == ("VHS Auental", "vhs@auental.de")
    assert (content.url, content.topics) == ("https://vhs.example/treff", ("culture", "parenting"))
    assert (*found.site.address, found.site.point) == ("Haus Süd", "Südweg 3", "59000", "Auental", (51.5, 7.2))
    assert content.times == (usual(rule="FREQ=WEEKLY"),)
    assert content.times_typed == "dienstags 15–17 Uhr, auch an Feiertagen"
    assert [each.values["text"] for each in found.hints] == ["Quark"]
    assert found.problems == ()


def test_the_sheet_bears_the_name_of_the_calendar():
    assert sheet_of(calendar(event(*WEEKLY))).name == "VHS Auental"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("DTSTART;VALUE=DATE:20270112",), {"starts": "", "ends": ""}),
        (("DTSTART;VALUE=DATE:20270112", "DTEND;VALUE=DATE:20270113"), {"starts": "", "ends": ""}),
        (("DTSTART;VALUE=DATE:20270112", "DURATION:P2D"),
         {"rule": "FREQ=DAILY", "until": "2027-01-13", "starts": "", "ends": ""}),
        (("DTSTART:20270112T150000", "DTEND:20270112T170000"), {}),
        (("DTSTART:20270112T140000Z", "DURATION:PT2H"), {}),
        (("DTSTART;TZID=America/New_York:20270112T090000", "DTEND;TZID=America/New_York:20270112T110000"), {}),
        (("DTSTART;TZID=W. Europe Standard Time:20270112T150000", "DURATION:PT2H"), {}),
        (("DTSTART;TZID=Nirgends/Wo:20270112T150000", "DURATION:PT2H"), {}),
        (("DTSTART:20270112T150000",), {"ends": ""}),
        (("DTSTART:20270112T220000", "DTEND:20270113T020000"), {"starts": "22:00", "ends": "02:00"}),
        (("DTSTART:20270112T220000", "DTEND:20270113T000000"), {"starts": "22:00", "ends": "24:00"}),
    ],
    ids=["a day", "a day with its end", "two days", "floating", "UTC", "New York", "a name of Windows", "unknown zone",
         "no end", "past midnight", "until midnight"],
)  # fmt: skip
def test_a_date_stands_in_the_time_of_the_town(lines, expected):
    assert times(*lines) == [usual(**expected)]


def test_a_camp_of_three_days_is_open_from_its_first_evening_to_its_last_noon():
    found = times("DTSTART:20270305T180000", "DTEND:20270307T120000")
    seen = [(each.begins.isoformat(), each.all_day) for schedule in found
            for each in occurrences(schedule, date(2027, 3, 1), date(2027, 3, 31), COMMON_DAYS)]  # fmt: skip
    assert seen == [
        ("2027-03-05T18:00:00+01:00", False), ("2027-03-06T00:00:00+01:00", True), ("2027-03-07T00:00:00+01:00", False)
    ]  # fmt: skip
    assert [(each.starts, each.ends) for each in found] == [("18:00", "24:00"), ("", ""), ("00:00", "12:00")]


# series


def test_a_rule_ends_with_the_last_date_that_still_begins_before_its_end():
    rule = "FREQ=WEEKLY;BYDAY=TU"
    for until, last in (
        ("20270202T140000Z", "2027-02-02"),
        ("20270202T135959Z", "2027-02-01"),
        ("20270202", "2027-02-02"),
    ):
        assert times(*WEEKLY[:2], f"RRULE:{rule};UNTIL={until}") == [usual(rule=rule, until=last)]


def test_days_left_out_added_moved_and_called_off_are_exceptions_of_the_series():
    found = entries(calendar(
        event(*WEEKLY, "EXDATE;TZID=Europe/Berlin:20270119T150000,20270216T150000", "EXDATE;VALUE=DATE:20270223",
              "RDATE;TZID=Europe/Berlin:20270114T150000", "RDATE;VALUE=PERIOD:20270115T090000Z/PT30M",
              "RDATE;TZID=Europe/Berlin:20270216T100000"),
        event("RECURRENCE-ID;TZID=Europe/Berlin:20270126T150000", "DTSTART;TZID=Europe/Berlin:20270126T160000",
              "DTEND;TZID=Europe/Berlin:20270126T180000", "LOCATION:Rathaus"),
        event("RECURRENCE-ID:20270202T140000Z", "DTSTART;TZID=Europe/Berlin:20270203T150000",
              "DTEND;TZID=Europe/Berlin:20270203T170000"),
        event("RECURRENCE-ID:20270209T140000Z", "STATUS:CANCELLED", "COMMENT:Karneval"),
    ))  # fmt: skip
    assert [each.content.times for each in found] == [(on(
        OtherDay("2027-01-14"), OtherDay("2027-01-15", starts="10:00", ends="10:30"), OtherDay("2027-01-19", off=True),
        OtherDay("2027-01-26", starts="16:00", ends="18:00", note="Ort: Rathaus"), OtherDay("2027-02-02", off=True),
        OtherDay("2027-02-03"), OtherDay("2027-02-09", off=True, note="Karneval"),
        OtherDay("2027-02-16", starts="10:00", ends="12:00"), OtherDay("2027-02-23", off=True),
    ),)]  # fmt: skip


def test_the_newest_word_about_a_day_counts():
    again = ("RECURRENCE-ID:20270119T140000Z", "DTSTART;TZID=Europe/Berlin:20270119T{}0000")
    (found,) = entries(calendar(
        event(*WEEKLY), event(again[0], again[1].format(18), "SEQUENCE:2"),
        event(again[0], again[1].format(19), "SEQUENCE:1"),
    ))  # fmt: skip
    assert found.content.times == (on(OtherDay("2027-01-19", starts="18:00", ends="20:00")),)


def test_a_second_time_on_the_same_day_is_a_date_of_its_own():
    assert times(*WEEKLY, "RDATE;TZID=Europe/Berlin:20270119T190000") == [
        on(), usual(begins="2027-01-19", starts="19:00", ends="21:00")
    ]  # fmt: skip


def test_a_begin_on_which_the_rule_does_not_fall_takes_place_too():
    (found,) = times(*WEEKLY[:2], "RRULE:FREQ=WEEKLY;BYDAY=TH")
    assert found == usual(rule="FREQ=WEEKLY;BYDAY=TH", exceptions=(OtherDay("2027-01-12"),))


def test_dates_without_a_rule_are_one_date_and_its_additional_days():
    (found,) = times(*WEEKLY[:2], "RDATE;TZID=Europe/Berlin:20270113T150000")
    assert found == usual(exceptions=(OtherDay("2027-01-13"),))


def test_several_entries_of_one_uid_are_one_offer_with_all_their_times():
    (found,) = entries(calendar(event(*WEEKLY), event("DTSTART:20270501T100000"), event("DTSTART:20270501T100000")))
    assert found.content.times == (on(), usual(begins="2027-05-01", starts="10:00", ends=""))


def test_an_invitation_to_one_day_of_a_series_is_that_day():
    assert times("RECURRENCE-ID:20270119T140000Z", "DTSTART:20270119T150000") == [usual(begins="2027-01-19", ends="")]


def test_a_series_of_a_zone_that_changes_its_clocks_with_ours_has_a_fixed_time_here():
    lines = ("DTSTART;TZID=Europe/London:20270112T140000", "DTEND;TZID=Europe/London:20270112T160000")
    assert times(*lines, "RRULE:FREQ=WEEKLY") == [on()]


# what cannot be read stays as text


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ((*WEEKLY[:2], "RRULE:FREQ=NONSENSE;BYDAY=XX"), "FREQ=NONSENSE;BYDAY=XX"),
        ((*WEEKLY[:2], "RRULE:FREQ=HOURLY"), "15:00 Uhr bis 12.01.2027, 17:00 Uhr; Wiederholung FREQ=HOURLY"),
        ((*WEEKLY[:2], "RRULE:FREQ=WEEKLY;BYDAY=5TU"), "BYDAY=5TU"),
        ((*WEEKLY[:2], "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31"), "BYMONTHDAY=31"),
        ((*WEEKLY[:2], "RRULE:FREQ=WEEKLY;COUNT=3;UNTIL=20270301T000000Z"), "COUNT=3"),
        ((*WEEKLY[:2], "RRULE:FREQ=WEEKLY", "RRULE:FREQ=MONTHLY"), "FREQ=MONTHLY"),
        ((*WEEKLY, "EXRULE:FREQ=MONTHLY"), "EXRULE"),
        ((*WEEKLY, "EXDATE:irgendwann"), "EXDATE:irgendwann"),
        (("DTSTART:20270112T140000Z", "RRULE:FREQ=WEEKLY"), "FREQ=WEEKLY"),
        (("DTSTART:morgen", "RRULE:FREQ=WEEKLY"), "DTSTART:morgen"),
        (("DTSTART:20270112T150000", "DTEND:20270111T150000"), "11.01.2027"),
        (("DTSTART:20270112T150000", "DTEND:20270114T150000", "RRULE:FREQ=WEEKLY"), "14.01.2027"),
        ((*WEEKLY[:2], "RRULE:FREQ=WEEKLY;UNTIL=20260101T000000Z"), "UNTIL=2026"),
    ],
)  # fmt: skip
def test_what_we_cannot_say_as_a_rule_stays_in_words_and_is_marked(lines, words):
    found = entry(*lines)
    assert found.content.times == () and words in found.content.times_text
    assert ["bleiben als Text stehen" in each.sentence for each in found.hints] == [True]
    assert found.problems == ()


def test_a_change_of_all_following_days_stays_in_words():
    (found,) = entries(calendar(
        event(*WEEKLY), event("RECURRENCE-ID;RANGE=THISANDFUTURE:20270119T140000Z", "DTSTART:20270119T180000")
    ))  # fmt: skip
    assert found.content.times == () and "19.01.2027, 18:00 Uhr" in found.content.times_text


def test_one_broken_rule_leaves_the_other_offers_whole():
    first, second = entries(calendar(event(*WEEKLY[:2], "RRULE:FREQ=HOURLY"), event(*WEEKLY, uid="2")))
    assert (first.content.times, second.content.times) == ((), (on(),))


# what is left out


def test_what_is_called_off_or_private_is_no_offer():
    sheet = sheet_of(calendar(
        event(*WEEKLY), event(*WEEKLY, "STATUS:CANCELLED", uid="2", title="Fällt aus"),
        event(*WEEKLY, "CLASS:PRIVATE", uid="3", title="Zahnarzt"),
    ))  # fmt: skip
    assert [row.values["UID"] for row in sheet.rows] == ["1@vhs"]
    assert [str(note) for note in sheet.notes if "ausgelassen" in str(note)] == [
        "Private Termine ausgelassen: 1.", "Abgesagt und deshalb ausgelassen: „Fällt aus“.",
    ]  # fmt: skip


# our own files


def ours(*times: Schedule, known=COMMON_DAYS, today=date(2027, 1, 4)) -> bytes:
    offer = CalendarOffer(f"{KEY}@kommpass", "Treff, „Mitte“", times, STAMP, 3, "Kurz.", "Saal, Markt 1, 59000 Auental")
    return offers_calendar([offer], name="Auental", calendar=known, today=today)


def as_others_read(content: bytes) -> bytes:
    """The file as a program writes it that does not keep what it does not know."""
    lines = content.decode().replace("\r\n ", "").split("\r\n")
    return "\r\n".join(line for line in lines if not line.startswith("X-KOMMPASS")).encode()


@settings(max_examples=60, deadline=None)
@given(some.lists(schedules(), min_size=1, max_size=3), calendars(), some.dates(date(2026, 1, 1), date(2028, 1, 1)))
def test_our_own_file_brings_every_time_back_as_it_was(found, known, today):
    shown = [each for each in found if not check(each) and to_ical_parts(each, known, today)]
    if not shown:
        return
    (entry,) = entries(ours(*shown, known=known, today=today))
    assert list(entry.content.times) == shown and entry.key == f"{KEY}@kommpass"


@settings(max_examples=60, deadline=None)
@given(schedules(), calendars(), some.dates(date(2026, 1, 1), date(2028, 1, 1)))
def test_a_file_of_which_only_the_standard_is_left_brings_every_date_back(schedule, known, today):
    parts = None if check(schedule) else to_ical_parts(schedule, known, today)
    if parts is None:
        return
    (entry,) = entries(as_others_read(ours(schedule, known=known, today=today)))
    first = max(today, parts.begins.date() if isinstance(parts.begins, datetime) else parts.begins)
    last = first + timedelta(days=700)
    expected = {(each.begins, each.ends) for each in occurrences(schedule, first, last, known)}
    if entry.content.times_text:
        assert len(parts.left_out) > 300, "only what has too many exceptions stays as text"
        return
    seen = {(each.begins, each.ends) for one in entry.content.times
            for each in occurrences(one, first, last, COMMON_DAYS)}  # fmt: skip
    assert seen == expected


def test_an_entry_of_ours_that_another_program_changed_is_read_as_it_says_now():
    content = ours(Schedule(rule="FREQ=WEEKLY;BYDAY=TU", starts="15:00", ends="17:00"))
    moved = content.replace(b"T150000", b"T160000").replace(b"T170000", b"T180000")
    (before,), (after,) = entries(content), entries(moved)
    assert before.content.times == (Schedule(rule="FREQ=WEEKLY;BYDAY=TU", starts="15:00", ends="17:00"),)
    assert [(each.starts, each.ends, each.public_holidays) for each in after.content.times] == [
        ("16:00", "18:00", "on")
    ]


def test_a_seal_that_somebody_forged_is_no_seal():
    content = ours(Schedule(rule="FREQ=WEEKLY;BYDAY=TU", starts="15:00", ends="17:00"))
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    whole = str(event["X-KOMMPASS-TIME"])
    for forged in ("", "nichts", whole[:20], whole[::-1], "W10=", "bnVsbA=="):
        changed = content.replace(b"\r\n ", b"").replace(whole.encode(), forged.encode())
        (found,) = entries(changed)
        assert [(each.kind, each.starts) for each in found.content.times] == [("session", "15:00")]


# bad input


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (calendar(event(*WEEKLY))[:-40], HALF),
        (calendar(event(*WEEKLY)).replace(b"END:VCALENDAR\r\n", b""), HALF),
        (calendar(event(*WEEKLY)).replace(b"BEGIN:VEVENT", b"BEGIN:VTODO"), BROKEN),
        (calendar(), "Die Kalenderdatei enthält keine Termine."),
        (b"<!DOCTYPE html><html><body>BEGIN:VCALENDAR</body></html>", WEB_PAGE),
        (b"\xef\xbb\xbf\n <html>", WEB_PAGE),
        (b"Name;Ort\nA;B\n", "Das ist keine Kalenderdatei: Sie müsste mit BEGIN:VCALENDAR beginnen."),
        (b"BEGIN:VCARD\r\nEND:VCARD\r\n", "Das ist keine Kalenderdatei: Sie müsste mit BEGIN:VCALENDAR beginnen."),
        (b"", "Die Datei ist leer."),
        (b"BEGIN:VCALENDAR\r\n" + b"x" * 50 * 1024 * 1024, "Die Datei ist größer als 25 MB. Bitte teilen Sie sie auf."),
        (calendar(event(*WEEKLY) * 10_001), "Die Kalenderdatei hat mehr als 10000 Termine. Bitte teilen Sie sie auf."),
    ],
    ids=["half", "no end", "crossed", "no events", "web page", "web page with mark", "table", "address", "empty",
         "50 MB", "too many"],
)  # fmt: skip
def test_what_is_no_whole_calendar_is_refused_in_a_sentence(content, sentence):
    with pytest.raises(FileRefused) as refused:
        read(content, "kalender.ics")
    assert str(refused.value.problem) == sentence


def test_calendars_in_an_archive_are_to_be_unpacked_because_each_is_a_source_of_its_own():
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as written:
        written.writestr("vhs.ics", calendar(event(*WEEKLY)))
    with pytest.raises(FileRefused) as refused:
        read(packed.getvalue(), "kalender.zip")
    assert str(refused.value.problem) == (
        "Im ZIP-Archiv liegen Kalenderdateien (vhs.ics). Bitte packen Sie es aus und laden Sie jede einzeln hoch: "
        "Jeder Kalender ist eine eigene Quelle."
    )


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_umlauts_of_other_encodings_are_read(encoding):
    content = calendar(event(*WEEKLY, title="Frühstück für Väter")).decode().encode(encoding)
    assert [each.content.title for each in entries(content)] == ["Frühstück für Väter"]


def test_a_file_of_two_encodings_is_refused():
    content = calendar(event(*WEEKLY, title="Frühstück")) + calendar(event(*WEEKLY, title="Käse")).decode().encode(
        "cp1252"
    )
    with pytest.raises(FileRefused) as refused:
        read(content, "kalender.ics")
    assert "ist nicht in UTF-8 geschrieben" in refused.value.problem.sentence


@pytest.mark.parametrize("line", ["EXDATE:202702", "RDATE:202702", "RDATE;VALUE=PERIOD:202702/PT1H"])
def test_a_date_that_lost_its_end_is_marked_and_the_series_stays(line):
    """EXDATE:202702 reads as 20:27:02 o'clock of no day."""
    [entry] = entries(calendar(event(*WEEKLY, line, title="Frühstück")))
    assert entry.content.title == "Frühstück"
    assert line.split(":")[0].split(";")[0] in str(entry)


@settings(max_examples=150, deadline=None)
@given(some.data())
def test_a_file_that_is_damaged_anywhere_is_read_or_refused_and_never_breaks_us(data):
    whole = calendar(event(*WEEKLY, "EXDATE:20270119T140000Z", "GEO:51.5;7.2"), event("RECURRENCE-ID:20270126T140000Z"))
    place = data.draw(some.integers(0, len(whole) - 1))
    content = whole[:place] + data.draw(some.binary(max_size=12)) + whole[place + data.draw(some.integers(0, 30)) :]
    try:
        entries(content)
    except FileRefused as refused:
        assert refused.problem.sentence


@pytest.mark.parametrize(
    "lines",
    [
        ("DTSTART:20270101T100000Z", "DTEND:99991231T235959Z"),
        ("DTSTART:00010101T000000Z",),
        ("DTSTART:20270101T100000Z", "RDATE:99991231T235959Z"),
        ("DTSTART:20270101T100000Z", "RRULE:FREQ=DAILY", "EXDATE:99991231T235959Z"),
        ("DTSTART;VALUE=DATE:99991231", "DTEND;VALUE=DATE:99991231", "RRULE:FREQ=DAILY"),
        ("DTSTART:20270101T100000", "RDATE;VALUE=PERIOD:99991231T230000/PT5H"),
        ("DTSTART:20270101T100000", "DTEND:20270101T200000", "RDATE:99991231T230000"),
    ],
)
def test_the_ends_of_the_calendar_are_read_or_kept_as_words(lines):
    assert len(sheet_of(calendar(event(*lines))).rows) == 1
