"""The agreement from strategic goals to the frozen version: written, owned, accepted."""

from decimal import Decimal

from kommpass.agreement import actions
from kommpass.agreement.letters import ask_by_letter
from kommpass.agreement.models import Agreement, Measure, StrategicGoal
from kommpass.balancing import actions as balancing
from kommpass.demo.walk.town import TownOnItsWay
from kommpass.domain.targets import (
    DateTarget,
    NumberTarget,
    PercentageTarget,
    QualitativeTarget,
    RangeTarget,
    Target,
    YesNoTarget,
)
from kommpass.participation.actions import note_use
from kommpass.people.models import Organisation

PLAIN = ("title", "description", "start", "due", "funding", "references", "themes", "priority", "internal_note")


def set_strategic_goals(walk: TownOnItsWay, told: list[dict]) -> Agreement:
    """The strategic goals, each from the card on which it hung in the workshop."""
    agreement = actions.open_agreement(procedure=walk.procedure, **walk.now)
    # One procedure for the whole walk: it is the one that knows which phase is open.
    agreement.procedure = walk.procedure
    for each in told:
        goal = actions.add_strategic_goal(
            agreement=agreement, field=walk.field(each["field"]), text=each["text"], **walk.now
        )
        walk.marks[each["key"]] = goal
        for card in each.get("from", []):
            note_use(card=walk.marks[card], turned_into="strategic_goal", turned_into_id=goal.pk, **walk.now)
    walk.marks["agreement"] = agreement
    return agreement


def write_goals(walk: TownOnItsWay, told: list[dict]) -> None:
    """New goals; those that go on from the last round are there already and only get further measures."""
    agreement = walk.marks["agreement"]
    for each in told:
        if each.get("goes_on"):
            continue
        strategic = walk.marks[each["strategic"]]
        goal = actions.add_goal(
            agreement=agreement,
            field=strategic.field,
            strategic_goal=strategic,
            title=each["title"],
            description=each.get("description", ""),
            **walk.now,
        )
        walk.marks[each["key"]] = goal
        walk.originate(each.get("from", []), goal=goal)


def write_measures(walk: TownOnItsWay, told: list[dict]) -> None:
    """All measures with their steps, indicators and origins; goals must be there, since some serve several."""
    for goal in told:
        for each in goal["measure"]:
            measure = actions.add_measure(goal=walk.marks[goal["key"]], changes=_changes(walk, each), **walk.now)
            walk.marks[each["key"]] = measure
            for title, due in each.get("steps", []):
                actions.add_step(measure=measure, title=title, due=due, **walk.now)
            for indicator in each.get("indicators", []):
                _measure_by(walk, measure, indicator)
            walk.originate(each.get("from", []), measure=measure)


def _changes(walk: TownOnItsWay, told: dict) -> dict:
    """A measure as the form would hand it over."""
    scheme, owner = walk.procedure.scheme, told["responsible"]
    return {
        **{name: told[name] for name in PLAIN if name in told},
        "responsible": walk.cast.organisations[owner],
        "post": walk.cast.posts.get(owner),
        "partners": [walk.cast.organisations[name] for name in told.get("partners", [])],
        "districts": [walk.district(name) for name in told.get("districts", [])],
        "also_serves": [walk.marks[name] for name in told.get("also", [])],
        "target_groups": [str(scheme.target_group(key).title) for key in told.get("for", [])],
        "cost_once": Decimal(told["once"]) if "once" in told else None,
        "cost_yearly": Decimal(told["yearly"]) if "yearly" in told else None,
        "subject_to_budget": told.get("budget", False),
        "staff_effort": told.get("effort", ""),
    }


def _measure_by(walk: TownOnItsWay, measure: Measure, told: dict) -> None:
    actions.add_indicator(
        measure=measure,
        name=told["name"],
        target=_target(told),
        unit=told.get("unit", ""),
        baseline=told.get("baseline", ""),
        source=told.get("source", ""),
        **walk.now,
    )


