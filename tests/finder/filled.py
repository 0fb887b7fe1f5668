"""Fills a town with offers in bulk, past the actions: for tests and measurements that need thousands."""

from collections.abc import Iterable, Sequence

from django.utils import timezone

from kommpass.domain.offers.content import OfferContent
from kommpass.offers.cataloguing import AT_A_TIME, catalogue
from kommpass.offers.models import Location, Offer, OfferAtLocation, Provider
from kommpass.people.models import Organisation


def providers(names: Iterable[str]) -> dict[str, Provider]:
    """A provider for each name."""
    wanted = sorted({name or "Ohne Träger" for name in names})
    Organisation.objects.bulk_create(
        Organisation(name=name[:150], kind="provider") for name in {n[:150] for n in wanted}
    )
    known = {each.name: each for each in Organisation.objects.all()}
    Provider.objects.bulk_create(
        Provider(organisation=each)
        for each in known.values()
        if not Provider.objects.filter(organisation=each).exists()
    )
    found = {each.organisation.name: each for each in Provider.objects.select_related("organisation")}
    return {name: found[name[:150]] for name in wanted}


def offers(rows: Sequence[tuple[OfferContent, Provider, Location | None]]) -> list[Offer]:
    """Published offers with these contents, indexed as always."""
    now = timezone.now()
    places = [location for _content, _provider, location in rows if location is not None]
    Location.objects.bulk_create(each for each in places if each.pk is None)
    made = Offer.objects.bulk_create(
        Offer(
            provider=provider, title=content.title, content=content.to_json(), state=Offer.State.PUBLISHED,
            made_at=now, published_at=now, changed_at=now,
        )
        for content, provider, _location in rows
    )  # fmt: skip
    OfferAtLocation.objects.bulk_create(
        OfferAtLocation(offer=offer, location=row[2])
        for offer, row in zip(made, rows, strict=True)
        if row[2] is not None
    )
    for start in range(0, len(made), AT_A_TIME):
        catalogue(made[start : start + AT_A_TIME])
    return made
