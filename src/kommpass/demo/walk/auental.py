"""Auental's way: from the first talk in the committee to the agreement that the council adopted."""

from kommpass.agreement import actions as agreement
from kommpass.audits import actions as audits
from kommpass.demo.walk import agreement as drafting
from kommpass.demo.walk import bodies, participation, stocktaking
from kommpass.demo.walk.town import TownOnItsWay
from kommpass.domain.phases import Stage
from kommpass.stocktaking import actions as answers

BEGINS = 432

PLAN = {
    "initiation": (430, 400),
    "commitment": (400, 325),
    "kickoff": (325, 290),
    "stocktaking": (300, 205),
    "strategy": (205, 178),
    "participation": (180, 125),
    "targeting": (125, 65),
    "council": (66, 20),
    "review": (20, -70),
    "award": (-75, -130),
    "implementation": (-130, -1225),
    "balancing": (-1130, -1490),
}


def initiation(walk: TownOnItsWay) -> None:
    walk.clock.on(430)
    walk.begin("Audit Familiengerechte Kommune: erster Durchgang")
    walk.plan(PLAN)
    walk.clock.on(425)
    told = walk.story("council")
    bodies.found_bodies(walk, told["body"])
    paper = bodies.draft(walk, told["introduction"])
    bodies.advise(walk, paper, told["introduction"]["station"][0])
    walk.clock.on(400)
    walk.close("initiation")


def commitment(walk: TownOnItsWay) -> None:
    told = walk.story("council")["participation"]
    walk.clock.on(396)
    paper = bodies.draft(walk, told)
    committee, council = told["station"]
    bodies.advise(walk, paper, committee)
    bodies.decide(walk, paper, council)
    walk.clock.on(330)
    audits.sign_contract(
        procedure=walk.procedure,
        signed_on=walk.clock.day(332),
        auditor_name=walk.cast.people["auditor"].name,
        **walk.now,
    )
    walk.clock.on(325)
    walk.close("commitment")


def kickoff(walk: TownOnItsWay) -> None:
    walk.clock.on(322)
    audits.name_project_lead(procedure=walk.procedure, post=walk.cast.posts["familienbuero"], **walk.now)
    audits.choose_themes(procedure=walk.procedure, themes=["inclusion", "prevention"], **walk.now)
    for told in walk.story("workshops")["kickoff"]:
        participation.hold(walk, told)
    walk.clock.on(298)
    walk.close("kickoff")


def stocktaking_phase(walk: TownOnItsWay) -> None:
    told = walk.story("answers")
    walk.clock.on(295)
    for each in told["bundle"]:
        stocktaking.delegate(walk, each, by_mail=True)
    for each in sorted(told["bundle"], key=lambda each: -each["answered"]):
        walk.clock.on(each["answered"], hour=10)
        voice = walk.cast.voice_of(each["organisation"])
        stocktaking.answer(walk, walk.marks[each["key"]], each["answers"], voice)
        stocktaking.hand_in(walk, walk.marks[each["key"]], voice)
    walk.clock.on(246)
    for each in told["comment"]:
        stocktaking.comment(walk, each)
    _ask_back(walk, told)
    walk.clock.on(234)
    for each in told["bundle"]:
        answers.close_bundle(bundle=walk.marks[each["key"]], **walk.now)
    walk.clock.on(228)
    stocktaking.analyse(walk, walk.story("findings")["field"])
    walk.clock.on(212)
    stocktaking.accept_analyses(walk)
    walk.clock.on(208)
    walk.close("stocktaking")


def _ask_back(walk: TownOnItsWay, told: dict) -> None:
    """One bundle goes back with a note, is completed and handed in again."""
    for each in told["returned"]:
        walk.clock.on(244)
        bundle = walk.marks[each["bundle"]]
        answers.return_bundle(bundle=bundle, note=each["note"], **walk.now)
        organisation = next(row["organisation"] for row in told["bundle"] if row["key"] == each["bundle"])
        voice = walk.cast.voice_of(organisation)
        walk.clock.on(239)
        stocktaking.answer(walk, bundle, each["answers"], voice)
        stocktaking.hand_in(walk, bundle, voice)
    for each in told["comment"]:
        if each.get("resolved"):
            answers.resolve_comment(comment=walk.marks[f"comment {each['question']}"], **walk.by("auditor"))


