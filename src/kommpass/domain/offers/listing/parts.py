"""Reads the parts of an offer from what the columns of a row say, and remembers what could not be read."""

from collections.abc import Mapping
from typing import Any

from kommpass.domain import opening_hours, schedules
from kommpass.domain.offers.checks import Problem
from kommpass.domain.offers.content import Capacity, Contact, Cost, Funding, Place
from kommpass.domain.offers.listing import cells, moments
from kommpass.domain.offers.listing.own_table import built, rows_in
from kommpass.domain.offers.listing.prices import read_prices
from kommpass.domain.offers.listing.recipe import Recipe
from kommpass.domain.offers.listing.words import ONE_WORD, guess_words, split_items
from kommpass.domain.schedules import Schedule
from kommpass.domain.words import _

LONGEST_PHONE, LONGEST_FUNCTION = 50, 80


class Reader:
    """Reads one row. `said` is the plain text for each target that says something."""

    def __init__(self, said: Mapping[str, str], recipe: Recipe):
        self.said, self.recipe = said, recipe
        self.hints: list[Problem] = []

    def hint(self, field: str, message: str, **values: object) -> None:
        self.hints.append(Problem(field, message, values))

    def left_out(self, field: str, text: str) -> None:
        self.hint(
            field, _("„{text}“ konnten wir nicht lesen und haben es weggelassen."), text=" ".join(text.split())[:60]
        )

    def cut(self, field: str, text: str, most: int) -> str:
        if len(text) > most:
            self.hint(field, _("Der Text wurde auf {most} Zeichen gekürzt."), most=most)
        return text[:most]

    def words(self, target: str) -> tuple[str, ...]:
        """The words of our list: as the recipe says, else as the value is commonly meant."""
        written = self.said.get(target, "")
        if not written:
            return ()
        decided = self.recipe.values.get(target, {})
        if written in decided:
            return decided[written]
        items = self._items(target, written)
        found: list[str] = []
        for item in items:
            keys = decided[item] if item in decided else guess_words(target, item)
            if not keys and item not in decided:
                self.hint(target, _("„{text}“ steht in keiner unserer Listen."), text=item[:60])
            found += keys
        return tuple(dict.fromkeys(found))

    def _items(self, target: str, written: str) -> list[str]:
        """Our own labels hold commas, and we write a semicolon between them."""
        if self.recipe.ours:
            return [item.strip() for item in written.split(";") if item.strip()]
        return written.split("\n") if target in ONE_WORD else split_items(written)

    def web_address(self, target: str) -> str:
        """The first address that is one."""
        if self.recipe.ours:
            return self.said.get(target, "")
        lines = [line for line in self.said.get(target, "").split("\n") if line]
        found = [address for line in lines if (address := cells.read_web_address(line))]
        if lines and not found:
            self.left_out(target, lines[0])
        return found[0][:300] if found else ""

    def contacts(self) -> tuple[Contact, ...]:
        """One contact with the first number and the first address; each further one is a contact of its own."""
        if "contacts" in self.said:
            return self._rows("contacts", Contact)
        phones, no_phones = cells.read_phones(self.said.get("phone", ""))
        mails, no_mails = cells.read_mails(self.said.get("email", ""))
        for text in (*no_phones, *no_mails):
            self.left_out("contacts", text)
        function = self.said.get("function", "")[:LONGEST_FUNCTION]
        pairs = [(phones[place : place + 1], mails[place : place + 1]) for place in range(max(len(phones), len(mails)))]
        made = [Contact(function, "".join(phone)[:LONGEST_PHONE], "".join(mail)) for phone, mail in pairs]
        return tuple(made) or ((Contact(function=function),) if function else ())

    def ages(self) -> dict[str, int | None]:
        """First and last month; a span in one column, or two columns, in years as people write them or in months."""
        low = high = None
        if (text := self.said.get("ages", "")) and (span := cells.read_ages(text)):
            low, high = span
        elif text:
            self.left_out("ages", text)
        low = self._month("min_age", first=True) if "min_age" in self.said else low
        high = self._month("max_age", first=False) if "max_age" in self.said else high
        low = self._number("min_months") if "min_months" in self.said else low
        high = self._number("max_months") if "max_months" in self.said else high
        return {"min_months": low, "max_months": high}

    def _month(self, target: str, *, first: bool) -> int | None:
        text = self.said[target]
        month = cells.first_month(text) if first else cells.last_month(text)
        if month is None and not cells.beyond_all_ages(text):
            self.left_out(target, text)
        return month

    def _number(self, target: str) -> int | None:
        text = self.said.get(target, "")
        number = cells.read_number(text)
        if text and number is None:
            self.left_out(target, text)
        return number

    def costs(self) -> dict[str, Any]:
        """What it costs, from a text or from our own table."""
        cost, prices, said, unread = read_prices(self.said)
        note = self.said.get("cost_note", "")
        for text in unread:
            self.left_out("costs", text)
        if "costs" in self.said:
            prices = self._rows("costs", Cost)
        return {"cost": cost, "costs": prices, "cost_note": "\n".join(each for each in (note, said) if each)}

    def times(self) -> dict[str, Any]:
        """Single dates from a begin and an end; else opening hours as somebody wrote them; else rows of our own."""
        if self.recipe.ours or self.said.get("times", "").startswith("["):
            typed, text = self.said.get("times_typed", ""), self.said.get("times_text", "")
            if text and not self.recipe.ours:
                self._stays_text(text)
            return {"times": self._rows("times", Schedule), "times_typed": typed, "times_text": text}
        written = self.said.get("times", "")
        if "begins" in self.said and (date := self._session(written)):
            return {"times": (date,), "times_typed": moments.written([date]), "times_text": ""}
        typed = "\n".join(self.said[name] for name in ("begins", "ends", "times") if name in self.said)
        if not typed:
            return {}
        reading = opening_hours.read(typed)
        found = tuple(each for each in reading.schedules if not schedules.check(each))
        unread = reading.unread if len(found) == len(reading.schedules) else typed
        if unread:
            self._stays_text(unread)
        return {"times": found if unread != typed else (), "times_typed": typed, "times_text": unread}

    def _stays_text(self, unread: str) -> None:
        self.hint("times", _("Diese Zeiten bleiben als Text stehen: „{text}“"), text=" ".join(unread.split())[:80])

    def _session(self, hours: str) -> Schedule | None:
        begins, ends = moments.read_moment(self.said["begins"]), moments.read_moment(self.said.get("ends", ""))
        if begins is None or (ends is None and "ends" in self.said):
            return None
        span = moments.read_span(hours)
        made = moments.session(begins, ends, span) if span or not hours else None
        return made if made and not schedules.check(made) else None

    def days(self) -> dict[str, str]:
        """The first and the last day on which an offer runs."""
        found = {}
        for target in ("runs_from", "runs_until"):
            if text := self.said.get(target, ""):
                moment = moments.read_moment(text)
                found[target] = moment.day.isoformat() if moment else ""
                if moment is None:
                    self.left_out(target, text)
        return found

    def capacity(self) -> Capacity | None:
        """Places in all and free ones; free ones only with the day of which they are."""
        if self.recipe.ours or "|" in self.said.get("capacity", ""):
            return next(iter(self._rows("capacity", Capacity)), None)
        most, free = self._number("capacity"), self._number("available")
        moment = moments.read_moment(self.said.get("as_of", ""))
        if free is not None and moment is None:
            self.hint("available", _("Freie Plätze ohne Tag, von dem die Zahl ist, sagen nichts und bleiben weg."))
            free = None
        if most is None and free is None:
            return None
        return Capacity(
            maximum=most, available=free, as_of=moment.day.isoformat() if moment and free is not None else ""
        )

    def funding(self) -> tuple[Funding, ...]:
        return self._rows("funding", Funding)

    def places(self) -> tuple[Place, ...]:
        """The keys of our own places, in our own table."""
        return self._rows("places", Place)

    def _rows(self, target: str, kind: Any) -> tuple[Any, ...]:
        """Rows as our own table writes them; none where the cell is something else."""
        text = self.said.get(target, "")
        try:
            rows = rows_in(kind, text)
            return tuple(Schedule.from_json(row) if kind is Schedule else built(kind, row) for row in rows)
        except (TypeError, ValueError, RecursionError):
            self.left_out(target, text)
            return ()
