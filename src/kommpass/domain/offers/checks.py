"""Which sentences about an offer cannot be true. Problems stop a save; hints only ask to look again."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from dataclasses import field as field_with
from datetime import date
from decimal import Decimal, InvalidOperation
from urllib.parse import urlsplit

from kommpass.domain import schedules
from kommpass.domain.offers import vocabularies as lists
from kommpass.domain.offers.content import OfferContent
from kommpass.domain.words import _

SUMMARY_LENGTH, TITLE_LENGTH, TEXT_LENGTH = 200, 150, 20_000
MOST_ROWS = 60
OLDEST_MONTHS = 120 * 12
MAIL = re.compile(r"[^@\s<>\"]+@[^@\s<>\"]+\.[^@\s<>\"]{2,}")


@dataclass(frozen=True)
class Problem:
    """What is wrong, where: the name of the field, a German sentence, and the values that stand in it."""

    field: str
    message: str
    values: dict[str, object] = field_with(default_factory=dict)

    @property
    def sentence(self) -> str:
        return self.message.format(**self.values)


def problems(content: OfferContent) -> list[Problem]:
    """Everything that must not be stored. An empty list means that the document may be written."""
    return [problem for check in CHECKS for problem in check(content)]


def hints(content: OfferContent) -> list[Problem]:
    """What is possible but odd: ages and life phases that do not meet, a summary that says nothing."""
    found = []
    fitting = lists.phases_of_ages(content.min_months, content.max_months)
    by_age = [key for key in content.life_phases if _ages_of(key)]
    if fitting and by_age and not set(fitting) & set(by_age):
        found.append(Problem("life_phases", _("Altersspanne und Lebensphase passen nicht zueinander.")))
    if not content.contacts:
        found.append(Problem("contacts", _("Ohne Kontakt können Familien nicht nachfragen.")))
    if content.cost == "unknown":
        found.append(Problem("cost", _("Was es kostet, ist für viele Familien die erste Frage.")))
    return found


def missing_for_publishing(content: OfferContent) -> list[Problem]:
    """What an offer needs before families can find it: a short text, and a topic or a kind of facility."""
    found = []
    if not content.summary:
        found.append(Problem("summary", _("Bitte beschreiben Sie das Angebot in ein bis zwei Sätzen.")))
    if not content.topics and not content.facility:
        found.append(Problem("topics", _("Bitte wählen Sie mindestens ein Thema.")))
    return found


def _ages_of(key: str) -> bool:
    return any(word.key == key and word.months and word.months[1] for word in lists.LIFE_PHASES.words)


def _texts(content: OfferContent) -> Iterator[Problem]:
    if not content.title.strip():
        yield Problem("title", _("Bitte geben Sie dem Angebot einen Namen."))
    for name, most in (("title", TITLE_LENGTH), ("subtitle", TITLE_LENGTH), ("summary", SUMMARY_LENGTH)):
        if len(getattr(content, name)) > most:
            yield Problem(name, _("Höchstens {most} Zeichen."), {"most": most})
    for name in ("text", "registration", "documents", "cost_note", "times_typed", "times_text", "interpreting"):
        if len(getattr(content, name)) > TEXT_LENGTH:
            yield Problem(name, _("Höchstens {most} Zeichen."), {"most": TEXT_LENGTH})


def _words(content: OfferContent) -> Iterator[Problem]:
    chosen = {
        "life_phases": (lists.LIFE_PHASES, content.life_phases),
        "topics": (lists.TOPICS, content.topics),
        "target_groups": (lists.TARGET_GROUPS, content.target_groups),
        "prevention": (lists.PREVENTION, content.prevention),
        "access": (lists.ACCESS, content.access),
        "languages": (lists.LANGUAGES, content.languages),
        "formats": (lists.FORMATS, content.formats),
        "facility": (lists.FACILITIES, (content.facility,) if content.facility else ()),
        "cost": (lists.COSTS, (content.cost,)),
    }
    for name, (vocabulary, keys) in chosen.items():
        for key in vocabulary.unknown(keys):
            yield Problem(name, _("„{word}“ steht nicht in der Liste."), {"word": key[:40]})


def _ages(content: OfferContent) -> Iterator[Problem]:
    yield from _span("min_months", content.min_months, content.max_months)
    if content.capacity:
        yield from _span("capacity", content.capacity.min_months, content.capacity.max_months)


def _span(name: str, low: int | None, high: int | None) -> Iterator[Problem]:
    for value in (low, high):
        if value is not None and not 0 <= value <= OLDEST_MONTHS:
            yield Problem(name, _("Ein Alter liegt zwischen 0 und 120 Jahren."))
            return
    if low is not None and high is not None and low > high:
        yield Problem(name, _("Das Mindestalter liegt über dem Höchstalter."))


def _costs(content: OfferContent) -> Iterator[Problem]:
    amounts = []
    for each in content.costs:
        if not each.amount:
            continue
        try:
            amount = Decimal(each.amount)
        except InvalidOperation:
            yield Problem("costs", _("„{amount}“ ist kein Betrag."), {"amount": each.amount[:20]})
            continue
        if not amount.is_finite() or not 0 <= amount < 100_000 or amount != round(amount, 2):
            yield Problem("costs", _("„{amount}“ ist kein Betrag in Euro und Cent."), {"amount": each.amount[:20]})
            continue
        amounts.append(amount)
    if content.cost == "free" and any(amounts):
        yield Problem("cost", _("Das Angebot ist kostenlos, nennt aber einen Preis."))
    for each in content.costs:
        for reduced in each.reduced_by:
            if reduced not in ("card", "package"):
                yield Problem("costs", _("„{word}“ steht nicht in der Liste."), {"word": reduced[:40]})


def _capacity(content: OfferContent) -> Iterator[Problem]:
    capacity = content.capacity
    if capacity is None:
        return
    numbers = [value for value in (capacity.maximum, capacity.available) if value is not None]
    if any(not 0 <= value <= 100_000 for value in numbers):
        yield Problem("capacity", _("Plätze werden in ganzen Zahlen ab 0 gezählt."))
    elif len(numbers) == 2 and numbers[1] > numbers[0]:
        yield Problem("capacity", _("Es sind mehr Plätze frei, als es gibt."))
    if capacity.available is not None and _day(capacity.as_of) is None:
        yield Problem("capacity", _("Bitte nennen Sie den Tag, an dem die freien Plätze gezählt wurden."))


def _days(content: OfferContent) -> Iterator[Problem]:
    for name in ("runs_from", "runs_until"):
        written = getattr(content, name)
        if written and _day(written) is None:
            yield Problem(name, _("„{day}“ ist kein Tag."), {"day": written[:20]})
    first, last = _day(content.runs_from), _day(content.runs_until)
    if first and last and last < first:
        yield Problem("runs_until", _("Das Ende liegt vor dem Beginn."))
    for each in content.funding:
        if each.until and _day(each.until) is None:
            yield Problem("funding", _("„{day}“ ist kein Tag."), {"day": each.until[:20]})


def _addresses(content: OfferContent) -> Iterator[Problem]:
    for name in ("url", "registration_url"):
        written = getattr(content, name)
        if written and not _is_web_address(written):
            yield Problem(name, _("Das ist keine Internetadresse. Sie beginnt mit https:// oder http://."))
    for each in content.contacts:
        if each.email and not MAIL.fullmatch(each.email):
            yield Problem("contacts", _("„{mail}“ ist keine E-Mail-Adresse."), {"mail": each.email[:60]})
        if each.phone and sum(sign.isdigit() for sign in each.phone) < 3:
            yield Problem("contacts", _("„{phone}“ ist keine Telefonnummer."), {"phone": each.phone[:40]})


def _times(content: OfferContent) -> Iterator[Problem]:
    places = {place.location for place in content.places}
    for each in content.times:
        for problem in schedules.check(each):
            yield Problem("times", problem.message, dict(problem.values))
        if each.location and each.location not in places:
            yield Problem("times", _("Eine Zeit gehört zu einem Ort, an dem das Angebot nicht stattfindet."))


def _rows(content: OfferContent) -> Iterator[Problem]:
    for name in ("costs", "contacts", "places", "times", "funding"):
        if len(getattr(content, name)) > MOST_ROWS:
            yield Problem(name, _("Höchstens {most} Einträge."), {"most": MOST_ROWS})
    seen: set[str] = set()
    for place in content.places:
        if place.location in seen:
            yield Problem("places", _("Derselbe Ort steht zweimal da."))
        seen.add(place.location)


CHECKS: tuple[Callable[[OfferContent], Iterator[Problem]], ...] = (
    _texts,
    _words,
    _ages,
    _costs,
    _capacity,
    _days,
    _addresses,
    _times,
    _rows,
)


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _is_web_address(written: str) -> bool:
    try:
        parts = urlsplit(written)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and "." in parts.netloc and not re.search(r"[\s<>\"]", written)
