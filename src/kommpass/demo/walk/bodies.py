"""Papers and their chains: planned, put on the agenda, recommended, decided."""

from kommpass.bodies import actions
from kommpass.bodies.models import Body, Consultation, Decision, Paper
from kommpass.demo.walk.town import TownOnItsWay

TEXTS = ("proposed_resolution", "facts_text", "financial", "attachments")
DAYS_BEFORE = 8


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
    _meet(walk, paper, told)
    return note_result(walk, paper, told)


def decide(walk: TownOnItsWay, paper: Paper, told: dict) -> Decision:
    """The meeting of the body that decides, in the same way."""
    _meet(walk, paper, told)
    return note_decision(walk, paper, told)


def _meet(walk: TownOnItsWay, paper: Paper, told: dict) -> None:
    walk.clock.on(told["ago"] + DAYS_BEFORE, hour=10)
    put_on_agenda(walk, paper, told)
    walk.clock.on(told["ago"] - 1, hour=11)


def put_on_agenda(walk: TownOnItsWay, paper: Paper, told: dict) -> None:
    station = station_of(paper, walk.marks[told["body"]])
    actions.put_on_agenda(station=station, agenda_item=told.get("item", ""), **walk.by("office"))


def note_result(walk: TownOnItsWay, paper: Paper, told: dict) -> Consultation:
    """What an advising body said."""
    return actions.record_result(
        station=station_of(paper, walk.marks[told["body"]]),
        state=told["result"],
        result_text=told.get("text", ""),
        changes_text=told.get("changes", ""),
        **_vote(told),
        **walk.by("office"),
    )


def note_decision(walk: TownOnItsWay, paper: Paper, told: dict) -> Decision:
    """The council office registers what was decided."""
    station = station_of(paper, walk.marks[told["body"]])
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


def _vote(told: dict) -> dict:
    yes, no, abstain = told.get("votes", [None, None, None])
    return {"manner": told.get("manner", ""), "votes_yes": yes, "votes_no": no, "votes_abstain": abstain}
