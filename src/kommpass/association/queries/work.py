"""What waits for the office of the association, in the towns in scope: a few queries for each kind of work."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommpass.assessment.models import Objection, Recusal, ReviewDecision, Seat
from kommpass.assessment.queries import cases, readable_submissions, standing_check, unchecked_proofs
from kommpass.association.models import Instalment
from kommpass.association.queries.auditors import unlicensed
from kommpass.association.queries.decisions import waiting_conditions
from kommpass.association.queries.known import Known
from kommpass.association.queries.reports import ReportLine
from kommpass.certification.queries import steps_of
from kommpass.domain.deadlines import Deadline
from kommpass.domain.permissions import Actor
from kommpass.domain.validity import held
from kommpass.municipalities.models import Municipality
from kommpass.people.addresses import into_town, of_installation
from kommpass.reporting.models import ReportStep

LOOK_WITHIN = timedelta(days=14)
"""How long the office may take before its work counts as late."""


@dataclass(frozen=True)
class Task:
    """Something for the office to do: in which town, what, until when, and the way to the page where it is done."""

    town: Municipality
    due: Deadline


def open_work(by: Actor, known: Known) -> list[Task]:
    """Everything that waits for the office, what is late first. The number of queries does not depend on the towns."""
    found = [
        *_submissions(by),
        *_missing_votes(by, known.today),
        *_decisions(by),
        *_objections(by),
        *_certificates(known.decisions),
        *_proofs(by),
        *_reports(known.received),
        *_instalments(known),
        *_auditors(known.today),
    ]
    dated = [Task(each.town, each.due.on_day(known.today)) for each in found]
    return sorted(dated, key=lambda each: (each.due.due_on, each.town.name, each.due.label))


def _task(town: Municipality, day: date, label: str, kind: str, page: str, *args) -> Task:
    """Something that is done inside of the town."""
    return Task(town, Deadline(day, label, kind, into_town(town, page, *args), town.name))


def _own_task(town: Municipality, day: date, label: str, kind: str, page: str, *args) -> Task:
    """Something that is done on a page of this room."""
    return Task(town, Deadline(day, label, kind, of_installation(page, *args), town.name))


def _submissions(by: Actor) -> list[Task]:
    """Submissions nobody has looked at, and complete ones that no board member has got yet."""
    found = []
    for each in readable_submissions(by).filter(case=None).select_related("municipality").defer("canonical"):
        check = standing_check(each)
        day = timezone.localdate(each.submitted_at) + LOOK_WITHIN
        if check is None:
            label = _("Einreichung auf Vollständigkeit prüfen")
        elif check.complete:
            label, day = _("Begutachtung eröffnen"), timezone.localdate(check.at) + LOOK_WITHIN
        else:
            continue
        found.append(_task(each.municipality, day, label, "submission", "assessment:submission", each.pk))
    return found


def _missing_votes(by: Actor, today: date) -> list[Task]:
    """Cases whose members should have handed in their judgement by now."""
    judging = Seat.objects.filter(case=OuterRef("pk"), second=False, review=None)
    recused = Recusal.objects.filter(case=OuterRef("case"), reviewer=OuterRef("reviewer"))
    late = cases(by).filter(Exists(judging.exclude(Exists(recused))), due_on__lt=today, opinions=None)
    return [
        _task(each.municipality, each.due_on, _("An fehlende Voten erinnern"), "votes", "assessment:case", each.pk)
        for each in late
    ]


def _decisions(by: Actor) -> list[Task]:
    """Decisions of the board that the town does not know yet."""
    newer = ReviewDecision.objects.filter(case=OuterRef("case"), number__gt=OuterRef("number"))
    waiting = ReviewDecision.objects.filter(release=None, case__in=cases(by)).exclude(Exists(newer))
    return [
        _task(
            each.municipality,
            each.decided_on + LOOK_WITHIN,
            _("Entscheidung bekanntgeben"),
            "decision",
            "assessment:case",
            each.case_id,
        )
        for each in waiting.select_related("municipality").order_by("decided_on", "pk")
    ]


def _objections(by: Actor) -> list[Task]:
    """Objections for which nobody is there who did not judge the case before."""
    recused = Recusal.objects.filter(case=OuterRef("case"), reviewer=OuterRef("reviewer"))
    seconds = Seat.objects.filter(case=OuterRef("decision__case"), second=True).exclude(Exists(recused))
    waiting = Objection.objects.filter(answer=None, decision__case__in=cases(by)).exclude(Exists(seconds))
    return [
        _task(
            each.municipality,
            timezone.localdate(each.at) + LOOK_WITHIN,
            _("Zweites Mitglied für den Widerspruch einsetzen"),
            "objection",
            "assessment:case",
            each.decision.case_id,
        )
        for each in waiting.select_related("municipality", "decision").order_by("at", "pk")
    ]


def _certificates(decisions: list[ReviewDecision]) -> list[Task]:
    """Announced decisions that grant a certificate which is not issued yet and that nothing holds back."""
    found = []
    for each in decisions:
        issued = any(held(one.term, steps_of(one)) for one in each.certificates.all())
        if each.granting and not issued and not waiting_conditions(each):
            day = timezone.localdate(each.release.at) + LOOK_WITHIN
            town = each.municipality
            found.append(_task(town, day, _("Zertifikat ausstellen"), "certificate", "certification:overview"))
    return found


def _proofs(by: Actor) -> list[Task]:
    """What a town showed about a condition, and nobody has looked at it."""
    return [
        _task(
            each.municipality,
            timezone.localdate(each.at) + LOOK_WITHIN,
            _("Nachweis zu einer Auflage prüfen"),
            "condition",
            "assessment:overview",
        )
        for each in unchecked_proofs(by).select_related("municipality")
    ]


def _reports(got: list[ReportLine]) -> list[Task]:
    """Reports that were submitted and neither accepted nor returned."""
    return [
        _task(
            each.town, each.moved_on + LOOK_WITHIN, _("Jahresbericht prüfen"), "report", "reporting:received", each.key
        )
        for each in got
        if each.state == ReportStep.Kind.SUBMITTED
    ]


def _instalments(known: Known) -> list[Task]:
    """What should have been paid: one task for each contract, since the first instalment that is missing."""
    late: dict[int, list[Instalment]] = {}
    for each in known.unpaid:
        if each.due_on < known.today:
            late.setdefault(each.contract.procedure_id, []).append(each)
    return [
        _own_task(
            rows[0].contract.procedure.municipality,
            rows[0].due_on,
            ngettext("%d Rate ist nicht bezahlt", "%d Raten sind nicht bezahlt", len(rows)) % len(rows),
            "instalment",
            "association:contract",
            procedure,
        )
        for procedure, rows in late.items()
    ]


def _auditors(today: date) -> list[Task]:
    """Towns that are guided by somebody whose licence is over, or who never had one."""
    return [
        _own_task(town, since, _("%s hat keine gültige Zulassung") % person, "auditor", "association:town", town.slug)
        for person, town, since in unlicensed(today)
    ]
