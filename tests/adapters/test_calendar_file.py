"""A calendar file that every program can read: RFC 5545, parsed back, folded and escaped."""

from datetime import UTC, date, datetime

from hypothesis import given, settings
from hypothesis import strategies as some
from icalendar import Calendar

from kommpass.adapters.calendar_file import DayEntry, calendar_file

STAMP = datetime(2026, 11, 2, 12, tzinfo=UTC)
DAY = date(2026, 12, 31)
ANY_TEXT = some.text(max_size=300)


def written(*entries: DayEntry) -> bytes:
    return calendar_file(entries, name="Fristen", stamp=STAMP)


def read(file: bytes) -> list:
    return list(Calendar.from_ical(file).walk("VEVENT"))


def unfolded(file: bytes) -> list[str]:
    """The lines as they are meant."""
    return file.decode().replace("\r\n ", "").split("\r\n")


def test_an_entry_takes_a_whole_day_and_does_not_block_it():
    (event,) = read(written(DayEntry("a@b", DAY, "Vorlage abgeben", "Rat", ["Auental", "Frist"], "https://x/y?a=1,2")))
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (DAY, date(2027, 1, 1))
    assert event["dtstart"].params == {"VALUE": "DATE"}
    assert [str(event[name]) for name in ("uid", "summary", "description", "url", "transp")] == [
        "a@b", "Vorlage abgeben", "Rat", "https://x/y?a=1,2", "TRANSPARENT",
    ]  # fmt: skip
    assert event["categories"].cats == ["Auental", "Frist"]
    assert event.decoded("dtstamp") == STAMP
    assert not event.walk("VALARM")


def test_what_is_special_in_a_calendar_file_is_escaped():
    lines = unfolded(written(DayEntry("a@b", DAY, "Größe, „schön“; C:\\Pfad", "eins\nzwei\r\ndrei", ["Amt, Nord"])))
    assert "SUMMARY:Größe\\, „schön“\\; C:\\\\Pfad" in lines
    assert "DESCRIPTION:eins\\nzwei\\ndrei" in lines
    assert "CATEGORIES:Amt\\, Nord" in lines


def test_long_lines_are_folded_between_letters_and_not_within_one():
    file = written(DayEntry("a@b", DAY, "Ä" * 200))
    lines = file.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert [line.decode() for line in lines]  # each line alone is whole letters
    assert f"SUMMARY:{'Ä' * 200}" in unfolded(file)


def test_without_entries_it_is_a_calendar_all_the_same():
    file = written()
    assert read(file) == []
    calendar = Calendar.from_ical(file)
    assert (calendar["version"], calendar["prodid"]) == ("2.0", "-//Kommpass//Fristen//DE")
    assert [each.name for each in calendar.subcomponents] == ["VTIMEZONE"]
    assert not calendar.errors


def test_nobody_can_smuggle_a_line_into_the_file():
    bad = "x\r\nEND:VEVENT\r\nBEGIN:VALARM\x00\x0b\u2028\x85ATTACH:evil"
    (event,) = read(written(DayEntry("a@b", DAY, bad, bad, [bad])))
    assert event.subcomponents == []
    assert str(event["summary"]).startswith("x\nEND:VEVENT\nBEGIN:VALARM")


@settings(deadline=None)
@given(ANY_TEXT, ANY_TEXT, ANY_TEXT.filter(bool))
def test_whatever_is_written_can_be_read_back(summary, description, category):
    file = written(DayEntry("a@b", DAY, summary, description, [category]))
    assert file.endswith(b"END:VCALENDAR\r\n") and b"\n" not in file.replace(b"\r\n", b"")
    assert max(len(line) for line in file.split(b"\r\n")) <= 75
    calendar = Calendar.from_ical(file)
    (event,) = calendar.walk("VEVENT")
    assert not calendar.errors and not event.errors
    kept = "".join(sign for sign in summary if sign.isprintable() and not sign.isspace())
    assert "".join(str(event["summary"]).split()) == kept


def test_the_same_entries_are_the_same_bytes():
    entry = DayEntry("a@b", DAY, "Bericht")
    assert written(entry) == written(entry)
