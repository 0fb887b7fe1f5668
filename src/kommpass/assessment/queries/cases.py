"""Cases before the board: who sees which, who judges, who must not, and who reads whose judgement."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from kommpass.assessment.models import (
    Consensus,
    DeclaredConflict,
    Recusal,
    Review,
    ReviewCase,
    ReviewDecision,
    Seat,
)
from kommpass.domain.permissions import Actor, Role
from kommpass.people.models import Membership, User

FACTUAL_CHECK_DAYS = 14


def all_cases() -> QuerySet[ReviewCase]:
    """All cases of the town with what every page about them needs."""
    return ReviewCase.objects.select_related(
        "municipality", "submission__procedure__municipality", "submission__version", "submission__report"
    ).defer("submission__canonical", "submission__version__canonical")


def cases(by: Actor) -> QuerySet[ReviewCase]:
    """The cases this actor may see: the office all, a member those with a seat of theirs, nobody a recused one."""
    found = all_cases().exclude(Exists(Recusal.objects.filter(case=OuterRef("pk"), reviewer=by.id)))
    if by.has(Role.ASSOCIATION_OFFICE):
        return found
    if by.has(Role.REVIEW_BOARD):
        return found.filter(Exists(Seat.objects.filter(case=OuterRef("pk"), reviewer=by.id)))
    return found.none()


def locked(case: ReviewCase) -> ReviewCase:
    """The case, held until the end of the transaction: of two who judge, decide or answer at once the second waits."""
    return ReviewCase.objects.select_for_update().get(pk=case.pk)


def board() -> QuerySet[User]:
    """The members of the review board."""
    return User.objects.filter(installation_roles__role=Role.REVIEW_BOARD, is_active=True).order_by("name", "pk")


def judging_or_guiding() -> QuerySet[User]:
    """Who could have a conflict here: the members of the board, and the auditors of this town."""
    auditors = Membership.objects.filter(role=Role.AUDITOR, ended_at=None).values("user")
    found = User.objects.filter(Q(installation_roles__role=Role.REVIEW_BOARD) | Q(pk__in=auditors), is_active=True)
    return found.distinct().order_by("name", "pk")


def conflicts() -> QuerySet[DeclaredConflict]:
    """The declared conflicts of interest with this town, those that still stand first."""
    return DeclaredConflict.objects.select_related("person").order_by(
        F("ended_at").desc(nulls_first=True), "-at", "-pk"
    )


def own_conflicts(by: Actor) -> QuerySet[DeclaredConflict]:
    """The conflicts this actor may see: the office all, everybody else the own ones."""
    return conflicts() if by.has(Role.ASSOCIATION_OFFICE) else conflicts().filter(person=by.id)


def too_near(people: Iterable[int]) -> dict[int, str]:
    """Who of these must not judge this town, and why: a declared conflict, or a role in the town, now or earlier."""
    people = list(people)
    reasons = dict.fromkeys(
        Membership.objects.filter(user__in=people).values_list("user", flat=True),
        _("Hat oder hatte in dieser Kommune eine Rolle."),
    )
    declared = DeclaredConflict.objects.filter(person__in=people, ended_at=None)
    return reasons | dict(declared.values_list("person", "reason"))


def conflict_of(person_id: int) -> str:
    """Why this person must not judge this town; empty if nothing is known.

    Whoever has or had a role in the town is too near to it, except as its auditor for guiding it (see
    `conflict_of_auditor`).
    """
    return too_near([person_id]).get(person_id, "")


def conflict_of_auditor(person_id: int) -> str:
    """Why this person must not guide this town: a declared conflict, another role here, or a seat on a case."""
    if declared := DeclaredConflict.objects.filter(person=person_id, ended_at=None).first():
        return declared.reason
    if Membership.objects.filter(user=person_id).exclude(role=Role.AUDITOR).exists():
        return _("Hat oder hatte in dieser Kommune eine andere Rolle.")
    if Seat.objects.filter(reviewer=person_id).exists():
        return _("Begutachtet diese Kommune.")
    return ""


def unseatable(members: Iterable[User], case: ReviewCase | None = None) -> dict[int, str]:
    """Who of these members cannot get a seat (on this case), and why."""
    reasons = too_near(each.pk for each in members)
    if case is not None:
        reasons |= dict.fromkeys(case.seats.values_list("reviewer", flat=True), _("Hat schon einen Sitz."))
        reasons |= dict.fromkeys(case.recusals.values_list("reviewer", flat=True), _("Ist in diesem Fall befangen."))
    return reasons


def all_seats() -> QuerySet[Seat]:
    """All seats without those of recused members, each with its review or without."""
    recused = Recusal.objects.filter(case=OuterRef("case"), reviewer=OuterRef("reviewer"))
    return Seat.objects.exclude(Exists(recused)).select_related("reviewer", "review")


def seats(case: ReviewCase) -> QuerySet[Seat]:
    """The seats of a case without those of recused members."""
    return all_seats().filter(case=case)


def seat_of(case: ReviewCase, by: Actor) -> Seat | None:
    """The seat of this member, if they may judge."""
    return seats(case).filter(reviewer=by.id).first()


def running_seats(person_id: int) -> QuerySet[Seat]:
    """The seats of this person on cases of this town that are not decided yet."""
    return all_seats().filter(reviewer=person_id, case__decisions=None)


def first_seats(case: ReviewCase) -> list[Seat]:
    """The seats that judge from the beginning, each with its review or without."""
    return list(seats(case).filter(second=False))


def reviews(case: ReviewCase) -> list[Review]:
    """The judgements handed in by members who are not recused, in the order of the members."""
    return list(
        Review.objects.filter(seat__in=seats(case).filter(second=False))
        .select_related("seat__reviewer")
        .order_by("seat__reviewer__name", "pk")
    )


def all_handed_in(case: ReviewCase) -> bool:
    """Everybody who judges has handed in: now each may read the others, and the joint opinion can be written."""
    members = first_seats(case)
    return bool(members) and all(hasattr(each, "review") for each in members)


def readable_reviews(case: ReviewCase, by: Actor) -> list[Review]:
    """Independent means: until all are in, a member reads only the own judgement, and the office none."""
    found = reviews(case)
    if all_handed_in(case):
        return found
    return [each for each in found if each.seat.reviewer_id == by.id]


def still_judging(case: ReviewCase, by: Actor) -> bool:
    """Does this member judge and has not handed in? Then nothing of what others think may reach them."""
    seat = seat_of(case, by)
    return seat is not None and not seat.second and not hasattr(seat, "review")


def standing_opinion(case: ReviewCase) -> Consensus | None:
    return case.opinions.select_related("factual_answer").first()


def standing_decision(case: ReviewCase) -> ReviewDecision | None:
    """The decision that counts: the newest one."""
    return case.decisions.select_related("release", "opinion", "objection__answer").first()


def undecidable(opinion: Consensus | None, today: date) -> str:
    """Why the board cannot decide yet, in a sentence; empty when it can. Shown on the page and judged by the action."""
    if opinion is None:
        return _("Zuerst schreibt der Gutachterausschuss ein gemeinsames Gutachten.")
    if opinion.decisions.exists():
        return _("Über dieses Gutachten ist schon entschieden.")
    if not hasattr(opinion, "factual_answer") and today <= opinion.answer_by:
        day = f"{opinion.answer_by:%d.%m.%Y}"
        return _("Die Kommune kann das Gutachten noch bis zum %s sachlich prüfen.") % day
    if not all_handed_in(opinion.case):
        return _("Es fehlt noch ein Votum.")
    return ""


def rewritable(decision: ReviewDecision | None) -> bool:
    """May the board write an opinion? After a decision only because an objection to it was upheld."""
    answer = getattr(getattr(decision, "objection", None), "answer", None)
    return decision is None or bool(answer and answer.upheld)


@dataclass(frozen=True)
class CaseLine:
    """A case in a list: how many have handed in, and how far it is today."""

    case: ReviewCase
    today: date

    @property
    def judging(self) -> list[Seat]:
        return [each for each in self.case.seated if not each.second]

    @property
    def handed_in(self) -> int:
        return sum(hasattr(each, "review") for each in self.judging)

    @property
    def opinion(self) -> Consensus | None:
        return next(iter(self.case.opinions.all()), None)

    @property
    def decision(self) -> ReviewDecision | None:
        return next(iter(self.case.decisions.all()), None)

    @property
    def state(self) -> str:
        """The word for where it stands: judging, writing, checking, deciding, decided, released or objected."""
        decision, opinion = self.decision, self.opinion
        if not rewritable(decision):
            if not hasattr(decision, "release"):
                return "decided"
            return "objected" if waits_for_answer(decision) else "released"
        if not self.judging or self.handed_in < len(self.judging):
            return "judging"
        if opinion is None or (decision and opinion.pk == decision.opinion_id):
            return "writing"
        return "deciding" if hasattr(opinion, "factual_answer") or opinion.answer_by < self.today else "checking"

    def waits_for(self, by: Actor) -> bool:
        """Does the case wait for the judgement of this member?"""
        return any(each.reviewer_id == by.id and not hasattr(each, "review") for each in self.judging)


def waits_for_answer(decision: ReviewDecision) -> bool:
    """Has the town objected, and nobody answered yet?"""
    return hasattr(decision, "objection") and not hasattr(decision.objection, "answer")


def case_lines(by: Actor) -> QuerySet[ReviewCase]:
    """The cases this actor may see with what a line about each needs; see `CaseLine`."""
    return cases(by).prefetch_related(
        Prefetch("seats", all_seats(), to_attr="seated"),
        Prefetch("opinions", Consensus.objects.select_related("factual_answer")),
        Prefetch("decisions", ReviewDecision.objects.select_related("release", "objection__answer")),
    )
