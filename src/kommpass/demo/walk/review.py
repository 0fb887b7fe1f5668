"""From the resolution to the certificate: submission, judgements, decision, conditions, and the day of the award."""

from kommpass.assessment import actions as assessment
from kommpass.assessment.models import Condition, ReviewCase, ReviewDecision, Submission
from kommpass.association import actions as association
from kommpass.certification import actions as certification
from kommpass.demo.walk import contracts
from kommpass.demo.walk.town import TownOnItsWay
from kommpass.domain.moments import PartialDate


def review(walk: TownOnItsWay) -> None:
    """Submitted, judged by each member alone, agreed, its facts checked, decided, announced."""
    told = walk.story("review")
    contracts.pay_what_is_due(walk)
    case = lay_before_the_board(walk, told)
    hand_in_reviews(walk, case, told["review"])
    for each in told["opinion"]:
        _agree(walk, case, each)
    _decide(walk, case, told["decision"])
    for each in told.get("condition", []):
        show_condition(walk, each)
    walk.clock.on(told["closed"])
    walk.close_now("review")


def lay_before_the_board(walk: TownOnItsWay, told: dict) -> ReviewCase:
    """The auditor's word, the submission, the check of the office, and who judges."""
    submission = _submit(walk, told)
    walk.clock.on(told["case"]["ago"])
    people = walk.cast.people
    case = assessment.open_case(
        submission=submission,
        members=[people[name] for name in told["case"]["members"]],
        due_on=walk.clock.day(told["case"]["due"]),
        **walk.by("association"),
    )
    for each in told.get("recusal", []):
        walk.clock.on(each["ago"])
        assessment.recuse(case=case, reviewer=people[each["member"]], reason=each["reason"], **walk.by(each["member"]))
        assessment.seat_members(case=case, members=[people[each["replaced_by"]]], **walk.by("association"))
    return case


def _submit(walk: TownOnItsWay, told: dict) -> Submission:
    word = told["auditor"]
    walk.clock.on(word["ago"])
    assessment.write_auditor_report(
        procedure=walk.procedure,
        judgements=judgements(walk, word),
        verdict=word["verdict"],
        text=word["text"],
        **walk.by("auditor"),
    )
    walk.clock.on(told["submission"]["ago"])
    submission = assessment.submit(procedure=walk.procedure, letter=told["submission"]["letter"], **walk.now)
    walk.clock.on(told["check"]["ago"])
    assessment.check_submission(
        submission=submission, complete=True, note=told["check"].get("note", ""), **walk.by("association")
    )
    return submission


def judgements(walk: TownOnItsWay, told: dict) -> dict[str, dict[str, str]]:
    """Every criterion is fulfilled, except those named under `but`: each with its answer and the reason."""
    exceptions = told.get("but", {})
    found = {}
    for each in walk.procedure.scheme.rubric.criteria:
        answer, reason = exceptions.get(each.key, ("fulfilled", ""))
        found[each.key] = {"answer": answer, "reason": reason}
    return found


def hand_in_reviews(walk: TownOnItsWay, case: ReviewCase, told: list[dict]) -> None:
    """Each member judges alone; what is told as a draft stays in the drawer."""
    for each in sorted(told, key=lambda each: -each["ago"]):
        walk.clock.on(each["ago"], hour=18)
        act = assessment.save_review_draft if each.get("draft") else assessment.hand_in_review
        act(
            case=case,
            judgements=judgements(walk, each),
            verdict=each["verdict"],
            text=each["text"],
            **walk.by(each["member"]),
        )


def _agree(walk: TownOnItsWay, case: ReviewCase, told: dict) -> None:
    """The joint opinion, and what the town says to its facts."""
    walk.clock.on(told["ago"])
    conditions = [{**each, "due_on": walk.clock.day(each["due"])} for each in told.get("condition", [])]
    opinion = assessment.write_opinion(
        case=case,
        judgements=judgements(walk, told),
        verdict=told["verdict"],
        text=told["text"],
        conditions=conditions,
        answer_by=walk.clock.day(told["answer_by"]),
        **walk.by(told["by"]),
    )
    walk.clock.on(told["answered"])
    assessment.answer_opinion(opinion=opinion, corrections=told.get("corrections", ""), **walk.now)


def _decide(walk: TownOnItsWay, case: ReviewCase, told: dict) -> ReviewDecision:
    """The board meets, decides, and the office announces it a little later."""
    walk.clock.on(told["invited"])
    meeting = association.plan_board_meeting(
        held_on=walk.clock.day(told["ago"]), place=told["place"], **walk.by("association")
    )
    association.set_agenda(meeting=meeting, cases=[case], **walk.by("association"))
    decided_on = walk.clock.on(told["ago"], hour=15)
    decision = assessment.decide(case=case, decided_on=decided_on, text=told["text"], **walk.by(told["by"]))
    walk.clock.on(told["released"])
    assessment.release_decision(decision=decision, **walk.by("association"))
    return decision


def show_condition(walk: TownOnItsWay, told: dict) -> None:
    """The town shows how it met a condition; the office looks at it, unless that is still to come."""
    walk.clock.on(told["ago"])
    condition = Condition.objects.get(decision__case__submission__procedure=walk.procedure, number=told["number"])
    report = assessment.report_condition(condition=condition, text=told["text"], **walk.now)
    if "checked" in told:
        walk.clock.on(told["checked"])
        assessment.check_condition(
            report=report, met=told.get("met", True), note=told.get("note", ""), **walk.by("association")
        )


def award(walk: TownOnItsWay) -> None:
    """A ceremony with other towns; the certificate holds as long as the award says, to the month."""
    told = walk.story("review")["award"]
    walk.clock.on(told["planned"])
    ceremony = association.plan_ceremony(
        title=told["title"], held_on=walk.clock.day(told["ago"]), place=told["place"], **walk.by("association")
    )
    awarded_on = walk.clock.on(told["ago"], hour=16)
    certificate = certification.issue_certificate(
        procedure=walk.procedure,
        awarded_on=awarded_on,
        valid_from=awarded_on.isoformat(),
        valid_until=month_of(PartialDate.of(awarded_on), told["months"] + 1).text,
        **walk.by("association"),
    )
    certification.sign_certificate(certificate=certificate, **walk.by("association"))
    association.invite_to_ceremony(
        ceremony=ceremony, certificate=certificate, people=told["people"], **walk.by("association")
    )
    walk.marks["certificate"] = certificate
    walk.close_now("award")


def month_of(begins: PartialDate, number: int) -> PartialDate:
    """The so-many-th month of a term; the one in which it begins is the first.

    >>> month_of(PartialDate(2023, 11, 14), 1).text, month_of(PartialDate(2023, 11, 14), 14).text
    ('2023-11', '2024-12')
    """
    place = begins.year * 12 + begins.month - 1 + number - 1
    return PartialDate(place // 12, place % 12 + 1)
