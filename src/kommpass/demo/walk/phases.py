"""What every town does in each phase from the first talk to the resolution, told by the data of its round."""

from kommpass.agreement import actions as agreement
from kommpass.agreement.models import Version
from kommpass.audits import actions as audits
from kommpass.bodies.models import Paper
from kommpass.demo.walk import agreement as drafting
from kommpass.demo.walk import bodies, contracts, participation, stocktaking
from kommpass.demo.walk.town import TownOnItsWay
from kommpass.domain.phases import Stage


def initiation(walk: TownOnItsWay) -> None:
    """The audit is talked about; the bodies of the town are entered."""
    told = walk.story("council")
    walk.go("begun")
    walk.begin()
    bodies.found_bodies(walk, told["body"])
    if "introduction" in told:
        paper = bodies.draft(walk, told["introduction"])
        bodies.advise(walk, paper, told["introduction"]["station"][0])
    walk.close("initiation")


def commitment(walk: TownOnItsWay) -> None:
    """The council resolves to take part, and the contract is signed. A later round begins here."""
    way = walk.story("way")
    walk.go("proposed")
    if "initiation" not in way["phases"]:
        walk.begin()
    resolve(walk, walk.story("council")["participation"])
    contracts.sign(walk, way["contract"])
    walk.close("commitment")


def resolve(walk: TownOnItsWay, told: dict) -> Paper:
    """A paper through all of its stations: the last one decides."""
    paper = bodies.draft(walk, told)
    *advising, last = told["station"]
    for station in advising:
        bodies.advise(walk, paper, station)
    bodies.decide(walk, paper, last)
    return paper


def kickoff(walk: TownOnItsWay) -> None:
    way = walk.story("way")
    walk.go("organised")
    audits.name_project_lead(procedure=walk.procedure, post=walk.cast.posts[way["lead"]], **walk.now)
    audits.choose_themes(procedure=walk.procedure, themes=way["themes"], **walk.now)
    for told in walk.story("workshops")["kickoff"]:
        participation.hold(walk, told)
    walk.close("kickoff")


def stocktaking_phase(walk: TownOnItsWay) -> None:
    """Questions out, answers in, some back once more; then the analysis of each field."""
    told = walk.story("answers")
    walk.go("asked")
    if walk.procedure.predecessor:
        stocktaking.begin_with_last_round(walk)
    for each in told["bundle"]:
        stocktaking.delegate(walk, each, by_mail=True)
    for each in sorted(told["bundle"], key=lambda each: -each["answered"]):
        walk.clock.on(each["answered"], hour=10)
        stocktaking.answer_and_hand_in(walk, each)
    walk.go("commented")
    for each in told.get("comment", []):
        stocktaking.comment(walk, each)
    stocktaking.ask_back(walk, told)
    walk.go("bundles_closed")
    stocktaking.close_bundles(walk, told["bundle"])
    walk.go("analysed")
    stocktaking.analyse(walk, walk.story("findings")["field"])
    walk.go("accepted")
    stocktaking.accept_analyses(walk)
    walk.close("stocktaking")


def strategy(walk: TownOnItsWay) -> None:
    """Strategic goals and what family means here; in a later round on top of what goes on from the last one."""
    workshops = walk.story("workshops")
    for told in workshops["strategy"]:
        participation.hold(walk, told)
    walk.go("strategic_goals")
    if walk.procedure.predecessor:
        drafting.carry_over(walk)
    drafting.set_strategic_goals(walk, walk.story("agreement")["strategic"])
    participation.define_family(walk, workshops["family_definition"])
    walk.close("strategy")


def participation_phase(walk: TownOnItsWay) -> None:
    told = walk.story("workshops")
    for each in told["format"]:
        participation.hold(walk, each)
    walk.go("ideas_collected")
    participation.collect_ideas(walk, told["idea"])
    walk.close("participation")