def strategy(walk: TownOnItsWay) -> None:
    workshops = walk.story("workshops")
    for told in workshops["strategy"]:
        participation.hold(walk, told)
    walk.clock.on(192)
    drafting.set_strategic_goals(walk, walk.story("agreement")["strategic"])
    participation.define_family(walk, workshops["family_definition"])
    walk.clock.on(178)
    walk.close("strategy")


def participation_phase(walk: TownOnItsWay) -> None:
    told = walk.story("workshops")
    for each in told["format"]:
        participation.hold(walk, each)
    walk.clock.on(132)
    participation.collect_ideas(walk, told["idea"])
    walk.clock.on(125)
    walk.close("participation")


def targeting(walk: TownOnItsWay) -> None:
    told, workshops = walk.story("agreement"), walk.story("workshops")
    for each in workshops["target"]:
        participation.hold(walk, each)
    walk.clock.on(110)
    drafting.write_goals(walk, told["goal"])
    walk.clock.on(104)
    drafting.write_measures(walk, told["goal"])
    agreement.edit_agreement(agreement=walk.marks["agreement"], changes=told["texts"], **walk.now)
    walk.clock.on(97)
    participation.answer_ideas(walk, workshops["idea"])
    walk.clock.on(94)
    drafting.ask_owners(walk)
    walk.clock.on(86)
    declined = drafting.owners_answer(walk, told["goal"])
    walk.clock.on(79)
    drafting.talk_again(walk, declined)
    walk.clock.on(73)
    walk.marks["version 1"] = agreement.freeze_version(
        agreement=walk.marks["agreement"], reason="Entwurf für die Beratung in den Gremien", **walk.now
    )
    walk.clock.on(69)
    _recommend(walk, "version 1", walk.story("council")["recommendation"])
    walk.clock.on(66)
    walk.close("targeting")


def _recommend(walk: TownOnItsWay, version: str, told: dict) -> None:
    agreement.recommend_version(
        version=walk.marks[version], verdict=told["verdict"], text=told["text"], **walk.by("auditor")
    )


def council(walk: TownOnItsWay) -> None:
    story = walk.story("council")
    told = story["agreement"]
    walk.clock.on(65)
    paper = bodies.draft(walk, told, subject_version=walk.marks["version 1"].pk)
    agreement.table_version(version=walk.marks["version 1"], paper=paper, **walk.by("office"))
    youth, main, council = told["station"]
    bodies.advise(walk, paper, youth)
    walk.clock.on(46)
    for each in told["amended"]:
        drafting.change(walk, walk.marks[each["measure"]], each["changes"], each["owner"], note=each["note"])
    walk.marks["version 2"] = agreement.amend_in_council(
        agreement=walk.marks["agreement"], paper=paper, reason=told["amended_because"], **walk.by("office")
    )
    walk.clock.on(44)
    _recommend(walk, "version 2", story["recommendation_of_the_amended"])
    bodies.advise(walk, paper, main)
    _remarks(walk, story["remark"])
    decision = bodies.decide(walk, paper, council)
    walk.clock.on(22)
    agreement.adopt_version(version=walk.marks["version 2"], decision=decision, **walk.by("office"))
    walk.close("council")
    walk.clock.on(6)
    _propose_a_change(walk, story["amendment"])


def _remarks(walk: TownOnItsWay, told: list[dict]) -> None:
    """Members of the council ask before they vote; the coordination answers."""
    walk.clock.on(33, hour=17)
    for each in told:
        remark = agreement.write_remark(
            version=walk.marks["version 2"], about=each["about"], text=each["text"], **walk.by(each["by"])
        )
        if "answer" in each:
            agreement.answer_remark(remark=remark, answer=each["answer"], **walk.now)


def _propose_a_change(walk: TownOnItsWay, told: dict) -> None:
    """The first later change waits for its approval: a visitor may try it."""
    agreement.propose_amendment(
        procedure=walk.procedure,
        kind=told["kind"],
        measure=walk.marks[told["measure"]],
        changes=told["changes"],
        reason=told["reason"],
        **walk.by(told["by"]),
    )


STEPS = {
    Stage.INITIATION: initiation,
    Stage.COMMITMENT: commitment,
    Stage.KICKOFF: kickoff,
    Stage.STOCKTAKING: stocktaking_phase,
    Stage.STRATEGY: strategy,
    Stage.PARTICIPATION: participation_phase,
    Stage.TARGETING: targeting,
    Stage.COUNCIL: council,
}
