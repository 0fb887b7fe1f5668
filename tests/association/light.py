"""Towns written straight into the tables: one of everything the office lists, quick enough to make hundreds of them."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from kommpass.agreement.models import Adoption, Agreement, Version
from kommpass.agreement.public_view import FORMAT as AGREEMENT
from kommpass.assessment.models import (
    AuditorReport,
    CompletenessCheck,
    Condition,
    ConditionReport,
    Consensus,
    Release,
    ReviewCase,
    ReviewDecision,
    Seat,
    Submission,
)
from kommpass.association.models import BoardItem, BoardMeeting, Ceremony, CeremonyGuest, Contract, Instalment
from kommpass.audits import actions as audits
from kommpass.audits.catalogue import newest
from kommpass.audits.models import Procedure
from kommpass.certification.models import Certificate
from kommpass.certification.numbers import number_of
from kommpass.domain.canonical import canonical_json
from kommpass.municipalities.models import Municipality
from kommpass.municipalities.scope import within
from kommpass.people.models import Membership, User
from kommpass.reporting.models import Report, ReportStep, SealedReport
from tests.conftest import AUDIT, actor

MEASURE = {
    "description": "Im Rathaus", "responsible": "Jugendamt", "start": "", "due": "2028", "subject_to_budget": False,
    "partners": [], "target_groups": [], "districts": [], "themes": [], "steps": [], "indicators": [],
    "public": True, "dropped": False,
}  # fmt: skip


def towns(number: int, *, judge: User, guide: User, meeting: BoardMeeting, ceremony: Ceremony) -> list[Municipality]:
    """So many towns. `judge` sits on each case, `guide` is everybody's auditor; meeting and ceremony have them all."""
    made = []
    for _each in range(number):
        place = Municipality.objects.count() + 1
        town = Municipality.objects.create(
            name=f"Ort {place:03}",
            slug=f"ort-{place:03}",
            population=10_000 + place,
            state=("NW", "HE", "NI")[place % 3],
        )
        made.append(town)
        with within(town):
            _fill(town, judge, guide, meeting, ceremony)
    return made


def _fill(town, judge, guide, meeting, ceremony) -> None:
    now, today = timezone.now(), timezone.localdate()
    procedure = audits.start_procedure(
        scheme_key=AUDIT, scheme_version=newest(AUDIT).version, rung="basic", title="Audit", by=actor(),
        at=now - timedelta(days=600),
    )  # fmt: skip
    Membership.objects.create(user=guide, role="auditor")
    version = _version(procedure, town)
    written = AuditorReport.objects.create(
        procedure=procedure, version=version, judgements={}, verdict="recommend", text="x", by_id=1, by_name="A", at=now
    )
    given = {"version": version, "report": written, "canonical": "{}", "digest": "0" * 64, "submitted_by": "K"}
    done = Submission.objects.create(procedure=procedure, number=1, submitted_at=now - timedelta(days=300), **given)
    Submission.objects.create(procedure=procedure, number=2, submitted_at=now, **given)
    CompletenessCheck.objects.create(submission=done, complete=True, by_id=1, by_name="V", at=now)
    case = ReviewCase.objects.create(submission=done, opened_at=now, opened_by="V")
    Seat.objects.create(case=case, reviewer=judge, assigned_at=now)
    decision = _decision(case, now, today)
    certificate = Certificate.objects.create(
        number=number_of(today.year, town.pk, 1), procedure=procedure, decision=decision, version=version,
        rung="basic", awarded_on=today - timedelta(days=200), valid_from=str(today - timedelta(days=500)),
        valid_from_on=today - timedelta(days=500), valid_until=f"{today.year + 2}-10",
        valid_until_on=today.replace(year=today.year + 2, month=10, day=31), canonical="{}", digest="0" * 64,
        issued_at=now, issued_by="V",
    )  # fmt: skip
    BoardItem.objects.create(meeting=meeting, case=case, position=town.pk)
    CeremonyGuest.objects.create(ceremony=ceremony, certificate=certificate, people=2)
    _contract(procedure, guide, now, today)
    _report(procedure, now, today)


