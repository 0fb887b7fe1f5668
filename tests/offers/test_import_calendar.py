"""A calendar file comes in through the same assistant: looked at first, then offers, and again without difference."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from kommpass.adapters.offer_files import read
from kommpass.domain.offers.content import Contact
from kommpass.domain.permissions import Role
from kommpass.domain.schedules import OtherDay, Schedule
from kommpass.municipalities.scope import within
from kommpass.offers import actions
from kommpass.offers.models import ImportRun, Location, Offer, Origin
from tests.adapters.test_offer_calendars import WEEKLY, calendar, event
from tests.conftest import actor
from tests.offers.builders import a_location, an_offer
from tests.offers.test_import_pages import carry_out, nothing_is_there, page_of, previewed
from tests.offers.test_import_real import found

TUESDAYS = Schedule(rule="FREQ=WEEKLY;BYDAY=TU", starts="15:00", ends="17:00")
TREFF = event(
    *WEEKLY,
    "LOCATION:Haus Süd\\, Südweg 3\\, 59000 Auental",
    "DESCRIPTION:Für alle.",
    "CATEGORIES:Treffen,Quark",
    "GEO:51.85;8.25",
)
CHOR = event("DTSTART;VALUE=DATE:20270501", uid="2@vhs", title="Chor")


@pytest.fixture
def clerk(client_as) -> Client:
    return client_as(Role.COORDINATOR)


def taken_over(content: bytes, into, **options) -> dict:
    file = into / "kalender.ics"
    file.write_bytes(content)
    call_command("offers", "import", str(file), town="auental", **({"source": "VHS", "publish": True} | options))
    return ImportRun.objects.latest("pk").counts["made"]


def test_a_calendar_becomes_offers_that_are_found(auental, tmp_path):
    assert taken_over(calendar(TREFF, CHOR), tmp_path)["new"] == 2
    treff = Offer.objects.get(title="Offener Treff")
    assert (str(treff.provider), treff.state, treff.document.topics) == ("VHS Auental", "published", ("meeting",))
    assert [str(each.location) for each in treff.places.all()] == ["Haus Süd, Südweg 3"]
    assert [(each.rule, each.begins, each.starts) for each in treff.document.times] == [
        ("FREQ=WEEKLY", "2027-01-12", "15:00")
    ]
    assert set(Origin.objects.values_list("external", flat=True)) == {"1@vhs", "2@vhs"}
    assert found("Treff") == ["Offener Treff"]


def test_the_same_calendar_again_changes_nothing_and_a_changed_one_says_what_is_new_changed_and_gone(auental, tmp_path):
    taken_over(calendar(TREFF, CHOR, event(*WEEKLY, uid="3")), tmp_path)
    assert taken_over(calendar(TREFF, CHOR, event(*WEEKLY, uid="3")), tmp_path) == {"same": 3, "gone": 0, "finished": 0}
    moved = TREFF.replace("END:VEVENT", "EXDATE;TZID=Europe/Berlin:20270119T150000\r\nEND:VEVENT")
    made = taken_over(calendar(moved, CHOR, event(*WEEKLY, uid="4")), tmp_path)
    assert (made["new"], made["changed"], made["same"], made["gone"]) == (1, 1, 1, 1)
    (times,) = Offer.objects.get(origins__external="1@vhs").document.times
    assert times.exceptions == (OtherDay("2027-01-19", off=True),)


def test_a_series_that_is_called_off_is_gone_and_can_be_ended(clerk):
    carry_out(clerk, previewed(clerk, calendar(TREFF, CHOR), name="k.ics"))
    off = TREFF.replace("END:VEVENT", "STATUS:CANCELLED\r\nEND:VEVENT")
    run = previewed(clerk, calendar(off, CHOR), name="k.ics")
    assert "Abgesagt und deshalb ausgelassen: „Offener Treff“." in page_of(clerk, run, "preview")
    carry_out(clerk, run, end=[str(Origin.objects.get(external="1@vhs").pk)])
    assert Offer.objects.get(title="Offener Treff").state == "ended"


def test_the_page_shows_what_would_come_and_writes_nothing(clerk):
    broken = event(*WEEKLY[:2], "RRULE:FREQ=HOURLY", uid="9", title="Glocke")
    run = previewed(clerk, calendar(TREFF, broken), name="vhs.ics")
    page = page_of(clerk, run, "preview")
    assert "Diese Zeiten bleiben als Text stehen: „12.01.2027, 15:00 Uhr bis" in page
    assert "dienstags 15–17 Uhr" in page or "jede Woche" in page or "15–17 Uhr" in page
    assert (run.counts["new"], Offer.objects.exists()) == (2, False)
    carry_out(clerk, run)
    glocke = Offer.objects.get(title="Glocke").document
    assert glocke.times == () and "FREQ=HOURLY" in glocke.times_text


def test_categories_that_nobody_knows_get_a_word_of_ours(clerk):
    run = previewed(clerk, calendar(TREFF), name="vhs.ics")
    mapped = page_of(clerk, run, "map")
    assert "Quark" in mapped and "Kategorien" in mapped


def test_a_dry_run_of_a_calendar_writes_nothing(auental, tmp_path, capsys):
    file = tmp_path / "kalender.ics"
    file.write_bytes(calendar(TREFF))
    call_command("offers", "import", str(file), town="auental", source="VHS", dry_run=True)
    assert "1 neu" in capsys.readouterr().out and nothing_is_there()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (calendar(TREFF)[:-30], "Die Kalenderdatei ist unvollständig"),
        (b"<html><body>Anmelden</body></html>", "Das ist eine Webseite und keine Kalenderdatei"),
        (b"BEGIN:VCALENDAR\r\n" + b"x" * 26 * 1024 * 1024, "größer als 25 MB"),
    ],
    ids=["half", "web page", "too large"],
)
def test_what_is_no_calendar_is_told_in_a_sentence_and_nothing_is_kept(clerk, tmp_path, content, words):
    file = SimpleUploadedFile("kalender.ics", content)
    answer = clerk.post("/auental/offers/import/", {"file": file, "source": "VHS"})
    assert answer.status_code in (200, 422) and words in answer.content.decode()
    with pytest.raises(CommandError, match=words):
        taken_over(content, tmp_path)
    assert nothing_is_there()


# our own calendars


def rich_offer() -> Offer:
    saal, other = a_location("Saal", street="Markt 1"), a_location("Haus Süd", street="Südweg 3")
    return an_offer(
        "Eltern-Café „Mitte“", at_places=(saal, other), text="Lang, und mit allem.", url="https://cafe.example",
        contacts=(Contact("Büro", "+49 234 1"),), times_typed="Di 15-17 Uhr und nach Absprache",
        times=(
            TUESDAYS, Schedule(kind="arrangement", note="nach Absprache"),
            Schedule(rule="FREQ=WEEKLY;BYDAY=MO", starts="09:00", ends="12:00", school_holidays="only",
                     location=str(other.key)),
            Schedule(kind="session", rule="FREQ=MONTHLY;BYDAY=1SA", begins="2026-09-05", starts="10:00", ends="11:00",
                     exceptions=(OtherDay("2026-12-05", starts="11:00", ends="12:00", note="später"),)),
        ),
    )  # fmt: skip


def file_of(address: str) -> bytes:
    answer = Client().get(f"/auental/public/offers/{address}")
    assert answer.status_code == 200
    return answer.content


@pytest.mark.parametrize(
    "address", ["{offer}/calendar.ics", "provider/{provider}/calendar.ics", "calendar.ics?q=mitte"]
)
def test_our_own_calendars_come_in_again_without_a_difference(auental, tmp_path, address):
    offer = rich_offer()
    content = file_of(address.format(offer=offer.key, provider=offer.provider.key))
    before = list(Offer.objects.values("edition", "content", "provider", "changed_at"))
    assert taken_over(content, tmp_path) == {"same": 1, "gone": 0, "finished": 0}
    assert list(Offer.objects.values("edition", "content", "provider", "changed_at")) == before
    assert Location.objects.count() == 2 and not Origin.objects.exists()


def test_what_somebody_moved_in_our_calendar_is_taken_and_what_it_cannot_show_stays(auental, tmp_path):
    offer = an_offer("Treff", times=(TUESDAYS, Schedule(kind="arrangement")), text="Lang.", times_typed="Di 15-17")
    content = file_of(f"{offer.key}/calendar.ics").replace(b"T150000", b"T160000").replace(b"T170000", b"T180000")
    assert taken_over(content, tmp_path)["changed"] == 1
    offer.refresh_from_db()
    moved, arranged = offer.document.times
    assert (moved.rule, moved.starts, moved.ends, arranged) == (
        TUESDAYS.rule,
        "16:00",
        "18:00",
        Schedule(kind="arrangement"),
    )
    assert (offer.document.text, offer.document.summary) == ("Lang.", "Für Familien in der Stadt.")


def test_a_time_that_changed_here_since_the_file_was_made_stays(auental, tmp_path):
    offer = rich_offer()
    content = file_of(f"{offer.key}/calendar.ics")
    later = offer.document.having(times=(TUESDAYS,), times_typed="Di 15-17 Uhr")
    actions.change_offer(offer=offer, content=later, by=actor(), at=timezone.now() + timedelta(seconds=2))
    assert taken_over(content, tmp_path) == {"same": 1, "gone": 0, "finished": 0}
    offer.refresh_from_db()
    assert offer.document == later


def test_our_own_calendar_makes_the_same_times_in_another_town(auental, hasselgrund, tmp_path):
    offer = rich_offer()
    file = tmp_path / "kalender.ics"
    file.write_bytes(file_of(f"{offer.key}/calendar.ics"))
    with within(hasselgrund):
        call_command("offers", "import", str(file), town="hasselgrund", source="Auental", publish=True)
        (copy,) = Offer.objects.all()
        assert [(each.rule, each.starts, each.exceptions, each.school_holidays) for each in copy.document.times] == [
            (each.rule, each.starts, each.exceptions, each.school_holidays)
            for each in offer.document.times
            if each.rule
        ]
        assert [str(each.location) for each in copy.places.all()] == ["Saal, Markt 1"]
    assert read(file.read_bytes(), "k.ics")[0].rows[0].values["UID"] == f"{offer.key}@kommpass"
