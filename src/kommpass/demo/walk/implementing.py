"""Carrying out what was promised: rounds, reports, changes, questions; and at the end the balance."""

from collections.abc import Callable

from kommpass.agreement import actions as agreement
from kommpass.balancing import actions as balancing
from kommpass.demo.walk import changes, contracts, participation, reports, review, rounds
from kommpass.demo.walk.diary import Diary
from kommpass.demo.walk.phases import resolve
from kommpass.demo.walk.town import TownOnItsWay
from kommpass.participation.actions import answer_idea


def implementation(walk: TownOnItsWay) -> None:
    """Measures are carried out, year by year. A story that says no day for the end is in the middle of it."""
    told = walk.story("progress")
    live_through(walk, told)
    contracts.pay_what_is_due(walk)
    if "closed" in told:
        walk.clock.on(told["closed"])
        walk.close_now("implementation")


def live_through(walk: TownOnItsWay, told: dict, *beside: Callable[[Diary], None]) -> None:
    """Everything that happens meanwhile, in the order of the days; `beside` writes more into the diary."""
    diary = Diary(walk)
    for note in beside:
        note(diary)
    _note_late_answers(diary, told)
    for each in told["round"]:
        rounds.note_round(diary, each)
    for each in told["report"]:
        reports.note_report(diary, each)
    for each in told.get("change", []):
        changes.note_change(diary, each)
    for each in told.get("condition", []):
        diary.note(each["ago"], lambda each=each: review.show_condition(walk, each))
    rounds.note_voices(diary, told)
    diary.live()


def _note_late_answers(diary: Diary, told: dict) -> None:
    """What was asked before the resolution and could only be answered after it."""
    walk = diary.walk
    for each in told.get("late_answer", []):
        if "remark" in each:
            diary.note(each["ago"], lambda each=each: _answer_remark(walk, each))
        else:
            diary.note(each["ago"], lambda each=each: _answer_idea(walk, each))


def _answer_remark(walk: TownOnItsWay, told: dict) -> None:
    agreement.answer_remark(remark=walk.fresh(f"remark {told['remark']}"), answer=told["answer"], **walk.now)


def _answer_idea(walk: TownOnItsWay, told: dict) -> None:
    answer_idea(idea=walk.fresh(told["idea"]), state=told["state"], reason=told["answer"], public=True, **walk.now)


def balance(walk: TownOnItsWay) -> None:
    """A workshop, a decision for every goal, the council's word, and the round is over."""
    told = walk.story("balance")
    for each in told["workshop"]:
        participation.hold(walk, each)
    walk.clock.on(told["drawn"])
    opened = balancing.open_balance(procedure=walk.procedure, **walk.now)
    balancing.write_balance(balance=opened, text=told["text"], **walk.now)
    for goal, (verdict, reason) in told["goal"].items():
        balancing.decide_goal(balance=opened, goal=walk.fresh(goal), verdict=verdict, reason=reason, **walk.now)
    walk.clock.on(told["shut"])
    balancing.close_balance(balance=opened, **walk.now)
    walk.clock.on(told["proposed"])
    resolve(walk, told["continuation"])
    walk.clock.on(told["closed"])
    walk.close_now("balancing")
    walk.clock.on(told["ended"])
    balancing.end_round(procedure=walk.procedure, reason=told["reason"], **walk.now)
