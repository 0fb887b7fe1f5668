"""The demo: Lindenau has walked two whole rounds, and Moorhausen waits for the word of the review board."""

import pytest
from django.test import Client, TestCase
from django.test.utils import override_settings
from django.utils import timezone

from kommpass.assessment import queries as assessment
from kommpass.assessment.models import Condition, Recusal, ReviewCase, ReviewDecision, Seat
from kommpass.association.models import BoardMeeting, Ceremony, CeremonyGuest, Contract
from kommpass.audits.models import Procedure
from kommpass.audits.queries import current
from kommpass.balancing.models import SealedBalance
from kommpass.bodies.models import Decision, Paper
from kommpass.certification import queries as certification
from kommpass.cockpit.queries import phase_views
from kommpass.demo.towns import perform
from kommpass.implementation import queries as implementation
from kommpass.implementation.models import AuditorView, StatusRemark
from kommpass.municipalities.models import Municipality
from kommpass.municipalities.scope import within
from kommpass.people.models import User
from kommpass.people.queries import actor, members
from kommpass.reporting.models import SealedReport
from kommpass.reporting.queries import way
from kommpass.stocktaking.models import Answer
from tests.journeys.playing import (
    MAY_BE_ABSENT,
    intact,
    left_over,
    links_in,
    logins,
    pages_of_coordination,
    play,
    round_of,
    town,
)


@pytest.mark.django_db
def test_at_every_step_of_two_rounds_all_gates_behind_the_town_are_met():
    seen = []

    def look(line: str) -> None:
        """Called before each step, inside of the town."""
        for procedure in Procedure.objects.all() if Municipality.objects.filter(slug="lindenau") else ():
            views = phase_views(procedure, timezone.localdate())
            behind = [view for view in views if view.phase.closed_at]
            missing = [str(each.label) for view in behind for each in view.open_requirements if each.binding]
            seen.append((line, missing))

    perform("lindenau", rounds=2, until=None, today=timezone.localdate(), say=look)
    assert [(line, missing) for line, missing in seen if missing] == []
    assert len({line for line, _missing in seen}) == 22


