"""What became of one measure: the promise as it was adopted, and three voices that stay apart."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from kommpass.agreement.models import Measure
from kommpass.domain.permissions import Role
from kommpass.domain.refusals import NotPossible
from kommpass.domain.targets import DateTarget, PercentageTarget, QualitativeTarget, RangeTarget, YesNoTarget
from kommpass.implementation import actions, queries
from kommpass.implementation.actions import Reading
from kommpass.implementation.figures import series_of
from kommpass.implementation.models import AuditorView, IndicatorReading, StatusRemark
from tests.agreement.builders import AUDITOR, approve, propose
from tests.implementation.builders import a_year_before, begin, counted, end, resolved, say

PAGE = "/auental/progress/"
ASKED = "Warum dauert das so lange?"


@pytest.fixture
def measure(procedure, youth_office):
    return resolved(procedure, youth_office, description="Ein Ort für alle.")[0]


@pytest.fixture
def page(measure):
    return f"{PAGE}measures/{measure.pk}/"


def text(response) -> str:
    return response.content.decode()


def test_the_promise_stands_there_as_it_was_adopted_whatever_happened_to_the_draft(measure, page, client_as):
    Measure.objects.filter(pk=measure.pk).update(title="Heimlich umbenannt", description="Ganz anders.")
    shown = text(client_as().get(page))
    assert "<strong>Vorhaben 1</strong>" in shown
    assert "Ein Ort für alle." in shown
    assert "Ganz anders." not in shown
    assert "So gilt es seit dem 07.10.2026:" in shown


def test_an_approved_change_is_the_promise_from_then_on(procedure, measure, page, client_as):
    approve(propose(procedure, "editorial", measure, title="Vorhaben eins"))
    assert "Vorhaben eins" in text(client_as().get(page))


def test_everything_said_stays_in_order_the_newest_first(procedure, measure, page, client_as):
    a_year_before(procedure, (measure, "not_started", "red", "Kein Geld."))
    round_ = begin(procedure)
    say(round_, measure, "in_progress")
    say(round_, measure, "in_progress", "yellow", "Es fehlen noch Räume.", expected="2028-06")
    shown = text(client_as().get(page))
    order = [shown.index(word) for word in ("Es fehlen noch Räume.", "Neuer Termin: Juni 2028", "Kein Geld.")]
    assert order == sorted(order)
    assert "(erwartet: Juni 2028)" in shown
    assert [each.state for each in client_as(Role.AUDITOR).get(page).context["said"]] == [
        "in_progress", "in_progress", "not_started",
    ]  # fmt: skip


def test_the_auditor_sees_it_differently_and_says_why_next_to_what_the_owner_said(procedure, measure, page, client_as):
    say(begin(procedure), measure, "done")
    auditor = client_as(Role.AUDITOR)
    assert "Ihre Sicht festhalten" in text(auditor.get(page))
    unfounded = auditor.post(f"{page}view/", {"stance": "doubts", "text": " "})
    assert "Bitte begründen Sie, warum Sie es anders sehen." in text(unfounded)
    assert not AuditorView.objects.exists()
    answer = auditor.post(f"{page}view/", {"stance": "doubts", "text": "Vor Ort ist nichts zu sehen."})
    assert answer["Location"] == f"{page}#stimmen"
    shown = text(client_as().get(page))
    assert "hat Zweifel" in shown and "Vor Ort ist nichts zu sehen." in shown
    assert queries.history(measure)[0].state == "done"
    assert "Ihre Sicht festhalten" not in shown


def test_a_council_member_asks_in_public_or_in_the_house_and_the_coordination_answers(measure, page, client_as):
    council, office = client_as(Role.COUNCIL_MEMBER), client_as()
    council.post(f"{page}remark/", {"text": ASKED, "public": "on"})
    council.post(f"{page}remark/", {"text": "Gibt es Zahlen?"})
    assert list(StatusRemark.objects.order_by("pk").values_list("text", "public", "by_name")) == [
        (ASKED, True, "Person Verwaltungsspitze und Rat"),
        ("Gibt es Zahlen?", False, "Person Verwaltungsspitze und Rat"),
    ]  # fmt: skip
    remark = StatusRemark.objects.order_by("pk").first()
    empty = office.post(f"{PAGE}remarks/{remark.pk}/answer/", {"answer": " "})
    assert "zwingend erforderlich" in text(empty)
    office.post(f"{PAGE}remarks/{remark.pk}/answer/", {"answer": "Seit Mai ist die Stelle besetzt."})
    shown = text(council.get(page))
    assert [word in shown for word in (ASKED, "Seit Mai ist die Stelle besetzt.", "öffentlich", "nur im Haus")] == [
        True,
    ] * 4  # fmt: skip
    assert "Fragen oder anmerken" in shown
    assert "ohne Ihren Namen" in shown
    assert queries.open_remarks(measure.agreement.procedure) == 1


@pytest.mark.parametrize(
    ("role", "deed", "sent"),
    [
        (Role.COORDINATOR, "view", {"stance": "shares"}),
        (Role.COUNCIL_MEMBER, "view", {"stance": "shares"}),
        (Role.COORDINATOR, "remark", {"text": "x"}),
        (Role.CONTRIBUTOR, "remark", {"text": "x"}),
    ],
    ids=str,
)
def test_nobody_speaks_with_the_voice_of_another(measure, page, client_as, role, deed, sent):
    assert client_as(role).post(f"{page}{deed}/", sent).status_code == 403
    assert not AuditorView.objects.exists() and not StatusRemark.objects.exists()


def test_a_council_member_is_shown_no_link_into_the_draft(measure, page, client_as):
    shown = text(client_as(Role.COUNCIL_MEMBER).get(page))
    assert "/agreement/measures/" not in shown and "/agreement/goals/" not in shown
    assert "/agreement/versions/" in shown


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"text": "x" * 20_001}, "zu lang (20001 Zeichen)"),
        ({"text": "a\x00b"}, "Nullzeichen"),
        ({"text": ""}, "zwingend erforderlich"),
    ],
)
def test_a_remark_that_cannot_be_kept_comes_back_with_its_text(measure, page, client_as, sent, sentence):
    shown = text(client_as(Role.COUNCIL_MEMBER).post(f"{page}remark/", sent))
    assert sentence in shown
    assert sent["text"].replace("\x00", "") in shown.replace("\x00", "")
    assert not StatusRemark.objects.exists()


def test_a_dropped_measure_keeps_its_history_and_says_that_it_was_dropped(procedure, measure, page, client_as):
    say(begin(procedure), measure, "in_progress")
    Measure.objects.filter(pk=measure.pk).update(dropped=True)
    shown = text(client_as().get(page))
    assert "Diese Maßnahme wurde gestrichen" in shown and "in Arbeit" in shown
    assert queries.standings(procedure.agreement, timezone.localdate()) == []


def test_what_became_of_it_in_the_round_before_is_shown_beside_it(procedure, measure, page, client_as):
    before = Measure.objects.create(
        agreement=measure.agreement, goal=measure.goal, title="Der Vorläufer", number="9.9.9"
    )
    round_ = begin(procedure)
    say_of(round_, before)
    measure.predecessor = before
    measure.save()
    shown = text(client_as().get(page))
    assert "In früheren Durchgängen" in shown
    assert "9.9.9 Der Vorläufer" in shown
    assert [each.title for each, _word in queries.predecessors(measure)] == ["Der Vorläufer"]


def say_of(round_, measure) -> None:
    request = round_.requests.first()
    request.asked.create(round=round_, measure=measure)
    say(round_, measure, "partly_done", "green", "Die Hälfte steht.")


def test_a_measure_shared_with_another_scheme_shows_the_words_of_where_it_is_reported(procedure, measure, client_as):
    copy = Measure.objects.create(
        agreement=measure.agreement, goal=measure.goal, title="Kopie", shared_from=measure, promised=True
    )
    say(begin(procedure), measure, "done")
    shown = text(client_as().get(f"{PAGE}measures/{copy.pk}/"))
    assert "Diese Maßnahme zählt in zwei Verfahren." in shown
    assert "umgesetzt" in shown
    standing = {each.measure.pk: each.state for each in queries.standings(procedure.agreement, timezone.localdate())}
    assert standing[copy.pk] == standing[measure.pk] == "done"


# Indicators


def said(round_, measure, *readings: Reading) -> None:
    say(round_, measure, readings=readings)


def lines_of(indicator) -> list[tuple[str, str, bool]]:
    readings = queries.readings([indicator.measure_id]).get(indicator.pk, [])
    return [(each.shown, each.outcome.value, each.corrected) for each in series_of(indicator, readings).lines]


def test_the_way_of_an_indicator_is_drawn_judged_and_written_down_as_a_table(procedure, measure, page, client_as):
    seats = counted(measure)
    before = begin(procedure, "Sachstand 2025", period=(date(2025, 1, 1), date(2025, 12, 31)))
    said(before, measure, Reading(seats, value=Decimal("15.5"), source="Zählung"))
    end(before)
    said(begin(procedure), measure, Reading(seats, value=Decimal(40)))
    assert lines_of(seats) == [("15,5", "partly", False), ("40", "reached", False)]
    series = series_of(seats, queries.readings([measure.pk])[seats.pk])
    assert [(dot.x, dot.label) for dot in series.dots] == [("8.0", "15,5"), ("92.0", "40")]
    assert float(series.dots[0].y) > float(series.dots[1].y) == float(series.goal_at[0])
    shown = text(client_as().get(page))
    assert "Ziel: 40 Plätze bis 2028" in shown and "Ausgangswert: 12" in shown
    assert 'class="series__dot"' in shown and "Die Zahlen stehen in der Tabelle darunter." in shown


def test_a_later_value_for_the_same_day_corrects_the_first_which_stays_readable(procedure, measure):
    seats, round_ = counted(measure), begin(procedure)
    said(round_, measure, Reading(seats, value=Decimal(14)))
    said(round_, measure, Reading(seats, value=Decimal(41)))
    assert lines_of(seats) == [("14", "partly", True), ("41", "reached", False)]


@pytest.mark.parametrize(
    ("target", "baseline", "reading", "expected"),
    [
        (PercentageTarget(Decimal(50)), "20", {"value": Decimal("49.999")}, ("49,999", "partly")),
        (RangeTarget(Decimal(10), Decimal(14)), "", {"value": Decimal(12)}, ("12", "reached")),
        (YesNoTarget("Beschilderung steht"), "", {"words": "ja"}, ("ja", "reached")),
        (YesNoTarget("Beschilderung steht"), "", {"words": "nein"}, ("nein", "not")),
        (DateTarget("2027-06", "Büro offen"), "", {"words": "Mai 2027"}, ("Mai 2027", "reached")),
        (DateTarget("2027-06", "Büro offen"), "", {"words": "2028"}, ("2028", "partly")),
        (DateTarget("2027-06", "Büro offen"), "", {"words": "bald"}, ("bald", "not_assessable")),
        (QualitativeTarget("spürbar besser"), "", {"words": "etwas besser"}, ("etwas besser", "not_assessable")),
    ],
)
def test_each_kind_of_target_is_judged_by_the_one_rule(procedure, measure, target, baseline, reading, expected):
    indicator = counted(measure, target, name="Maß", baseline=baseline)
    said(begin(procedure), measure, Reading(indicator, **reading))
    assert lines_of(indicator) == [(*expected, False)]


def test_values_that_never_move_are_drawn_in_the_middle_and_words_are_not_drawn(procedure, measure):
    seats, round_ = counted(measure, baseline=""), begin(procedure)
    said(round_, measure, Reading(seats, value=Decimal(40)))
    (dot,) = series_of(seats, queries.readings([measure.pk])[seats.pk]).dots
    assert (dot.x, dot.y) == ("50", "69.0")
    sign = counted(measure, YesNoTarget("Schild"), name="Schild", baseline="")
    said(round_, measure, Reading(sign, words="ja"))
    assert series_of(sign, queries.readings([measure.pk])[sign.pk]).dots == []
    assert series_of(sign, []).lines == []


def test_another_view_needs_a_reason_in_the_action_too(measure, auental):
    with pytest.raises(NotPossible, match="Bitte begründen Sie"):
        actions.write_view(measure=measure, stance="differs", text=" ", by=AUDITOR, at=timezone.now())


def test_measures_of_another_town_do_not_exist(measure, page, hasselgrund, client_as):
    browser = client_as()
    assert browser.get(f"{PAGE}measures/999999/").status_code == 404
    assert browser.get(f"{PAGE}measures/{10**30}/").status_code == 404
    assert browser.get(page.replace("/auental/", "/hasselgrund/")).status_code == 403


@pytest.mark.parametrize(
    ("value", "shown"), [(Decimal("12.500000"), "12,5"), (Decimal("12345.000000"), "12.345"), (Decimal("0E-6"), "0")]
)
def test_a_reported_value_is_printed_as_people_write_it(value, shown):
    assert str(IndicatorReading(value=value)) == shown
    assert str(IndicatorReading(value=None, words="ja")) == "ja"
