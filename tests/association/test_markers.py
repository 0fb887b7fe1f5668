"""The marker walk: signs in every internal field of two towns, and every address of this room, for everybody in it.

The office finds what was submitted or decided; a member of the board the own case; nobody anything else.
"""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import DatabaseError, models, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat
from django.test import Client
from django.utils import timezone

from kommpass.agreement import actions as agreement
from kommpass.assessment import actions as assessment
from kommpass.association import actions
from kommpass.association.models import AuditorLicence, Ceremony, Contract
from kommpass.audits.models import Procedure
from kommpass.balancing import actions as balancing
from kommpass.domain.permissions import Role
from kommpass.implementation import actions as implementation
from kommpass.municipalities.across import across_municipalities
from kommpass.municipalities.scope import MunicipalModel, within
from kommpass.people.models import User
from kommpass.people.queries import actor as actor_of
from kommpass.reporting import actions as reporting
from tests.association.builders import (
    OFFICE,
    Told,
    adopted,
    certified,
    contract,
    decided,
    licensed,
    officer,
    reported,
    submitted,
)
from tests.conftest import actor, signed_in
from tests.house.addresses import INSTALLATION, addresses
from tests.journeys.afterwards import ASSOCIATION, ask, board_member, judgements
from tests.journeys.story import AUDITOR, COORDINATION, noon, town

INSIDE, DESK = "QZXQ", "WVKW"
"""What stays in the towns, and what the office keeps for itself."""
COUNCIL = actor(Role.COUNCIL_MEMBER, name="Rat")
TODAY = timezone.localdate()
ON = TODAY - timedelta(days=800)
LATE = TODAY - timedelta(days=20)

# What the association may know: its own room, what was submitted or decided, and keys that texts hang on.
KNOWN = {"association", "audits", "certification", "municipalities"}
KNOWN_MODELS = {"reporting.Report", "assessment.DeclaredConflict"}


@dataclass
class Walked:
    """Two towns full of signs, the things in them, and who walks."""

    ahaus: Told
    borken: Told
    people: dict[str, User] = field(default_factory=dict)
    values: list[dict] = field(default_factory=list)
    marked: set[str] = field(default_factory=set)


def before_the_board(told: Told, people: dict[str, User]) -> None:
    """A case in which everything is said that the association's pages must not repeat: votes, opinion, decision."""
    submitted(told, LATE)
    assessment.check_submission(submission=told.submission, complete=True, by=ASSOCIATION, at=noon(LATE))
    judges = [people["member"], people["recused"]]
    told.case = assessment.open_case(submission=told.submission, members=judges, by=ASSOCIATION, at=noon(LATE))
    given = {"judgements": judgements(told.procedure, **{_criterion(told): "partly"}), "verdict": "conditions"}
    for values in given["judgements"].values():
        values["reason"] = f"Grund {INSIDE}"
    assessment.save_review_draft(
        case=told.case, **given, text=f"Entwurf {INSIDE}", by=actor_of(people["recused"]), at=noon(LATE)
    )
    assessment.recuse(
        case=told.case, reviewer=people["recused"], reason=f"Verwandt {INSIDE}", by=ASSOCIATION, at=noon(LATE)
    )
    deed = {"by": actor_of(people["member"]), "at": noon(LATE)}
    assessment.hand_in_review(case=told.case, **given, text=f"Votum {INSIDE}", **deed)
    condition = {"text": f"Auflage {INSIDE}", "due_on": TODAY + timedelta(days=9), "blocking": True}
    opinion = assessment.write_opinion(
        case=told.case, **given, text=f"Gutachten {INSIDE}", conditions=[condition], answer_by=LATE, **deed
    )
    assessment.answer_opinion(opinion=opinion, corrections=f"Falsch ist {INSIDE}", by=COORDINATION, at=noon(LATE))
    assessment.decide(case=told.case, decided_on=LATE, text=f"Entschieden {INSIDE}", **deed)


def _criterion(told: Told) -> str:
    return told.procedure.scheme.rubric.criteria[0].key


