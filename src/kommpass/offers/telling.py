"""The fields of an offer in words: for differences, merge pages, letters and exports."""

from datetime import date
from decimal import Decimal

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from kommpass.domain import schedules
from kommpass.domain.offers import vocabularies as lists
from kommpass.domain.offers.ages import say_age, say_last_age
from kommpass.domain.offers.content import Capacity, Contact, Cost, Funding, Place
from kommpass.offers.models import Location

LISTS = {
    "formats": lists.FORMATS,
    "facility": lists.FACILITIES,
    "life_phases": lists.LIFE_PHASES,
    "topics": lists.TOPICS,
    "target_groups": lists.TARGET_GROUPS,
    "prevention": lists.PREVENTION,
    "access": lists.ACCESS,
    "cost": lists.COSTS,
    "languages": lists.LANGUAGES,
}


def told(name: str, value: object) -> str:
    """A field of an offer's document as text, one line an entry; "" where there is nothing."""
    if name in LISTS:
        keys = (value,) if isinstance(value, str) else value
        return ", ".join(label_of(LISTS[name], key) for key in keys if key)
    if name in ("min_months", "max_months"):
        return age(value, last=name == "max_months")
    if name == "places":
        return _places(value)
    if isinstance(value, tuple):
        return "\n".join(_row(each) for each in value)
    return _row(value)


def label_of(vocabulary: lists.Vocabulary, key: str) -> str:
    """The word of a list in the reader's language."""
    return _(vocabulary.labels[key]) if key in vocabulary.labels else key


def age(months: int | None, *, last: bool = False) -> str:
    """An age as families say it; `last`: the highest one that still fits."""
    if months is None:
        return ""
    said = say_last_age(months) if last else say_age(months)
    return _(said.message).format(*said.values)


def ages(low: int | None, high: int | None) -> str:
    """From one age to another; open ends are said, and no ages say nothing."""
    if high is None:
        return _("ab %s") % age(low) if low else ""
    if not low:
        return _("bis %s") % age(high, last=True)
    return _("%(low)s bis %(high)s") % {"low": age(low), "high": age(high, last=True)}


def price(cost: Cost) -> str:
    """A price in words: "Erwachsene: 5,00 € je Termin"."""
    amount = f"{number_format(Decimal(cost.amount), 2)} €" if cost.amount else _("auf Anfrage")
    what = f"{cost.label}: {amount}" if cost.label else amount
    return f"{what} {cost.per}".strip()


def _row(value: object) -> str:
    match value:
        case None | "":
            return ""
        case schedules.Schedule():
            return times(value)
        case Cost():
            return price(value)
        case Contact():
            return ", ".join(each for each in (value.function, value.person, value.phone, value.email) if each)
        case Capacity():
            return _capacity(value)
        case Funding():
            return ", ".join(each for each in (value.source, value.until) if each)
    return str(value)


def times(schedule: schedules.Schedule) -> str:
    """A time in one line, in the reader's language."""
    return schedules.describe(schedule, _)


def _capacity(value: Capacity) -> str:
    if value.available is None:
        return _("%d Plätze") % value.maximum if value.maximum is not None else ""
    return _("%(free)d von %(all)s Plätzen frei, Stand %(day)s") % {
        "free": value.available,
        "all": value.maximum if value.maximum is not None else "?",
        "day": date_format(date.fromisoformat(value.as_of), "SHORT_DATE_FORMAT") if value.as_of else "?",
    }


def _places(value: tuple[Place, ...]) -> str:
    names = {
        str(each.key): str(each) for each in Location.objects.filter(key__in=[p.location for p in value if p.location])
    }
    return "\n".join(", ".join(x for x in (names.get(each.location, ""), each.room) if x) for each in value)


def day(value: date | None) -> str:
    return date_format(value, "DATE_FORMAT") if value else ""
