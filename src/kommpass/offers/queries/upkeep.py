"""Who is to be asked about which offers, and where nobody answers: for the letters and for the family office."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from kommpass.domain.offers.verification import ASKED_BEFORE, Standing, Step
from kommpass.offers.cataloguing import days, ends
from kommpass.offers.models import AskedOffer, IndexCard, Offer, Provider
from kommpass.offers.queries.lists import standings
from kommpass.people.models import ContributionLink
from kommpass.people.queries import post_address

WRITTEN_TO = (Step.ASK, Step.REMIND, Step.REMIND_AGAIN)


@dataclass(frozen=True)
class Owed:
    """An offer that somebody should look at, and how it stands."""

    offer: Offer
    standing: Standing


@dataclass(frozen=True)
class Owing:
    """A provider with everything that is due, how to reach them, and whether a new letter is due."""

    provider: Provider
    owed: tuple[Owed, ...]
    email: str
    letter_due: bool
    undelivered: bool
    asked_at: datetime | None

    @property
    def to_call(self) -> tuple[Owed, ...]:
        """What no letter helped with: the family office picks up the telephone."""
        silent = self.undelivered or not self.email
        return tuple(each for each in self.owed if silent or (each.standing.step == Step.CALL and not self.letter_due))


def owing(today: date, provider: Provider | None = None) -> list[Owing]:
    """The providers who owe a confirmation, the latest first. Six queries, and one for each without a mailbox."""
    found = list(_due(today, provider))
    at = standings(found, today)
    owed: dict[int, list[Owed]] = {}
    for offer in found:
        if at[offer.pk].step != Step.NOTHING:
            owed.setdefault(offer.provider_id, []).append(Owed(offer, at[offer.pk]))
    asked = _asked([each.offer.pk for rows in owed.values() for each in rows])
    links = _links()
    made = [_owing(rows, asked, links) for rows in owed.values()]
    return sorted(made, key=lambda each: (each.owed[0].standing.due_on, str(each.provider)))


def _due(today: date, provider: Provider | None) -> QuerySet[Offer]:
    """The published offers whose card says that they are due soon or since long."""
    cards = IndexCard.objects.filter(due_day__lte=days(today + ASKED_BEFORE))
    offers = Offer.objects.filter(pk__in=cards.values("offer")).select_related("provider__organisation")
    return offers.filter(provider=provider) if provider else offers


def _asked(keys: list[int]) -> dict[int, set[tuple[str, date]]]:
    rows = AskedOffer.objects.filter(offer__in=keys).values_list("offer", "step", "due_on")
    asked: dict[int, set[tuple[str, date]]] = {}
    for offer, step, due_on in rows:
        asked.setdefault(offer, set()).add((step, due_on))
    return asked


def _links() -> dict[int, ContributionLink]:
    """The newest link that went to each organisation for its offers."""
    rows = ContributionLink.objects.filter(purpose=ContributionLink.Purpose.OFFERS).order_by("issued_at", "pk")
    return {each.organisation_id: each for each in rows}


def _owing(rows: list[Owed], asked: dict[int, set[tuple[str, date]]], links: dict[int, ContributionLink]) -> Owing:
    provider = rows[0].offer.provider
    link = links.get(provider.organisation_id)
    rows.sort(key=lambda each: (each.standing.due_on, each.offer.title))
    return Owing(
        provider=provider,
        owed=tuple(rows),
        email=post_address(provider.organisation),
        letter_due=any(_letter_due(each, asked.get(each.offer.pk, set())) for each in rows),
        undelivered=bool(link and link.undelivered),
        asked_at=link.issued_at if link else None,
    )


def _letter_due(owed: Owed, asked: set[tuple[str, date]]) -> bool:
    """Each step is written once. Who was never asked about this deadline is asked first, however late it is."""
    step, due_on = owed.standing.step, owed.standing.due_on
    return (step in WRITTEN_TO and (step, due_on) not in asked) or all(day != due_on for _step, day in asked)


def of_link(link: ContributionLink) -> QuerySet[Offer]:
    """The offers somebody may confirm through a link: all that families can read of this provider."""
    return (
        Offer.objects.filter(provider__organisation=link.organisation, state__in=Offer.PUBLIC)
        .select_related("provider__organisation")
        .order_by("title", "pk")
    )


def near_their_end(today: date, within: timedelta = timedelta(days=182)) -> list[tuple[Offer, str, date]]:
    """Published offers whose money, or which themselves, come to an end within half a year. One query."""
    near = {"card__ends_day__gte": days(today), "card__ends_day__lte": days(today + within)}
    found = Offer.objects.filter(**near).select_related("provider__organisation")
    rows = [
        (offer, source, day)
        for offer in found
        for source, day in ends(offer.document)
        if today <= day <= today + within
    ]
    return sorted(rows, key=lambda row: (row[2], row[0].title))