def under_way(told: Told) -> None:
    """After the award: words, views, remarks, judgements, a report that is written and one that is only sealed."""
    reported(told, TODAY.year - 2)
    first = told.measures[0]
    round_ = ask(told.procedure, "Neue Runde", LATE, LATE, on=LATE)
    word = {"state": "in_progress", "light": "red", "text": f"Unter uns {INSIDE}"}
    implementation.report_progress(round=round_, measure=first, **word, by=COORDINATION, at=noon(LATE))
    implementation.write_view(measure=first, stance="differs", text=f"Nein {INSIDE}", by=AUDITOR, at=noon(LATE))
    implementation.write_remark(measure=first, text=f"Frage {INSIDE}", by=COUNCIL, at=noon(LATE))
    implementation.judge_goal(
        goal=first.goal, achievement="partly", text=f"Urteil {INSIDE}", by=COORDINATION, at=noon(LATE)
    )
    report = reporting.begin_report(
        procedure=told.procedure, title=f"Bericht {INSIDE}", period_from=LATE, period_until=LATE, by=COORDINATION,
        at=noon(LATE),
    )  # fmt: skip
    section = told.procedure.scheme.report_template[0].key
    reporting.write_narrative(report=report, section=section, text=f"Text {INSIDE}", by=COORDINATION, at=noon(LATE))
    reporting.seal_report(report=report, by=COORDINATION, at=noon(LATE))
    agreement.propose_amendment(
        procedure=told.procedure, kind="wording", measure=first, changes={"title": f"Anders {INSIDE}"},
        reason=f"Weil {INSIDE}", by=COORDINATION, at=noon(LATE),
    )  # fmt: skip
    opened = balancing.open_balance(procedure=told.procedure, by=COORDINATION, at=noon(LATE))
    balancing.decide_goal(
        balance=opened, goal=first.goal, verdict="continue", reason=f"Bilanz {INSIDE}", by=COORDINATION, at=noon(LATE)
    )


def mark_everything() -> set[str]:
    """A sign at the end of every free text of every table of a town that is not sealed."""
    marked = set()
    with across_municipalities():
        for model in apps.get_models():
            label = model._meta.label
            if not issubclass(model, MunicipalModel) or model._meta.app_label in KNOWN or label in KNOWN_MODELS:
                continue
            for name in free_texts(model):
                try:
                    with transaction.atomic():
                        if model.objects.update(**{name: Concat(F(name), Value(f" {INSIDE}"))}):
                            marked.add(f"{label}.{name}")
                except DatabaseError:
                    continue  # sealed, or a value the database does not let go: marked by its action, or none of ours
        Procedure.objects.update(title=f"Titel {INSIDE}", state_reason=f"Grund {INSIDE}")
    return marked


def free_texts(model) -> list[str]:
    """Where people may write what they like: no choices, no keys, no addresses, and room for a sign."""
    kinds = (models.EmailField, models.SlugField, models.URLField)
    return [
        each.name
        for each in model._meta.local_concrete_fields
        if isinstance(each, models.CharField | models.TextField)
        and not (isinstance(each, kinds) or each.choices or each.unique)
        and (each.max_length is None or each.max_length >= 100)
    ]


@pytest.fixture
def walked(db) -> Walked:
    people = {name: board_member(f"Person {name.title()}") for name in ("member", "recused", "other")}
    people |= {"office": officer(), "auditor": licensed()}
    with town("Ahaus", "ahaus", population=39_000, begins=ON) as procedure:
        ahaus = adopted(procedure, ON, "Öffentliches Versprechen")
        before_the_board(ahaus, people)
        contract(procedure, 100, ON, (ON, 100))
    with town("Borken", "borken", population=42_000, begins=ON) as procedure:
        borken = certified(adopted(procedure, ON), ON, f"{TODAY.year + 1}-10")
        under_way(borken)
        contract(procedure, 100, ON, (ON, 100))
        assessment.declare_conflict(person=people["auditor"], reason=f"Nähe {DESK}", by=ASSOCIATION, at=noon(ON))
    found = Walked(ahaus, borken, people)
    meeting = actions.plan_board_meeting(held_on=TODAY, place="Bochum", by=OFFICE, at=noon(TODAY))
    actions.set_agenda(meeting=meeting, cases=[ahaus.case, case_of(borken)], by=OFFICE, at=noon(TODAY))
    ceremony = actions.plan_ceremony(title="Fest", held_on=TODAY, note=DESK, by=OFFICE, at=noon(TODAY))
    guest = actions.invite_to_ceremony(
        ceremony=ceremony, certificate=borken.certificate, people=2, by=OFFICE, at=noon(TODAY)
    )
    found.marked = mark_everything()
    with across_municipalities():
        Contract.objects.update(note=DESK)
        rows = list(Contract.objects.select_related("procedure__municipality").order_by("pk"))
        AuditorLicence.objects.update(note=DESK)
        Ceremony.objects.update(place=DESK)
        found.values = [
            {
                "slug": each.procedure.municipality.slug, "audit_id": each.procedure_id, "contract_id": each.pk,
                "auditor_id": people["auditor"].pk, "board_meeting_id": meeting.pk, "ceremony_id": ceremony.pk,
                "guest_id": guest.pk, "scheme_key": procedure.scheme_key, "scheme_version": procedure.scheme_version,
            }
            for each in rows
        ]  # fmt: skip
    return found


