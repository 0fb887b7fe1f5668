"""Where the review stands, as everybody in the town may know it: never more than what was announced."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from kommpass.assessment import queries
from kommpass.assessment.models import Consensus, ReviewDecision, Submission
from kommpass.audits.models import Procedure

REPORT, SUBMISSION, CHECK, REVIEW, FACTS, DECISION, ANNOUNCED = range(7)


@dataclass(frozen=True)
class Stage:
    """One step of the review: done, current, overdue or open, perhaps with a remark."""

    label: str
    state: str
    note: str = ""


@dataclass(frozen=True)
class Standing:
    """The step that runs now; `None` is behind the last one."""

    step: int
    note: str = ""
    late: bool = False

    def stages(self) -> list[Stage]:
        return [self._stage(place, label) for place, label in enumerate(_labels())]

    def _stage(self, place: int, label: str) -> Stage:
        if place == min(self.step, ANNOUNCED) and self.note:
            return Stage(label, self._state(place), self.note)
        return Stage(label, self._state(place))

    def _state(self, place: int) -> str:
        if place < self.step:
            return "done"
        return "open" if place > self.step else "overdue" if self.late else "current"

    @property
    def before_submission(self) -> bool:
        return self.step <= SUBMISSION


def _labels() -> tuple[str, ...]:
    return (
        _("Stellungnahme"),
        _("Einreichung"),
        _("Vollständigkeit"),
        _("Begutachtung"),
        _("Sachprüfung"),
        _("Entscheidung"),
        _("Bekanntgabe"),
    )


def standing(procedure: Procedure, today: date) -> Standing:
    """The step the newest submission has reached; before the first one, what it still waits for."""
    submission = queries.submissions(procedure).first()
    if submission is None:
        version = queries.adopted_version(procedure)
        return Standing(SUBMISSION if version and queries.standing_report(version) else REPORT)
    check = queries.standing_check(submission)
    if check is None:
        return Standing(CHECK)
    if not check.complete:
        return Standing(SUBMISSION, _("unvollständig"))
    return _before_the_board(submission, today)


def _before_the_board(submission: Submission, today: date) -> Standing:
    opinion = _newest(queries.opinions_for_town(submission.procedure), submission)
    decision = _newest(queries.released(submission.procedure), submission)
    if opinion is None:
        return Standing(REVIEW)
    if decision and decision.opinion_id == opinion.pk:
        return _announced(decision)
    if not hasattr(opinion, "factual_answer"):
        day = f"{opinion.answer_by:%d.%m.%Y}"
        return Standing(FACTS, _("bis %s") % day, late=opinion.answer_by < today)
    return Standing(DECISION)


def _announced(decision: ReviewDecision) -> Standing:
    """All done; unless an objection was upheld: then the board writes a new opinion."""
    if queries.rewritable(decision):
        return Standing(REVIEW, _("neu nach dem Widerspruch"))
    return Standing(ANNOUNCED + 1, decision.get_outcome_display())


def _newest(found, submission: Submission) -> Consensus | ReviewDecision | None:
    return found.filter(case__submission=submission).order_by("-number").first()
