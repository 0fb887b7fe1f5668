"""Hasselgrund: a small municipality without a youth office, in the middle of its first stocktaking."""

from kommpass.agreement import actions as agreement
from kommpass.audits import actions as audits
from kommpass.demo.walk import agreement as drafting
from kommpass.demo.walk import stocktaking
from kommpass.demo.walk.chapters import Chapter
from kommpass.demo.walk.offers import keep_directory
from kommpass.demo.walk.phases import commitment, initiation
from kommpass.demo.walk.phases import kickoff as organise_and_kick_off
from kommpass.demo.walk.town import TownOnItsWay
from kommpass.domain.permissions import Role
from kommpass.domain.phases import Stage
from kommpass.stocktaking import actions as answers
from kommpass.town_hall.actions import invite_person

BEGINS = 242


def kickoff(walk: TownOnItsWay) -> None:
    """Fields 5 and 6 become one, as small places do."""
    walk.go("organised")
    audits.merge_fields(
        procedure=walk.procedure,
        fields=list(walk.procedure.fields.filter(number__in=[5, 6])),
        title="Wohnen, Lebensqualität und Generationen",
        **walk.now,
    )
    organise_and_kick_off(walk)


def stocktaking_phase(walk: TownOnItsWay) -> None:
    """Half-way: bundles closed, handed in, returned, overdue, not begun; some questions are not given yet."""
    told = walk.story("answers")
    walk.go("asked")
    for each in told["bundle"]:
        stocktaking.delegate(walk, each, by_mail=each.get("by_mail", True))
    for each in sorted(told["bundle"], key=lambda each: -each["answered"]):
        if each["answers"]:
            walk.clock.on(each["answered"], hour=10)
            _answer(walk, each)
    walk.go("commented")
    for each in told["comment"]:
        stocktaking.comment(walk, each)
    for each in told["returned"]:
        answers.return_bundle(bundle=walk.marks[each["bundle"]], note=each["note"], **walk.now)
    walk.go("analysed")
    stocktaking.analyse(walk, walk.story("findings")["field"])
    _first_draft(walk)


def _answer(walk: TownOnItsWay, told: dict) -> None:
    bundle, voice = walk.marks[told["key"]], walk.cast.voice_of(told["organisation"])
    stocktaking.answer(walk, bundle, told["answers"], voice)
    if told["state"] in ("submitted", "closed", "returned"):
        stocktaking.hand_in(walk, bundle, voice)
    if told["state"] == "closed":
        answers.close_bundle(bundle=bundle, **walk.now)


def _first_draft(walk: TownOnItsWay) -> None:
    """Two measures that everybody wanted at once stand in the draft already, so that owners can be asked early."""
    told = walk.story("agreement")
    walk.go("first_draft")
    drafting.set_strategic_goals(walk, told["strategic"])
    drafting.write_goals(walk, told["goal"])
    drafting.write_measures(walk, told["goal"])
    agreement.edit_agreement(agreement=walk.marks["agreement"], changes=told["texts"], **walk.now)


def letters_of_these_days(walk: TownOnItsWay) -> None:
    """What went out just now: reminders, questions to owners and an invitation. Their links all work."""
    walk.go("letters")
    for each in walk.story("answers")["bundle"]:
        if each.get("remind"):
            answers.remind_bundle(bundle=walk.marks[each["key"]], **walk.now)
    drafting.ask_owners(walk)
    invite_person(
        email="leitung@kita-sonnenhang.example",
        name="Marlies Behrend",
        role=Role.PROVIDER,
        organisation=walk.cast.organisations["kita"],
        **walk.now,
    )
    keep_directory(walk)


CHAPTERS = (
    Chapter(
        round=1,
        ends=0,
        steps={
            Stage.INITIATION: initiation,
            Stage.COMMITMENT: commitment,
            Stage.KICKOFF: kickoff,
            Stage.STOCKTAKING: stocktaking_phase,
        },
    ),
)
