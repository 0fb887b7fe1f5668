"""Workshops with their cards, ideas with their answers, and the family definition."""

from datetime import time

from kommpass.demo.walk.town import TownOnItsWay
from kommpass.participation import actions
from kommpass.participation.models import Workshop


def hold(walk: TownOnItsWay, told: dict) -> Workshop:
    """Plan a workshop three weeks before, hold it, and write down who came and what hung on the board."""
    walk.clock.on(told["ago"] + told.get("planned_before", 3), hour=9)
    workshop = actions.plan_workshop(
        procedure=walk.procedure,
        kind=told["kind"],
        title=told["title"],
        held_on=walk.clock.day(told["ago"]),
        starts=time.fromisoformat(told["starts"]),
        until=time.fromisoformat(told["until"]),
        place=told["place"],
        agenda=told.get("agenda", ""),
        groups=list(told["people"]),
        **walk.now,
    )
    walk.clock.on(told["ago"], hour=18)
    actions.record_attendance(workshop=workshop, counts=told["people"], **walk.now)
    _pin(walk, workshop, told.get("cards", []))
    actions.write_minutes(workshop=workshop, minutes=told["minutes"], **walk.by(told.get("minutes_by", "lead")))
    return workshop


def _pin(walk: TownOnItsWay, workshop: Workshop, cards: list[dict]) -> None:
    """All cards of one kind and field at once, then the dots."""
    boards: dict[tuple[str, int], list[dict]] = {}
    for each in cards:
        boards.setdefault((each["kind"], each.get("field", 0)), []).append(each)
    votes = {}
    for (kind, number), told in boards.items():
        field = walk.field(number) if number else None
        pinned = actions.pin_cards(
            workshop=workshop, texts=[each["text"] for each in told], kind=kind, field=field, **walk.now
        )
        for card, each in zip(pinned, told, strict=True):
            votes[card.pk] = each.get("votes", 0)
            walk.marks[each.get("key", each["text"])] = card
    if any(votes.values()):
        actions.vote_cards(workshop=workshop, votes=votes, **walk.now)


def collect_ideas(walk: TownOnItsWay, ideas: list[dict]) -> None:
    """Ideas from cards and from letters."""
    for told in ideas:
        if "card" in told:
            idea = actions.turn_into_idea(card=walk.marks[told["card"]], **walk.now)
        else:
            idea = actions.write_idea(
                procedure=walk.procedure,
                text=told["text"],
                source=told["source"],
                field=walk.field(told["field"]) if "field" in told else None,
                district=walk.district(told["district"]) if "district" in told else None,
                **walk.now,
            )
        walk.marks[told["key"]] = idea


def answer_ideas(walk: TownOnItsWay, ideas: list[dict]) -> None:
    for told in ideas:
        if "state" in told:
            actions.answer_idea(
                idea=walk.marks[told["key"]],
                state=told["state"],
                reason=told.get("reason", ""),
                public=told.get("public", True),
                **walk.now,
            )


def define_family(walk: TownOnItsWay, told: list[dict]) -> None:
    """Wordings one after the other; the last one is agreed by the steering group."""
    for each in told:
        walk.clock.on(each["ago"], hour=14)
        wording = actions.propose_definition(
            procedure=walk.procedure, text=each["text"], reason=each["reason"], **walk.by(each["by"])
        )
        if "agreed_by" in each:
            actions.agree_definition(
                definition=wording, agreed_on=walk.clock.day(each["ago"]), agreed_by=each["agreed_by"], **walk.now
            )