def _version(procedure: Procedure, town: Municipality) -> Version:
    draft = Agreement.objects.create(procedure=procedure, title="Zielvereinbarung")
    measure = MEASURE | {"id": f"m-{town.pk}", "number": "1.1.1", "title": "Familienbüro einrichten"}
    goal = {"id": f"g-{town.pk}", "number": "1.1", "title": "Ziel", "description": "", "measures": [measure]}
    field = {"id": "field-steering", "number": "1", "title": "Steuerung"}
    content = {
        "format": AGREEMENT, "title": "Z", "municipality": {"name": town.name, "ags": ""},
        "procedure": {"title": "Audit", "round": 1, "rung": "G", "scheme": "A"},
        "version": {"number": 1, "frozen_on": "2025-01-01"}, "preamble": "", "family_definition": "",
        "budget_clause": "", "fields": [field | {"strategic_goals": [{"id": "s", "text": "", "goals": [goal]}]}],
    }  # fmt: skip
    version = Version.objects.create(
        agreement=draft, number=1, kind="draft_for_council", canonical=canonical_json(content), digest="0" * 64,
        measure_count=1, goal_count=1, frozen_at=timezone.now(), frozen_by="K",
    )  # fmt: skip
    day = timezone.localdate() - timedelta(days=400)
    Adoption.objects.create(version=version, approved_by="Rat", valid_from=day, at=timezone.now())
    return version


def _decision(case: ReviewCase, now, today) -> ReviewDecision:
    opinion = Consensus.objects.create(
        case=case,
        number=1,
        judgements={},
        verdict="conditions",
        text="x",
        answer_by=today,
        by_id=1,
        by_name="B",
        at=now,
    )
    decision = ReviewDecision.objects.create(
        case=case, number=1, opinion=opinion, outcome="conditions", text="x", decided_on=today, by_id=1, by_name="B",
        at=now,
    )  # fmt: skip
    condition = Condition.objects.create(decision=decision, number=1, text="Mehr", due_on=today + timedelta(days=30))
    ConditionReport.objects.create(condition=condition, text="Getan", by_name="K", at=now)
    Release.objects.create(decision=decision, objection_until=today, by_name="V", at=now)
    return decision


def _contract(procedure: Procedure, guide: User, now, today) -> None:
    made = Contract.objects.create(
        procedure=procedure, signed_on=today, fee=Decimal(100), auditor=guide, by_name="V", at=now
    )
    for number in (1, 2):
        due_on = today - timedelta(days=30 * number)
        Instalment.objects.create(contract=made, number=number, due_on=due_on, amount=Decimal(50))


def _report(procedure: Procedure, now, today) -> None:
    first, last = today - timedelta(days=400), today - timedelta(days=36)
    report = Report.objects.create(
        procedure=procedure, title="Bericht", period_from=first, period_until=last, created_at=now, created_by="K"
    )
    key = procedure.municipality_id
    measure = {
        "id": f"m-{key}", "number": "1.1.1", "title": "Familienbüro einrichten", "responsible": "Jugendamt",
        "due": "2028", "state": "done", "state_label": "umgesetzt", "light": "green", "text": "Eröffnet",
    }  # fmt: skip
    public = {"fields": [{"id": "field-steering", "number": "1", "title": "S", "goals": [{"measures": [measure]}]}]}
    sealed = SealedReport.objects.create(
        report=report, number=1, canonical="{}", digest="0" * 64, public_canonical=canonical_json(public),
        measure_count=1, key_date=last, sealed_at=now, sealed_by="K",
    )  # fmt: skip
    ReportStep.objects.create(sealed=sealed, kind="submitted", on=today, by_name="K", at=now)
