"""What the town sees: what holds, what held, every lapse, what comes next, and when the logo may be used."""

from datetime import date, timedelta
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from kommpass.audits import actions as audits
from kommpass.audits.catalogue import schemes
from kommpass.certification.logo import logo, until_words
from kommpass.certification.queries import certificates, deadlines, lapses, standing, standings
from kommpass.certification.timeline import timeline
from kommpass.domain.permissions import Role
from kommpass.domain.refusals import NotPossible
from kommpass.domain.validity import Gap
from tests.certification.builders import PAGE, days_ago, granted, issued, month, next_round, permanent, prove, step
from tests.conftest import member, signed_in
from tests.journeys.story import COORDINATION, noon

FIRST, AGAIN = date(2015, 3, 1), date(2019, 11, 12)
LAPSE = Gap(date(2018, 3, 1), date(2019, 11, 11))


@pytest.fixture
def browser(auental):
    return signed_in(member(Role.COORDINATOR))


@pytest.fixture
def lapsed_and_awarded_again(procedure):
    """As in Neunkirchen: until 02/2018, and again from 12.11.2019."""
    issued(procedure, on=FIRST, valid_until="2018-02")
    following = next_round(procedure, "advanced", on=date(2018, 6, 1))
    issued(following, on=AGAIN, valid_until="2022-10")
    return following


def text(response) -> str:
    return response.content.decode()


class TestThePage:
    def test_before_the_first_certificate_says_how_one_comes_about(self, procedure, browser):
        assert "Noch kein Zertifikat" in text(browser.get(PAGE))

    def test_shows_what_holds_how_long_and_what_comes_next(self, procedure, browser):
        end = timezone.localdate().replace(day=15) + timedelta(days=200)
        issued(procedure, on=days_ago(800), valid_until=month(end))
        page = text(browser.get(PAGE))
        last = certificates().get().valid_until_on
        for words in (
            "gültig, läuft bald aus", f"<strong>{(last - timezone.localdate()).days + 1}</strong>",
            "Über den nächsten Durchgang sprechen", "läuft aus", "Darf verwendet werden", "nicht das Logo des Vereins",
        ):  # fmt: skip
            assert words in page, words

    def test_keeps_every_lapse_in_picture_and_table(self, lapsed_and_awarded_again, browser):
        page = text(browser.get(PAGE))
        assert "Lücke: 621 Tage" in page
        _now, row = (each.split("</tr>")[0] for each in page.split("years__gap")[1:])
        assert "01.03.2018" in row and "11.11.2019" in row and "621 Tage" in row
        assert "Seit 01.11.2022 gilt kein Zertifikat" in page and "heute, dauert an" in page

    def test_shows_a_decision_that_waits_for_its_certificate_and_what_holds_it_back(self, procedure, browser):
        blocking = {"text": "Beschluss nachreichen", "due_on": days_ago(-30), "blocking": True}
        granted(procedure, on=days_ago(20), conditions=[blocking])
        page = text(browser.get(PAGE))
        assert "Vor der Verleihung ist noch zu erfüllen:" in page and "Beschluss nachreichen" in page
        assert "issue/" not in page.split("<main")[1]

    def test_lists_certificates_of_another_scheme_apart(self, procedure, browser):
        issued(procedure, on=days_ago(100), valid_until=month(days_ago(-900)))
        other = next(each for each in schemes().values() if each.key != procedure.scheme_key)
        audits.start_procedure(
            scheme_key=other.key, scheme_version=other.version, rung=other.rungs[0].key, title="Zweites Verfahren",
            by=COORDINATION, at=noon(days_ago(50)),
        )  # fmt: skip
        page = text(browser.get(PAGE))
        assert "Noch kein Zertifikat" in page and "Zertifikate anderer Verfahren" in page

    @pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.PROVIDER, Role.COUNCIL_MEMBER, Role.ASSOCIATION_OFFICE])
    def test_is_read_by_everybody_of_the_town_and_the_office(self, procedure, role):
        certificate = issued(procedure, on=days_ago(100), valid_until=month(days_ago(-900)))
        browser = signed_in(member(role))
        pages = [browser.get(path).status_code for path in (PAGE, certificate.get_absolute_url())]
        assert pages == [200, 200]

    @pytest.mark.parametrize("role", [Role.STATISTICS_UNIT, Role.REVIEW_BOARD, Role.ADMINISTRATOR])
    def test_is_not_for_others(self, procedure, role):
        assert signed_in(member(role)).get(PAGE).status_code == 403