class TownsBeforeTheBoard(TestCase):
    """Lindenau and Moorhausen, made once for all of these tests."""

    @classmethod
    def setUpTestData(cls):
        play("--towns", "lindenau,moorhausen")

    def test_nobody_has_meddled_with_the_journals(self):
        assert (intact("lindenau"), intact("moorhausen")) == (True, True)

    def test_lindenau_walked_two_rounds_to_their_end_and_has_begun_the_third(self):
        with within(town("lindenau")):
            rounds = Procedure.objects.order_by("round")
            assert [(each.rung, each.state) for each in rounds] == [
                ("basic", "ended"),
                ("advanced", "ended"),
                ("permanent", "running"),
            ]
            assert [each.phases.filter(closed_at=None).count() for each in rounds] == [0, 0, 7]
            assert {stage.value for stage in rounds[2].situation.stages} == {"commitment"}
            assert SealedBalance.objects.count() == 2
            assert Decision.objects.filter(paper__purpose=Paper.Purpose.CONTINUATION).count() == 2

    def test_the_lapse_between_its_certificates_stays_visible(self):
        with within(town("lindenau")):
            standings = certification.standings(timezone.localdate())
            (gap,) = certification.lapses(standings)
            assert [(each.certificate.rung, each.state.value) for each in standings] == [
                ("advanced", "expiring"),
                ("basic", "lapsed"),
            ]
            assert [len(each.certificate.valid_until) for each in standings] == [len("2027-03"), len("2023-04")]
            assert 200 < gap.days < 400
            assert [each.certificate.documents.count() for each in standings] == [1, 1]

    def test_every_report_of_lindenau_is_sealed_and_one_waits_for_the_association(self):
        with within(town("lindenau")):
            sealed = SealedReport.objects.order_by("report__period_until", "number")
            assert [(each.report.title, each.number, way(each).state) for each in sealed] == [
                ("Erster Jahresbericht", 1, "returned"),
                ("Erster Jahresbericht", 2, "accepted"),
                ("Zweiter und dritter Jahresbericht", 1, "accepted"),
                ("Erster Jahresbericht zum Aufbauzertifikat", 1, "accepted"),
                ("Zweiter Jahresbericht zum Aufbauzertifikat", 1, "accepted"),
                ("Abschlussbericht zum Aufbauzertifikat", 1, "submitted"),
            ]
            merged = SealedReport.objects.get(report__title="Zweiter und dritter Jahresbericht")
            assert merged.summary["total"] == 20
            assert (merged.summary["done"], merged.summary["ended_otherwise"]) == (11, 2)
            assert {kind for each in merged.content["changes"] for kind in [each["kind"]]} == {"spätere Änderung"}

    def test_ten_to_fifteen_people_were_asked_in_each_round_and_some_stayed_silent(self):
        with within(town("lindenau")):
            rounds = round_of(1).rounds.order_by("period_until")
            assert [each.requests.count() for each in rounds] == [12, 12, 12]
            assert [len(implementation.given(each)) for each in rounds] == [20, 19, 20]

    def test_a_done_that_the_council_disputed_stands_with_its_answer_beside_the_auditors_view(self):
        with within(town("lindenau")):
            measure = round_of(1).agreement.measures.get(title__startswith="Fünf Spielplätze")
            remark = StatusRemark.objects.get(measure=measure)
            view = AuditorView.objects.get(measure=measure)
            assert implementation.newest(measure.agreement)[measure.pk].state == "done"
            assert (remark.public, bool(remark.answer), view.stance) == (True, True, "differs")

    def test_the_first_case_had_a_recused_member_a_corrected_opinion_and_two_conditions_that_are_met(self):
        with within(town("lindenau")):
            case = ReviewCase.objects.order_by("opened_at").first()
            recusal = Recusal.objects.get()
            decision = assessment.standing_decision(case)
            assert recusal.reviewer.name == "Gerlinde Pohl"
            assert [each.reviewer.name for each in assessment.first_seats(case)] == [
                "Dr. Ilse Brandner",
                "Prof. Dr. Karl Ostermann",
                "Samira Haddad",
            ]
            assert [bool(each.factual_answer.corrections) for each in case.opinions.order_by("number")] == [True, False]
            assert decision.outcome == ReviewDecision.Outcome.CONDITIONS
            assert [(each.blocking, line.met) for line in assessment.condition_lines(decision)
                    for each in [line.condition]] == [(True, True), (False, True)]  # fmt: skip
            assert not actor(User.objects.get(email="pohl@gutachten.example")).has("coordinator")

    def test_nobody_waits_for_anything_in_the_rounds_that_are_over(self):
        with within(town("lindenau")):
            assert [set(left_over(round_of(number)).values()) for number in (1, 2)] == [{0}, {0}]
            assert Condition.objects.count() == 2

    def test_the_second_round_began_with_the_answers_of_the_first(self):
        with within(town("lindenau")):
            rows = Answer.objects.filter(procedure=round_of(2))
            assert rows.exclude(previous=None).count() > 90
            assert not rows.filter(confirmed=False).exists()
            assert (round_of(1).scheme_version, round_of(2).scheme_version) == ("2025.1", "2026.1")

    def test_lindenau_changed_its_auditor_and_the_first_one_reads_nothing_any_more(self):
        with within(town("lindenau")):
            auditors = [each.user.name for each in members().filter(role="auditor")]
            assert auditors == ["Matthias Overbeck"]
            assert [each.auditor.name for each in Contract.objects.order_by("signed_on")] == [
                "Dr. Henrike Falk",
                "Matthias Overbeck",
            ]

    def test_the_case_of_moorhausen_waits_for_two_of_three_members(self):
        with within(town("moorhausen")):
            case = ReviewCase.objects.get()
            handed_in = {each.reviewer.name: hasattr(each, "review") for each in assessment.first_seats(case)}
            assert handed_in == {
                "Dr. Ilse Brandner": False,
                "Gerlinde Pohl": False,
                "Prof. Dr. Karl Ostermann": True,
            }
            assert Seat.objects.filter(draft__isnull=False).count() == 1
            assert {stage.value for stage in current().situation.stages} == {"review"}
            assert case.due_on > timezone.localdate()

    def test_a_meeting_of_the_board_and_a_ceremony_lie_ahead(self):
        ahead = BoardMeeting.objects.get(held_on__gt=timezone.localdate())
        with within(town("moorhausen")):
            assert [each.case.municipality.slug for each in ahead.items.all()] == ["moorhausen"]
        assert Ceremony.objects.filter(held_on__gt=timezone.localdate()).count() == 1
        with within(town("lindenau")):
            assert CeremonyGuest.objects.count() == 2

    def test_a_member_of_the_board_finds_a_case_and_the_office_its_work(self):
        for email, path in (
            ("gutachten@verein.example", "/moorhausen/assessment/"),
            ("geschaeftsstelle@verein.example", "/association/procedures/"),
        ):
            browser = Client()
            browser.force_login(User.objects.get(email=email))
            assert browser.get(path).status_code == 200

    def test_towns_without_open_letters_offer_no_links(self):
        assert links_in(logins()) == []

    @override_settings(DEMO=True)
    def test_every_page_of_both_towns_opens_for_the_coordination_or_says_why_not_now(self):
        for slug in ("lindenau", "moorhausen"):
            found, closed = pages_of_coordination(slug)
            absent = {name for name, status in found.items() if status == 404}
            refused = {name for name, status in found.items() if status == 403}
            assert absent <= MAY_BE_ABSENT
            assert refused == closed - absent
            assert set(found.values()) <= {200, 403, 404}

    def test_the_public_page_of_lindenau_says_how_far_it_is(self):
        page = Client().get("/lindenau/public/")
        assert page.status_code == 200
        assert "Zielvereinbarung" in page.content.decode()