def case_of(told: Told):
    with within(told.town):
        return told.submission.case if told.submission else told.procedure.submissions.get().case


def pages(browser: Client, walked: Walked) -> dict[str, str]:
    """Everything this room shows to this person, by address; what is refused is left out."""
    told = {}
    for address in addresses(INSTALLATION):
        if address.name.startswith(("association:", "register:")) and address.reads():
            for values in walked.values:
                path = address.filled(values)
                answer = browser.get(path)
                assert answer.status_code in (200, 302, 403, 404), path
                if answer.status_code == 200:
                    told[path] = answer.content.decode()
    return told


def found_in(told: dict[str, str], *signs: str) -> list[str]:
    return sorted(path for path, page in told.items() if any(sign in page for sign in signs))


def test_the_signs_are_everywhere(walked):
    """The walk proves nothing if the towns were empty."""
    assert len(walked.marked) > 25
    sealed = {
        "assessment.Review", "assessment.Consensus", "assessment.ReviewDecision", "assessment.Condition",
        "assessment.Recusal", "assessment.FactualAnswer", "implementation.SelfAssessment", "reporting.SealedReport",
        "implementation.AuditorView",
    }  # fmt: skip
    with across_municipalities():
        for label in sealed:
            model = apps.get_model(label)
            texts = [str(value) for row in model.objects.values() for value in row.values()]
            assert any(INSIDE in text for text in texts), label


def test_the_office_finds_what_was_submitted_or_decided_and_no_sign(walked):
    told = pages(signed_in(walked.people["office"]), walked)
    assert len(told) > 30
    assert found_in(told, INSIDE) == []
    assert found_in(told, DESK) != []


def test_a_member_finds_the_own_case_and_nothing_of_another_town(walked):
    told = pages(signed_in(walked.people["member"]), walked)
    meetings = {path: page for path, page in told.items() if path.startswith("/association/board/")}
    assert found_in(meetings, "Ahaus") != []
    assert found_in(meetings, "Borken") == []
    assert found_in(told, INSIDE, DESK) == []


def test_a_recused_member_finds_nothing_at_all(walked):
    for name in ("recused", "other"):
        told = pages(signed_in(walked.people[name]), walked)
        inside = {path: page for path, page in told.items() if path.startswith("/association/")}
        assert len(inside) == 3
        assert found_in(inside, "Ahaus", "Borken", INSIDE, DESK) == [], name


def test_a_stranger_finds_the_register_and_no_sign(walked):
    told = pages(Client(), walked)
    assert sorted(told) == ["/register/", "/register/register.csv", "/register/register.json"]
    assert found_in(told, INSIDE, DESK, "Ahaus") == []
    assert found_in(told, "Borken") == sorted(told)


def test_no_search_finds_a_sign_and_no_filter_does(walked):
    browser = signed_in(walked.people["office"])
    assert "Nichts gefunden" in browser.get(f"/association/practice/?q={INSIDE}").content.decode()
    for path in ("procedures/", "reports/", "conditions/"):
        rows = browser.get(f"/association/{path}table.csv?q={INSIDE}").content.decode().splitlines()
        assert len(rows) == 1, path


def test_what_was_announced_is_there_for_the_office(db):
    """The counterpart of the walk: once released, the same decision and its condition may be read."""
    with town("Ahaus", "ahaus", population=39_000, begins=ON) as procedure:
        condition = {"text": f"Auflage {INSIDE}", "due_on": TODAY + timedelta(days=9), "blocking": True}
        decided(adopted(procedure, ON), ON, verdict="conditions", conditions=[condition])
    page = signed_in(officer()).get("/association/conditions/").content.decode()
    assert f"Auflage {INSIDE}" in page