class TestTheDrawing:
    def test_every_certificate_and_every_lapse_has_its_line_in_the_order_of_time(self, lapsed_and_awarded_again):
        drawn = timeline(list(reversed(standings(date(2021, 1, 1)))), date(2021, 1, 1))
        assert [row.gap or row.standing.certificate.valid_from for row in drawn.rows] == [
            "2015-03-01", LAPSE, "2019-11-12",
        ]  # fmt: skip
        places = [(float(row.bars[-1].x), float(row.bars[-1].x) + float(row.bars[-1].width)) for row in drawn.rows]
        assert all(abs(begin - end) < 0.2 for (_first, end), (begin, _last) in pairwise(places))
        assert [year for _x, year in drawn.ticks] == [2015, 2016, 2017, 2018, 2019, 2020, 2021, 2022]

    def test_a_withdrawal_opens_a_lapse_although_the_term_would_have_gone_on(self, procedure):
        step(issued(procedure, on=FIRST, valid_until="2018-02"), "withdrawn", date(2016, 5, 1))
        following = next_round(procedure, "advanced", on=date(2016, 6, 1))
        issued(following, on=date(2017, 9, 1), valid_until="2020-08")
        assert lapses(standings(date(2018, 1, 1))) == [Gap(date(2016, 5, 1), date(2017, 8, 31))]
        (first, *_more) = timeline(list(reversed(standings(date(2018, 1, 1)))), date(2018, 1, 1)).rows
        promised, counted = first.bars
        assert (promised.kind, counted.kind) == ("promised", "held")
        assert float(counted.width) < float(promised.width)

    def test_a_suspension_is_drawn_inside_of_its_certificate(self, procedure):
        certificate = issued(procedure, on=FIRST, valid_until="2018-02")
        step(certificate, "suspended", date(2016, 1, 1))
        step(certificate, "reinstated", date(2016, 7, 1))
        (row,) = timeline(standings(date(2017, 1, 1)), date(2017, 1, 1)).rows
        assert [bar.kind for bar in row.bars] == ["promised", "held", "suspended"]

    def test_a_certificate_that_never_counted_leaves_the_lapse_as_it_is(self, procedure):
        """Withdrawn from its first day, it was a mistake."""
        issued(procedure, on=FIRST, valid_until="2018-02")
        following = next_round(procedure, "advanced", on=date(2018, 6, 1))
        step(issued(following, on=AGAIN, valid_until="2022-10"), "withdrawn", AGAIN)
        drawn = timeline(list(reversed(standings(date(2021, 1, 1)))), date(2021, 1, 1))
        assert [row.running for row in drawn.rows] == [False, True, False]
        assert [bar.kind for bar in drawn.rows[-1].bars] == ["promised"]

    def test_forty_years_keep_few_ticks(self, procedure):
        issued(procedure, on=date(1990, 1, 1), valid_until="1993")
        assert len(timeline(standings(date(2030, 1, 1)), date(2030, 1, 1)).ticks) <= 8


class TestDeadlines:
    def test_of_a_term_are_talk_beginning_and_end(self, procedure):
        issued(procedure, on=date(2020, 10, 27), valid_until="2023-11")
        due = sorted((each.due_on, each.label) for each in deadlines(procedure, date(2022, 1, 1)))
        assert [day for day, _label in due] == [date(2022, 8, 30), date(2022, 11, 30), date(2023, 11, 30)]

    def test_of_what_is_over_are_none(self, procedure):
        certificate = issued(procedure, on=date(2020, 10, 27), valid_until="2023-11")
        assert deadlines(procedure, date(2023, 12, 1)) == []
        step(certificate, "withdrawn", date(2021, 1, 1))
        assert deadlines(procedure, date(2022, 1, 1)) == []

    def test_of_a_permanent_award_are_this_years_proofs_and_the_missing_ones(self, procedure):
        certificate = permanent(procedure, on=date(2021, 6, 1))
        prove(certificate, 2022, kinds=("fee",))
        assert [(each.due_on, each.label) for each in deadlines(procedure, date(2023, 2, 1))] == [
            (date(2022, 12, 31), "Jahresworkshop 2022"),
            (date(2023, 12, 31), "Mitgliedsbeitrag 2023"),
            (date(2023, 12, 31), "Jahresworkshop 2023"),
        ]
        assert deadlines(procedure, date(2021, 12, 31)) == []