def _target(told: dict) -> Target:
    """The target that an indicator names by its kind: {number = 40}, {range = [10, 14]}, {words = "…"}."""
    unit, by = told.get("unit", ""), told.get("by", "")
    match told:
        case {"number": value}:
            return NumberTarget(Decimal(str(value)), unit, by)
        case {"percentage": value}:
            return PercentageTarget(Decimal(str(value)), unit, by)
        case {"range": [low, high]}:
            return RangeTarget(Decimal(str(low)), Decimal(str(high)), unit, by)
        case {"date": day}:
            return DateTarget(day)
        case {"yesno": text}:
            return YesNoTarget(text, by)
    return QualitativeTarget(told["words"], by)


def carry_over(walk: TownOnItsWay) -> None:
    """Goals that go on come into the draft of this round; their names mean the copies from now on."""
    goals = balancing.carry_over(procedure=walk.procedure, **walk.now)
    agreement = walk.procedure.agreement
    measures = agreement.measures.exclude(predecessor=None)
    copies = {(type(each), each.predecessor_id): each for each in (*goals, *measures)}
    above = {each.text: each for each in agreement.strategic_goals.all()}
    for name, thing in walk.marks.items():
        if isinstance(thing, StrategicGoal):
            walk.marks[name] = above.get(thing.text, thing)
        elif copy := copies.get((type(thing), getattr(thing, "pk", 0))):
            walk.marks[name] = copy


def set_dates_anew(walk: TownOnItsWay, told: list[dict]) -> None:
    """What was carried over gets new dates, and what else has changed with the years."""
    for each in told:
        changes = {name: value for name, value in each.items() if name in PLAIN}
        actions.edit_measure(measure=walk.marks[each["measure"]], changes=changes, **walk.now)


def carried_are_accepted(walk: TownOnItsWay, told: list[dict]) -> None:
    """Whoever is responsible says again that they take it on."""
    for each in told:
        measure = walk.marks[each["measure"]]
        measure.refresh_from_db(fields=["acceptance", "number"])
        voice = walk.cast.voice_of(walk.key_of(measure.responsible_id))
        actions.answer_measure(measure=measure, accepted=True, note=each.get("note", ""), by=voice, at=walk.clock())


def ask_owners(walk: TownOnItsWay) -> None:
    """Everybody who is responsible for something is asked, by mail."""
    agreement = walk.marks["agreement"]
    owners = list(Organisation.objects.filter(measures__agreement=agreement).distinct())
    actions.ask_owners(agreement=agreement, organisations=owners, **walk.now)
    for owner in owners:
        ask_by_letter(owner, **walk.now)


def owners_answer(walk: TownOnItsWay, told: list[dict]) -> list[tuple[Measure, dict]]:
    """Yes from most, with a note from some; returns what was declined, with the change that would help."""
    declined = []
    for each in told:
        measure, voice = walk.marks[each["key"]], walk.cast.voice_of(each["responsible"])
        measure.refresh_from_db(fields=["acceptance", "number"])
        no = each.get("declined", "")
        actions.answer_measure(
            measure=measure, accepted=not no, note=no or each.get("accepted_note", ""), by=voice, at=walk.clock()
        )
        if no:
            declined.append((measure, each))
    return declined


def talk_again(walk: TownOnItsWay, declined: list[tuple[Measure, dict]]) -> None:
    """What was declined is changed, asked again and accepted."""
    for measure, told in declined:
        change(walk, measure, told["after_talk"], told["responsible"], note=told.get("accepted_note", ""))


def change(walk: TownOnItsWay, measure: Measure, changes: dict, owner: str, *, note: str = "") -> None:
    """Change a measure; whoever is responsible is asked again and agrees."""
    changes = {name: Decimal(value) if name.startswith("cost_") else value for name, value in changes.items()}
    actions.edit_measure(measure=measure, changes=changes, **walk.now)
    organisation = walk.cast.organisations[owner]
    actions.ask_owners(agreement=walk.marks["agreement"], organisations=[organisation], **walk.now)
    measure.refresh_from_db(fields=["acceptance"])
    actions.answer_measure(measure=measure, accepted=True, note=note, by=walk.cast.voice_of(owner), at=walk.clock())
