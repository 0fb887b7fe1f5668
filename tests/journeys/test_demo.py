"""The demo: invented towns walked through the audit by the real actions, each stop a town that could be real.

Here: the command, and the two towns that somebody works in these days, Auental and Hasselgrund.
"""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client, TestCase
from django.test.utils import override_settings
from django.utils import timezone

from kommpass.agreement import documents
from kommpass.agreement import queries as agreement
from kommpass.agreement.models import Amendment, Measure
from kommpass.assessment.models import ConditionReport
from kommpass.association.models import Instalment
from kommpass.audits.queries import broken_journal, current
from kommpass.bodies.models import Decision
from kommpass.certification import queries as certification
from kommpass.cockpit.actions import close_phase
from kommpass.cockpit.queries import phase_views
from kommpass.demo.clock import Clock
from kommpass.demo.towns import STAGES
from kommpass.domain.permissions import INSTALLATION_ROLES, TOWN_ROLES, Role
from kommpass.domain.refusals import GateClosed
from kommpass.implementation import queries as implementation
from kommpass.implementation.models import StatusRemark
from kommpass.municipalities.models import District, Municipality
from kommpass.municipalities.scope import within
from kommpass.participation.models import Card, Idea
from kommpass.people.models import InstallationRole, User
from kommpass.people.queries import actor, members
from kommpass.reporting.models import Report
from kommpass.reporting.queries import way
from kommpass.stocktaking.models import Answer, Finding, QuestionBundle
from tests.journeys.playing import (
    MAY_BE_ABSENT,
    days_since,
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
@pytest.mark.parametrize(
    ("slug", "arguments", "stage"),
    [
        ("auental", ["--until", "kickoff"], "kickoff"),
        ("auental", ["--until", "targeting"], "targeting"),
        ("moorhausen", ["--until", "council"], "council"),
        ("lindenau", ["--until", "award"], "award"),
        ("lindenau", ["--rounds", "2", "--until", "strategy"], "strategy"),
    ],
)
def test_the_demo_may_stop_after_a_phase_and_leaves_a_sound_town_of_these_days(slug, arguments, stage):
    play("--towns", slug, *arguments)
    with within(town(slug)):
        procedure = current()
        views = phase_views(procedure, timezone.localdate())
        behind = [view for view in views if view.phase.closed_at]
        missing = [str(each.label) for view in behind for each in view.open_requirements if each.binding]
        expected = [view.phase.stage for view in views if STAGES.index(view.phase.stage) <= STAGES.index(stage)]
        assert [view.phase.stage for view in behind] == expected
        assert missing == []
        assert procedure.situation.stages == {views[len(behind)].phase.stage}
        assert days_since(procedure.started_at) < 900
        assert broken_journal() is None


@pytest.mark.parametrize("weekday", range(7))
def test_the_story_runs_forward_whatever_day_today_is(weekday):
    clock = Clock(timezone.localdate() + timedelta(days=weekday))
    days = [clock.day(ago) for ago in range(440, 0, -1)]
    assert days == sorted(days)
    assert {day.weekday() for day in days} == {0, 1, 2, 3, 4}


def test_a_chapter_counts_its_days_back_from_a_today_of_its_own():
    clock = Clock(timezone.localdate())
    clock.count_from(700)
    assert clock.day(0) <= timezone.localdate() - timedelta(days=700) <= clock.day(0) + timedelta(days=2)
    clock.on(5)
    with pytest.raises(ValueError, match="to go on after"):
        clock.on(12)


def test_a_real_installation_gets_no_invented_towns(db):
    with pytest.raises(CommandError, match="keine Demo"):
        call_command("demo")
    assert not Municipality.objects.exists()


def test_unknown_phases_and_towns_are_refused_with_a_sentence(db):
    with pytest.raises(CommandError, match="Diese Phase kennt die Demo nicht: mondphase"):
        play("--until", "mondphase")
    with pytest.raises(CommandError, match="Diese Stadt kennt die Demo nicht: bielefeld"):
        play("--towns", "auental,bielefeld")
    assert not Municipality.objects.exists()


class TownsAtWork(TestCase):
    """Auental and Hasselgrund as `make run` shows them: made once for all of these tests."""

    @classmethod
    def setUpTestData(cls):
        cls.said = play("--towns", "auental,hasselgrund")

    def test_it_says_what_it_is_doing_and_how_long_it_took(self):
        assert "Auental: Bestandsaufnahme\n" in self.said
        assert "Auental: Umsetzung, 2. Durchgang\n" in self.said
        assert "Hasselgrund: Auftakt\n" in self.said
        assert "Sekunden Rechenzeit" in self.said

    def test_it_is_not_made_twice(self):
        with pytest.raises(CommandError, match="Schon angelegt: Auental, Hasselgrund"):
            play()
        assert play("--if-empty") == ""
        assert Municipality.objects.count() == 2

    def test_nobody_has_meddled_with_the_journals(self):
        assert (intact("auental"), intact("hasselgrund")) == (True, True)

    def test_the_first_round_of_auental_is_as_rich_as_that_of_a_real_town(self):
        with within(town("auental")):
            first = round_of(1)
            bundles = QuestionBundle.objects.filter(procedure=first)
            answers = Answer.objects.filter(procedure=first)
            ideas = Idea.objects.filter(procedure=first)
            counted = {
                "districts": District.objects.count(),
                "questions open": answers.filter(kind="open").count(),
                "answers that are no value": answers.exclude(kind="value").count() >= 4,
                "bundles closed": bundles.filter(state="closed").count(),
                "findings per field": Finding.objects.filter(procedure=first).count() >= 36,
                "cards": Card.objects.filter(workshop__procedure=first).count() >= 50,
                "ideas declined with a reason": ideas.filter(state="declined").exclude(reason="").count(),
            }
        assert counted == {
            "districts": 9,
            "questions open": 0,
            "answers that are no value": True,
            "bundles closed": 11,
            "findings per field": True,
            "cards": True,
            "ideas declined with a reason": 2,
        }

    def test_the_first_round_of_auental_is_over_and_nobody_waits_for_anything_in_it(self):
        with within(town("auental")):
            first = round_of(1)
            assert first.state == "ended"
            assert set(left_over(first).values()) == {0}

    def test_both_rounds_of_auental_adopted_what_a_committee_had_changed(self):
        with within(town("auental")):
            adopted = [
                (each.version.number, each.version.kind, each.version.goal_count, each.version.measure_count,
                 each.decision.result, each.decision.votes, each.conditions)
                for number in (1, 2)
                for each in agreement.adoptions(round_of(number)).filter(version__kind="amended")
            ]  # fmt: skip
        changed, reserve = Decision.Result.ADOPTED_WITH_CHANGES, ["unter Haushaltsvorbehalt"]
        assert adopted == [
            (2, "amended", 16, 39, changed, "36:5:3", reserve),
            (2, "amended", 11, 21, changed, "37:4:2", reserve),
        ]

    def test_what_is_in_force_in_auental_holds_a_later_change_and_thirteen_measures_of_the_first_round(self):
        with within(town("auental")):
            second = round_of(2)
            version = agreement.in_force(second, timezone.localdate())
            carried = Measure.objects.filter(agreement__procedure=second).exclude(predecessor=None)
            assert (version.number, version.kind, version.measure_count) == (3, "amendment", 21)
            assert carried.count() == 13
            assert not carried.filter(due="").exists()

    def test_every_measure_says_who_until_when_and_how_one_will_know(self):
        with within(town("auental")):
            of_first = Measure.objects.filter(agreement__procedure=round_of(1))
            bare = Measure.objects.filter(due="") | Measure.objects.filter(responsible=None)
            without = of_first.filter(indicators=None) | of_first.filter(origins=None)
            assert not bare.exists()
            assert without.count() <= 5
            assert of_first.exclude(also_serves=None).distinct().count() >= 5

    def test_the_documents_of_the_adopted_version_can_be_made(self):
        with within(town("auental")):
            version = agreement.in_force(round_of(2), timezone.localdate())
            tabled = version.base
            assert documents.make(version, "pdf").startswith(b"%PDF")
            assert documents.make(version, "docx").startswith(b"PK")
            assert documents.make(version, "xlsx").startswith(b"PK")
            assert documents.make_paper(tabled.tablings.get().paper, "pdf").startswith(b"%PDF")

    def test_auental_had_a_certificate_without_interruption_and_holds_one_now(self):
        with within(town("auental")):
            standings = certification.standings(timezone.localdate())
            assert [(each.certificate.rung, each.state.value) for each in standings] == [
                ("advanced", "valid"),
                ("basic", "lapsed"),
            ]
            assert certification.lapses(standings) == []
            assert [each.certificate.documents.count() for each in standings] == [1, 1]

    def test_auental_is_in_the_middle_of_a_status_round_of_these_days(self):
        with within(town("auental")):
            opened = implementation.open_round(round_of(2))
            answered = {
                each.organisation.name: (each.answered_count, each.measure_count)
                for each in implementation.requests(opened)
            }
            assert opened.due_on < timezone.localdate() and days_since(opened.opened_at) < 21
            assert answered["Schulverwaltungsamt"] == (3, 3)
            assert answered["Jugendamt"] == (1, 2)
            assert {name for name, (given, _all) in answered.items() if not given} == {
                "Amt für Stadtplanung und Grünflächen",
                "Sozialamt",
                "Stadtsportbund Auental",
            }

    def test_one_report_of_the_second_round_is_public_and_the_next_is_being_written(self):
        with within(town("auental")):
            written, public = Report.objects.filter(procedure=round_of(2)).order_by("-period_until")
            assert not written.sealed.exists()
            assert written.narratives.exclude(text="").count() == 2
            (sealed,) = public.sealed.all()
            assert (way(sealed).public, way(sealed).noted, way(sealed).state) == (True, True, "accepted")
        page = Client().get("/auental/public/")
        assert page.status_code == 200

    def test_in_auental_something_waits_for_coordination_and_association(self):
        with within(town("auental")):
            second = round_of(2)
            waiting = left_over(second)
            assert (waiting["changes"], waiting["questions on a status"]) == (1, 1)
            assert Amendment.objects.get(state="proposed").measure.number == "5.1.1"
            assert ConditionReport.objects.filter(check_result=None).count() == 1
            assert StatusRemark.objects.filter(answered_at=None, public=True).count() == 1

    def test_hasselgrund_is_in_the_middle_of_its_stocktaking(self):
        with within(town("hasselgrund")):
            procedure = current()
            states = set(QuestionBundle.objects.values_list("state", flat=True))
            assert [len(field.covers) for field in procedure.fields.all()] == [1, 1, 1, 1, 2]
            assert procedure.themes == ["inclusion"]
            assert states == {"open", "submitted", "returned", "closed"}
            assert any(each.overdue(timezone.localdate()) for each in QuestionBundle.objects.all())
            assert set(Answer.objects.filter(kind="outside_competence").values_list("provided_by", flat=True)) == {
                "Kreis Hassel"
            }

    def test_the_gate_of_hasselgrund_refuses_and_says_what_is_missing(self):
        with within(town("hasselgrund")):
            phase = current().phases.get(key="stocktaking")
            lead = actor(User.objects.get(email="koordination@hasselgrund.example"))
            with pytest.raises(GateClosed) as refused:
                close_phase(phase=phase, by=lead, at=timezone.now())
            assert [each.need for each in refused.value.missing] == [114, 7, 5]

    def test_one_instalment_is_overdue_and_it_is_that_of_hasselgrund(self):
        overdue = {}
        for slug in ("auental", "hasselgrund"):
            with within(town(slug)):
                due = Instalment.objects.filter(paid_on=None, due_on__lt=timezone.localdate())
                overdue[slug] = due.count()
        assert overdue == {"auental": 0, "hasselgrund": 1}

    def test_the_towns_know_nothing_of_each_other(self):
        with within(town("auental")):
            here = set(members().values_list("user__email", flat=True))
        with within(town("hasselgrund")):
            there = set(members().values_list("user__email", flat=True))
        assert here & there == {"auditorin@verein.example"}

    def test_there_is_an_account_for_every_role_and_its_password_opens_the_door(self):
        with within(town("auental")):
            roles = {Role(role) for role in members().values_list("role", flat=True)}
        everywhere = {Role(role) for role in InstallationRole.objects.values_list("role", flat=True)}
        assert (roles, everywhere) == (set(TOWN_ROLES), set(INSTALLATION_ROLES))
        assert InstallationRole.objects.filter(role=Role.REVIEW_BOARD).count() == 4
        assert Client().login(email="koordination@auental.example", password=settings.DEMO_PASSWORD)

    def test_the_table_of_logins_holds_links_that_work_now(self):
        said = logins()
        assert settings.DEMO_PASSWORD in said
        assert "gutachten@verein.example" in said
        assert [Client().get(path).status_code for path in links_in(said)] == [200, 200, 200]
        assert said.count("/auental/progress/answer/") == 1
        assert said.count("/hasselgrund/stocktaking/link/") == 1
        assert said.count("/hasselgrund/agreement/own/") == 1

    @override_settings(DEMO=True)
    def test_every_page_of_both_towns_opens_for_the_coordination_or_says_why_not_now(self):
        for slug in ("auental", "hasselgrund"):
            found, closed = pages_of_coordination(slug)
            absent = {name for name, status in found.items() if status == 404}
            refused = {name for name, status in found.items() if status == 403}
            assert absent <= MAY_BE_ABSENT
            assert refused == closed - absent
            assert set(found.values()) <= {200, 403, 404}