class TestTheLogo:
    def svg(self, day: date) -> ElementTree.Element:
        return ElementTree.fromstring(logo(standing(certificates().get(), day)))

    def texts(self, day: date) -> list[str]:
        return [each.text for each in self.svg(day).iter("{http://www.w3.org/2000/svg}text")]

    def test_carries_town_rung_and_end_so_that_an_old_file_gives_itself_away(self, procedure):
        certificate = issued(procedure, on=date(2020, 10, 27), valid_until="2023-11")
        words = " ".join(self.texts(date(2021, 1, 1)))
        for each in ("Ausgezeichnetes Verfahren", "Auental", "Grundzertifikat, gültig bis November 2023"):
            assert each in words
        title = self.svg(date(2021, 1, 1)).find("{http://www.w3.org/2000/svg}title").text
        about = self.svg(date(2021, 1, 1)).find("{http://www.w3.org/2000/svg}desc").text
        assert title == "Auental: Grundzertifikat, gültig bis November 2023"
        assert about.endswith(f"/verify/{certificate.number}/")

    def test_of_a_permanent_award_is_good_for_the_years_that_are_proved(self, procedure):
        certificate = permanent(procedure, on=date(2021, 6, 1))
        assert until_words(standing(certificates().get(), date(2021, 7, 1))) == "gültig bis 31.12.2022"
        prove(certificate, 2022)
        assert until_words(standing(certificates().get(), date(2023, 7, 1))) == "gültig bis 31.12.2023"

    def test_holds_long_and_odd_names(self, procedure):
        procedure.municipality.name = "Samtgemeinde <Obere Aue> & Süd " + "W" * 60 + " \x07"
        procedure.municipality.save()
        issued(procedure, on=date(2020, 10, 27), valid_until="2023-11")
        words = "".join(self.texts(date(2021, 1, 1)))
        assert "Samtgemeinde <Obere Aue> &" in words and "\x07" not in words
        assert max(len(each) for each in self.texts(date(2021, 1, 1))) <= 60

    @pytest.mark.parametrize("day", [date(2020, 10, 26), date(2023, 12, 1), date(2022, 6, 1)])
    def test_is_refused_outside_of_validity(self, procedure, day):
        certificate = issued(procedure, on=date(2020, 10, 27), valid_until="2023-11")
        step(certificate, "suspended", date(2022, 5, 1))
        with pytest.raises(NotPossible, match="Das Logo darf nur verwendet werden, solange das Zertifikat gilt"):
            logo(standing(certificates().get(), day))

    def test_is_loaded_by_page_while_it_may_be_used_and_refused_with_a_sentence_after(self, procedure, browser):
        certificate = issued(procedure, on=days_ago(100), valid_until=month(days_ago(-900)))
        path = f"{certificate.get_absolute_url()}logo.svg"
        answer = browser.get(path)
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml")
        assert answer["Content-Disposition"] == (
            f'attachment; filename="zeichen-auental-gueltig-bis-{certificate.valid_until}.svg"'
        )
        step(certificate, "suspended", days_ago(1))
        refused = browser.get(path)
        assert (refused.status_code, "Das Logo darf nur verwendet werden" in text(refused)) == (409, True)
        page = text(browser.get(certificate.get_absolute_url()))
        assert "Darf zurzeit nicht verwendet werden" in page and "logo.svg" not in page

    @pytest.mark.parametrize(
        ("role", "status"),
        [(Role.COUNCIL_MEMBER, 200), (Role.CONTRIBUTOR, 200), (Role.PROVIDER, 403), (Role.ASSOCIATION_OFFICE, 403)],
    )
    def test_is_for_the_town_alone(self, procedure, role, status):
        certificate = issued(procedure, on=days_ago(100), valid_until=month(days_ago(-900)))
        assert signed_in(member(role)).get(f"{certificate.get_absolute_url()}logo.svg").status_code == status
