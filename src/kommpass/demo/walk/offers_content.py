"""The document of an offer as the data of the demo tell it: days counted from today, times in a short spelling."""

import re
from datetime import date, timedelta

from kommpass.demo.walk.town import TownOnItsWay
from kommpass.domain import schedules
from kommpass.domain.offers.ages import read_age
from kommpass.domain.offers.content import Capacity, Contact, Cost, Funding, OfferContent, Place
from kommpass.domain.schedules import DAY_CODES, OtherDay, Schedule

PLAIN = (
    "title", "subtitle", "summary", "text", "url", "facility", "registration", "registration_url", "documents", "cost",
    "cost_note", "interpreting", "times_text",
)  # fmt: skip
LISTS = {
    "phases": "life_phases",
    "topics": "topics",
    "for": "target_groups",
    "prevention": "prevention",
    "access": "access",
    "languages": "languages",
    "formats": "formats",
}
DAY = re.compile(r"(?:(?P<weekday>[A-Z]{2}))?(?P<away>[+-]\d+)")


def content(walk: TownOnItsWay, told: dict, contact: list[str], *, written_on: date) -> OfferContent:
    """The whole document of an offer. `contact` is asked where the offer names nobody of its own."""
    usual = {"languages": ["de"], "contacts": [contact]}
    return OfferContent(**fields(walk, usual | told, written_on=written_on))


def fields(walk: TownOnItsWay, told: dict, *, written_on: date) -> dict:
    """The fields of the document that the data name, as the document has them."""
    today = walk.clock.today
    found = {name: told[name] for name in PLAIN if name in told}
    found |= {name: tuple(told[short]) for short, name in LISTS.items() if short in told}
    if "ages" in told:
        found["min_months"], found["max_months"] = ages(told["ages"])
    if "at" in told:
        found["places"] = tuple(_place(walk, each) for each in told["at"])
    if "times" in told:
        found["times"] = tuple(schedule(walk, each) for each in told["times"])
        found["times_typed"] = "\n".join(schedules.describe(each) for each in found["times"])
    if "costs" in told:
        found |= {"cost": "paid", "costs": tuple(_cost(*each) for each in told["costs"])}
    if "contacts" in told:
        agreed = told.get("persons_agreed", False)
        found["contacts"] = tuple(Contact(*each, person_public=agreed) for each in told["contacts"])
    if "runs" in told:
        found["runs_from"], found["runs_until"] = (day(today, each).isoformat() for each in told["runs"])
    if "capacity" in told:
        found["capacity"] = _capacity(told["capacity"], written_on)
    if "funding" in told:
        found["funding"] = tuple(_funding(today, each) for each in told["funding"])
    return found


def day(today: date, told: str) -> date:
    """A day counted from today: "+30", or "SA+30", the first Saturday from that day on.

    >>> day(date(2026, 11, 2), "-2"), day(date(2026, 11, 2), "SA+7")
    (datetime.date(2026, 10, 31), datetime.date(2026, 11, 14))
    """
    found = DAY.fullmatch(told)
    near = today + timedelta(days=int(found["away"]))
    if not found["weekday"]:
        return near
    return near + timedelta(days=(DAY_CODES.index(found["weekday"]) - near.weekday()) % 7)


def ages(told: str) -> tuple[int | None, int | None]:
    """The first and the last month of "6 Monate bis 2 Jahre", "bis 17 Jahre" or "ab 65 Jahre".

    >>> ages("6 Monate bis 2 Jahre"), ages("bis 17 Jahre"), ages("ab 65 Jahre")
    ((6, 35), (None, 215), (780, None))
    """
    if told.startswith("ab "):
        return read_age(told.removeprefix("ab ")).first, None
    low, _until, high = told.rpartition("bis ")
    return (read_age(low).first if low else None), read_age(high).last


def schedule(walk: TownOnItsWay, told: dict) -> Schedule:
    """A row of times: `weekly`, `fortnightly`, `monthly`, `daily`, `rule`, or `on` for a single day; else as agreed."""
    today = walk.clock.today
    starts, _dash, ends = told.get("hours", "").partition("-")
    begins = told.get("on") or told.get("from")
    others = [OtherDay(day(today, each).isoformat(), off=True) for each in told.get("off", [])]
    others += [OtherDay(day(today, each).isoformat()) for each in told.get("extra", [])]
    return Schedule(
        kind=told.get("kind", "session"),
        rule=_rule(told),
        begins=day(today, begins).isoformat() if begins else "",
        until=day(today, told["until"]).isoformat() if "until" in told else "",
        starts=starts,
        ends=ends,
        public_holidays=told.get("holidays", "off"),
        school_holidays=told.get("school_holidays", "on"),
        exceptions=tuple(others),
        note=told.get("note", ""),
        location=_key(walk, told["at"]) if "at" in told else "",
    )


def _rule(told: dict) -> str:
    match told:
        case {"weekly": days}:
            return f"FREQ=WEEKLY;BYDAY={days}"
        case {"fortnightly": days}:
            return f"FREQ=WEEKLY;INTERVAL=2;BYDAY={days}"
        case {"monthly": days}:
            return f"FREQ=MONTHLY;BYDAY={days}"
        case {"daily": True}:
            return "FREQ=DAILY"
    return told.get("rule", "")


def _key(walk: TownOnItsWay, name: str) -> str:
    return str(walk.marks[f"location {name}"].key)


def _place(walk: TownOnItsWay, told: str) -> Place:
    """A house, or a house and a room: "rathaus: Zimmer 12"."""
    name, _colon, room = told.partition(": ")
    return Place(_key(walk, name), room)


def _cost(label: str, amount: str, per: str, *reduced_by: str) -> Cost:
    return Cost(label, amount, per, reduced_by)


def _capacity(told: dict, written_on: date) -> Capacity:
    """Free places are those of the day on which somebody wrote it."""
    as_of = written_on.isoformat() if "available" in told else ""
    return Capacity(told["unit"], told["maximum"], told.get("available"), as_of)


def _funding(today: date, told: dict) -> Funding:
    until = day(today, told["until"]).isoformat() if "until" in told else ""
    return Funding(told["source"], until, told.get("public", False))
