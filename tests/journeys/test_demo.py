"""The demo: two invented towns walked through the audit by the real actions, each stop a town that could be real."""

from datetime import timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client, TestCase
from django.test.utils import override_settings
from django.utils import timezone

from kommpass.agreement import documents
from kommpass.agreement import queries as agreement
from kommpass.agreement.models import Amendment, Measure
from kommpass.audits.door import allowed
from kommpass.audits.models import Procedure
from kommpass.audits.queries import broken_journal
from kommpass.bodies.models import Decision
from kommpass.cockpit.actions import close_phase
from kommpass.cockpit.queries import phase_views
from kommpass.demo.clock import Clock
from kommpass.demo.towns import STAGES
from kommpass.domain.permissions import INSTALLATION_ROLES, TOWN_ROLES, Role
from kommpass.domain.refusals import GateClosed
from kommpass.municipalities.models import District, Municipality
from kommpass.municipalities.scope import within
from kommpass.participation.models import Card, Idea
from kommpass.people.models import InstallationRole, User
from kommpass.people.queries import actor, members
from kommpass.stocktaking.models import Answer, Finding, QuestionBundle
from tests.house.addresses import TOWN, addresses

MAY_BE_ABSENT = {"stocktaking:result", "stocktaking:prefill", "portal:data"}
"""The result of scored schemes, the last round in a first one, and the data of an agreement that is not adopted yet."""


def play(*arguments: str) -> str:
    """Run `kommpass demo` and return what it said."""
    out = StringIO()
    call_command("demo", "--force", *arguments, stdout=out)
    return out.getvalue()


def town(slug: str) -> Municipality:
    return Municipality.objects.get(slug=slug)


@pytest.mark.django_db
@pytest.mark.parametrize("stage", STAGES)
def test_the_demo_may_stop_after_every_phase_and_leaves_a_sound_town(stage):
    play("--until", stage, "--towns", "auental")
    with within(town("auental")):
        procedure = Procedure.objects.get()
        views = phase_views(procedure, timezone.localdate())
        behind = [view for view in views if view.phase.closed_at]
        missing = [str(each.label) for view in behind for each in view.open_requirements]
        assert [view.phase.stage for view in behind] == list(STAGES[: STAGES.index(stage) + 1])
        assert missing == []
        assert procedure.situation.stages == {views[len(behind)].phase.stage}
        assert broken_journal() is None


@pytest.mark.parametrize("weekday", range(7))
def test_the_story_runs_forward_whatever_day_today_is(weekday):
    clock = Clock(timezone.localdate() + timedelta(days=weekday))
    days = [clock.day(ago) for ago in range(440, 0, -1)]
    assert days == sorted(days)
    assert {day.weekday() for day in days} == {0, 1, 2, 3, 4}


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


class DefaultDemo(TestCase):
    """What `make run` shows: made once for all of these tests."""

    @classmethod
    def setUpTestData(cls):
        cls.said = play()

    def test_it_says_what_it_is_doing(self):
        assert "Auental: Bestandsaufnahme" in self.said
        assert "Hasselgrund: Auftakt" in self.said

    def test_it_is_not_made_twice(self):
        with pytest.raises(CommandError, match="Schon angelegt: Auental, Hasselgrund"):
            play()
        assert play("--if-empty") == ""
        assert Municipality.objects.count() == 2

    def test_auental_is_as_rich_as_a_real_town(self):
        with within(town("auental")):
            counted = {
                "districts": District.objects.count(),
                "questions open": Answer.objects.filter(kind="open").count(),
                "answers that are no value": Answer.objects.exclude(kind="value").count() >= 4,
                "bundles closed": QuestionBundle.objects.filter(state="closed").count(),
                "findings per field": Finding.objects.count() >= 36,
                "cards": Card.objects.count() >= 50,
                "ideas declined with a reason": Idea.objects.filter(state="declined").exclude(reason="").count(),
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

    def test_the_adopted_agreement_of_auental_is_in_force(self):
        with within(town("auental")):
            procedure = Procedure.objects.get()
            version = agreement.in_force(procedure, timezone.localdate())
            decision = version.adoption.decision
            assert (version.number, version.kind, version.goal_count, version.measure_count) == (2, "amended", 16, 39)
            assert (decision.result, decision.votes) == (Decision.Result.ADOPTED_WITH_CHANGES, "36:5:3")
            assert version.adoption.conditions == ["unter Haushaltsvorbehalt"]
            assert {stage.value for stage in procedure.situation.stages} == {"review"}
            assert Amendment.objects.filter(state="proposed").count() == 1

    def test_every_measure_says_who_until_when_and_how_one_will_know(self):
        with within(town("auental")):
            bare = Measure.objects.filter(due="") | Measure.objects.filter(responsible=None)
            without = Measure.objects.filter(indicators=None) | Measure.objects.filter(origins=None)
            assert not bare.exists()
            assert without.count() <= 5
            assert Measure.objects.exclude(also_serves=None).distinct().count() >= 5

    def test_the_documents_of_the_adopted_version_can_be_made(self):
        with within(town("auental")):
            version = agreement.in_force(Procedure.objects.get(), timezone.localdate())
            assert documents.make(version, "pdf").startswith(b"%PDF")
            assert documents.make(version, "docx").startswith(b"PK")
            assert documents.make(version, "xlsx").startswith(b"PK")
            paper = version.tablings.get().paper
            assert documents.make_paper(paper, "pdf").startswith(b"%PDF")

    def test_hasselgrund_is_in_the_middle_of_its_stocktaking(self):
        with within(town("hasselgrund")):
            procedure = Procedure.objects.get()
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
            phase = Procedure.objects.get().phases.get(key="stocktaking")
            lead = actor(User.objects.get(email="koordination@hasselgrund.example"))
            with pytest.raises(GateClosed) as refused:
                close_phase(phase=phase, by=lead, at=timezone.now())
            assert [each.need for each in refused.value.missing] == [114, 7, 5]

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
        assert Client().login(email="koordination@auental.example", password=settings.DEMO_PASSWORD)

    def test_the_table_of_logins_holds_links_that_work_now(self):
        out = StringIO()
        call_command("demo", "--logins", stdout=out)
        said = out.getvalue()
        assert settings.DEMO_PASSWORD in said
        assert "gutachten@verein.example" in said
        for line in said.split():
            if "/link/" in line or "/own/" in line:
                path = line.removeprefix(settings.BASE_URL)
                assert Client().get(path).status_code == 200
        assert said.count("/hasselgrund/stocktaking/link/") == 1
        assert said.count("/hasselgrund/agreement/own/") == 1

    @override_settings(DEMO=True)
    def test_every_page_of_both_towns_opens_for_the_coordination_or_says_why_not_now(self):
        for slug in ("auental", "hasselgrund"):
            lead, browser = User.objects.get(email=f"koordination@{slug}.example"), Client()
            browser.force_login(lead)
            with within(town(slug)):
                by, procedure = actor(lead), Procedure.objects.get()
                pages = [each for each in addresses(TOWN) if each.reads() and not each.arguments]
                open_to_her = {str(each): allowed(by, each.requires, procedure) for each in pages if not each.public}
                paths = {str(each): each.filled({}) for each in pages}
            found = {name: browser.get(path).status_code for name, path in paths.items()}
            absent = {name for name, status in found.items() if status == 404}
            refused = {name for name, status in found.items() if status == 403}
            assert absent <= MAY_BE_ABSENT
            assert refused == {name for name, is_open in open_to_her.items() if not is_open} - absent
            assert set(found.values()) <= {200, 403, 404}
