"""Who judges a case, and who must not. There is no way around a recusal."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kommpass.assessment import queries
from kommpass.assessment.models import DeclaredConflict, Recusal, ReviewCase, Seat, Submission
from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.domain.permissions import Actor, Role
from kommpass.domain.refusals import NotAllowed, NotPossible
from kommpass.people.models import InstallationRole, User


@transaction.atomic
def open_case(
    *, submission: Submission, members: Iterable[User], due_on: date | None = None, by: Actor, at: datetime
) -> ReviewCase:
    """Lay a complete submission before members of the board. Each of them judges it alone first."""
    permit(by, "case.open", submission.procedure)
    Submission.objects.select_for_update().get(pk=submission.pk)
    check = queries.standing_check(submission)
    if check is None or not check.complete:
        raise NotPossible(_("Bitte stellen Sie zuerst fest, dass die Unterlagen vollständig sind."))
    if ReviewCase.objects.filter(submission=submission).exists():
        raise NotPossible(_("Zu dieser Einreichung läuft schon die Begutachtung."))
    case = ReviewCase.objects.create(submission=submission, due_on=due_on, opened_at=at, opened_by=by.name)
    names = _seat(case, members, second=False, at=at)
    record(submission.procedure, "case.open", by=by, at=at, submission=submission.number, members=names, due_on=due_on)
    return case


@transaction.atomic
def seat_members(
    *, case: ReviewCase, members: Iterable[User], second: bool = False, by: Actor, at: datetime
) -> list[str]:
    """Give further members a seat; `second` for those who answer an objection."""
    permit(by, "case.open", case.procedure)
    queries.locked(case)
    decided = queries.standing_decision(case)
    if second and not (decided and queries.waits_for_answer(decided)):
        raise NotPossible(_("Es liegt kein Widerspruch vor, über den noch zu entscheiden ist."))
    if not second and not queries.rewritable(decided):
        raise NotPossible(_("Über diesen Fall ist schon entschieden."))
    names = _seat(case, members, second=second, at=at)
    record(case.procedure, "case.open", by=by, at=at, submission=case.submission.number, members=names, second=second)
    return names


def _seat(case: ReviewCase, members: Iterable[User], *, second: bool, at: datetime) -> list[str]:
    chosen = list(members)
    if not chosen:
        raise NotPossible(_("Bitte wählen Sie mindestens ein Mitglied des Gutachterausschusses."))
    _hold(chosen)
    board = set(InstallationRole.objects.filter(role=Role.REVIEW_BOARD).values_list("user", flat=True))
    for member in chosen:
        if member.pk not in board or not member.is_active:
            raise NotPossible(_("%s gehört nicht zum Gutachterausschuss.") % member)
        if case.recusals.filter(reviewer=member).exists():
            raise NotPossible(_("%s ist in diesem Fall befangen.") % member)
        if reason := queries.conflict_of(member.pk):
            raise NotPossible(
                _("%(name)s kann diese Kommune nicht begutachten: %(reason)s") % {"name": member, "reason": reason}
            )
        if case.seats.filter(reviewer=member).exists():
            raise NotPossible(_("%s hat schon einen Sitz in diesem Fall.") % member)
        Seat.objects.create(case=case, reviewer=member, second=second, assigned_at=at)
    return sorted(member.name for member in chosen)


def _hold(people: list[User]) -> None:
    """So that nobody gets a seat here while somebody else declares their conflict."""
    list(User.objects.select_for_update().filter(pk__in=[each.pk for each in people]).order_by("pk"))


@transaction.atomic
def recuse(*, case: ReviewCase, reviewer: User, reason: str, by: Actor, at: datetime) -> Recusal:
    """A member is recused: by themselves or by the office. From now on the case does not exist for them."""
    permit(by, "case.recuse", case.procedure)
    queries.locked(case)
    if not by.has(Role.ASSOCIATION_OFFICE) and reviewer.pk != by.id:
        raise NotAllowed(_("Befangen erklären können Sie nur sich selbst."))
    if not reason.strip():
        raise NotPossible(_("Bitte nennen Sie den Grund der Befangenheit."))
    if case.recusals.filter(reviewer=reviewer).exists():
        raise NotPossible(_("Diese Befangenheit ist schon eingetragen."))
    decided = queries.standing_decision(case)
    if decided and reviewer.name in decided.members:
        raise NotPossible(_("Dieses Mitglied hat schon mit entschieden. Bitte klären Sie das mit dem Vorstand."))
    recusal = Recusal.objects.create(
        case=case, reviewer=reviewer, reason=reason.strip(), by_id=by.id, by_name=by.name, at=at
    )
    record(case.procedure, "case.recuse", by=by, at=at, submission=case.submission.number, member=reviewer.name)
    return recusal


@transaction.atomic
def declare_conflict(*, person: User, reason: str, by: Actor, at: datetime) -> DeclaredConflict:
    """Somebody is too near to this town: no seat, no mandate, as long as it stands."""
    permit(by, "conflict.declare")
    _hold([person])
    if not by.has(Role.ASSOCIATION_OFFICE) and person.pk != by.id:
        raise NotAllowed(_("Einen Interessenkonflikt können Sie nur für sich selbst eintragen."))
    if not reason.strip():
        raise NotPossible(_("Bitte nennen Sie den Grund."))
    if DeclaredConflict.objects.filter(person=person, ended_at=None).exists():
        raise NotPossible(_("Für diese Person ist schon ein Interessenkonflikt eingetragen."))
    if queries.running_seats(person.pk).exists():
        raise NotPossible(
            _("%s sitzt hier in einer laufenden Begutachtung. Bitte tragen Sie dort zuerst die Befangenheit ein.")
            % person
        )
    conflict = DeclaredConflict.objects.create(person=person, reason=reason.strip(), by_name=by.name, at=at)
    record(None, "conflict.declare", by=by, at=at, person=person.name)
    return conflict


@transaction.atomic
def end_conflict(*, conflict: DeclaredConflict, by: Actor, at: datetime) -> DeclaredConflict:
    """The office notes that a conflict is over. Cases somebody was recused from stay closed to them."""
    permit(by, "conflict.declare")
    if not by.has(Role.ASSOCIATION_OFFICE):
        raise NotAllowed(_("Dass ein Interessenkonflikt nicht mehr besteht, stellt die Geschäftsstelle fest."))
    conflict.ended_at = at
    conflict.save(update_fields=["ended_at"])
    record(None, "conflict.declare", by=by, at=at, person=conflict.person.name, ended=True)
    return conflict
