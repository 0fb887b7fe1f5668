"""Papers and their chains: planned, put on the agenda, recommended, decided."""

from kommpass.bodies import actions
from kommpass.bodies.models import Body, Consultation, Decision, Paper
from kommpass.demo.walk.town import TownOnItsWay

TEXTS = ("proposed_resolution", "facts_text", "financial", "attachments")


def found_bodies(walk: TownOnItsWay, bodies: list[dict]) -> None:
    """The bodies of the town, by the names of the data file."""
    for each in bodies:
        plain = {name: value for name, value in each.items() if name != "key"}
        walk.marks[each["key"]] = actions.add_body(procedure=walk.procedure, **plain, **walk.by("office"))


def draft(walk: TownOnItsWay, told: dict, **more) -> Paper:
    """A paper with its chain, every station planned. Meetings are given as days ago."""
    organisations = walk.cast.organisations
    paper = actions.draft_paper(
        procedure=walk.procedure,
        title=told["title"],
        purpose=told["purpose"],
        reference=told["reference"],
        lead=organisations[told["lead"]],
        contributing=[organisations[name] for name in told.get("contributing", [])],
        **{name: told.get(name, "") for name in TEXTS},
        **more,
        **walk.by("office"),
    )
    for station in told["station"]:
        actions.add_station(
            paper=paper,
            body=walk.marks[station["body"]],
            role=station["role"],
            meeting_on=walk.clock.day(station["ago"]),
            **walk.by("office"),
        )
    return paper


def station_of(paper: Paper, body: Body) -> Consultation:
    return paper.consultations.get(body=body)


def advise(walk: TownOnItsWay, paper: Paper, told: dict) -> Consultation:
    """The meeting of an advising body: on the agenda the week before, its result the day after."""
    station = _meet(walk, paper, told)
    return actions.record_result(
        station=station,
        state=told["result"],
        result_text=told.get("text", ""),
        changes_text=told.get("changes", ""),
        **_vote(told),
        **walk.by("office"),
    )


def decide(walk: TownOnItsWay, paper: Paper, told: dict) -> Decision:
    """The meeting of the body that decides; the council office registers what was decided."""
    station = _meet(walk, paper, told)
    return actions.register_decision(
        station=station,
        decided_on=station.meeting_on,
        reference=paper.reference,
        result=told["result"],
        wording=told.get("wording", ""),
        changes_text=told.get("changes", ""),
        conditions=told.get("conditions", []),
        **_vote(told),
        **walk.by("office"),
    )


def _meet(walk: TownOnItsWay, paper: Paper, told: dict) -> Consultation:
    station = station_of(paper, walk.marks[told["body"]])
    walk.clock.on(told["ago"] + 8, hour=10)
    actions.put_on_agenda(station=station, agenda_item=told.get("item", ""), **walk.by("office"))
    walk.clock.on(told["ago"] - 1, hour=11)
    return station


def _vote(told: dict) -> dict:
    yes, no, abstain = told.get("votes", [None, None, None])
    return {"manner": told.get("manner", ""), "votes_yes": yes, "votes_no": no, "votes_abstain": abstain}