def targeting(walk: TownOnItsWay) -> None:
    """From the cards of the workshop to a frozen version that the auditor recommends."""
    told, workshops = walk.story("agreement"), walk.story("workshops")
    for each in workshops["target"]:
        participation.hold(walk, each)
    walk.go("goals_written")
    drafting.write_goals(walk, told["goal"])
    walk.go("measures_written")
    drafting.write_measures(walk, told["goal"])
    drafting.set_dates_anew(walk, told.get("carried", []))
    agreement.edit_agreement(agreement=walk.marks["agreement"], changes=told["texts"], **walk.now)
    walk.go("ideas_answered")
    participation.answer_ideas(walk, workshops["idea"])
    walk.go("owners_asked")
    drafting.ask_owners(walk)
    walk.go("owners_answered")
    declined = drafting.owners_answer(walk, [*(each for goal in told["goal"] for each in goal["measure"])])
    drafting.carried_are_accepted(walk, told.get("carried", []))
    walk.go("talked_again")
    drafting.talk_again(walk, declined)
    walk.go("frozen")
    version = agreement.freeze_version(
        agreement=walk.marks["agreement"], reason="Entwurf für die Beratung in den Gremien", **walk.now
    )
    walk.marks["version"] = version
    walk.go("recommended")
    _recommend(walk, version, walk.story("council")["recommendation"])
    walk.close("targeting")


def _recommend(walk: TownOnItsWay, version: Version, told: dict) -> None:
    agreement.recommend_version(version=version, verdict=told["verdict"], text=told["text"], **walk.by("auditor"))


def council(walk: TownOnItsWay) -> None:
    """The agreement through its chain: a committee changes it, members of the council ask, the council decides."""
    story = walk.story("council")
    told, version = story["agreement"], walk.marks["version"]
    walk.go("tabled")
    paper = bodies.draft(walk, told, subject_version=version.pk)
    agreement.table_version(version=version, paper=paper, **walk.by("office"))
    first, *advising, last = told["station"]
    bodies.advise(walk, paper, first)
    if "amended" in told:
        version = _amended(walk, paper, story)
    for station in advising:
        bodies.advise(walk, paper, station)
    walk.go("council_asks", hour=17)
    _remarks(walk, version, story.get("remark", []))
    decision = bodies.decide(walk, paper, last)
    walk.go("adopted")
    agreement.adopt_version(version=version, decision=decision, **walk.by("office"))
    walk.close("council")
    if "amendment" in story:
        walk.go("change_proposed")
        propose_a_change(walk, story["amendment"])


def _amended(walk: TownOnItsWay, paper: Paper, story: dict) -> Version:
    """What the first committee changed becomes a version of its own, with the auditor's word on it."""
    told = story["agreement"]
    walk.go("amended")
    for each in told["amended"]:
        drafting.change(walk, walk.marks[each["measure"]], each["changes"], each["owner"], note=each["note"])
    version = agreement.amend_in_council(
        agreement=walk.marks["agreement"], paper=paper, reason=told["amended_because"], **walk.by("office")
    )
    walk.go("recommended_again")
    _recommend(walk, version, story["recommendation_of_the_amended"])
    return version


def _remarks(walk: TownOnItsWay, version: Version, told: list[dict]) -> None:
    """Members of the council ask before they vote; the coordination answers, some questions later."""
    for each in told:
        remark = agreement.write_remark(version=version, about=each["about"], text=each["text"], **walk.by(each["by"]))
        if "answer" in each:
            agreement.answer_remark(remark=remark, answer=each["answer"], **walk.now)
        walk.marks[f"remark {each['about']}"] = remark


def propose_a_change(walk: TownOnItsWay, told: dict) -> None:
    """A later change of what was adopted; it waits for its approval."""
    walk.marks[f"change of {told['measure']}"] = agreement.propose_amendment(
        procedure=walk.procedure,
        kind=told["kind"],
        measure=walk.fresh(told["measure"]),
        changes=told.get("changes", {}),
        reason=told["reason"],
        **walk.by(told["by"]),
    )


UNTIL_COUNCIL = {
    Stage.INITIATION: initiation,
    Stage.COMMITMENT: commitment,
    Stage.KICKOFF: kickoff,
    Stage.STOCKTAKING: stocktaking_phase,
    Stage.STRATEGY: strategy,
    Stage.PARTICIPATION: participation_phase,
    Stage.TARGETING: targeting,
    Stage.COUNCIL: council,
}
