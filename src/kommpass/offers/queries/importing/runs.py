"""Imports that were begun, done or dropped, and the sources they came from."""

from collections.abc import Collection

from django.db.models import QuerySet

from kommpass.domain.offers.listing import Recipe, recipe_from_dict
from kommpass.offers.models import ImportRecipe, ImportRun, Offer, Origin
from kommpass.people.models import Organisation


def runs() -> QuerySet[ImportRun]:
    """All imports, the newest first, without their tables."""
    return ImportRun.objects.select_related("recipe").defer("table", "notes")


def is_running(run: ImportRun) -> bool:
    """Whether it has begun to write and is not done yet."""
    return run.state == ImportRun.State.PREVIEW and "place" in run.counts


def is_looked_at(run: ImportRun) -> bool:
    """Whether its look ahead has begun and is not done yet."""
    return run.state == ImportRun.State.PREVIEW and "looking" in run.counts


def sources() -> QuerySet[ImportRecipe]:
    """The sources that something was taken from."""
    return ImportRecipe.objects.exclude(used_at=None).order_by("source")


def recipe_of(kept: ImportRecipe) -> Recipe | None:
    """How this source was read the last time; None for one that was never used."""
    if kept.used_at is None:
        return None
    said = {"key": kept.key_column, "columns": kept.columns, "values": kept.values, "fixed": kept.fixed}
    return recipe_from_dict(said)


def provider_names() -> list[str]:
    """The names of all providers, for a field in which one types."""
    return list(Organisation.objects.exclude(provider=None).order_by("name").values_list("name", flat=True))


def gone_after(run: ImportRun) -> list[Origin]:
    """What would be gone after this list, as the preview found it: what somebody may want to end."""
    found = Origin.objects.filter(pk__in=run.table["preview"]["gone"]).select_related("offer__provider__organisation")
    return list(found.defer("content").order_by("offer__title", "pk"))


def gone_offers(source: str, keys: Collection[str] | None = None) -> list[Origin]:
    """What the list no longer has and is not ended: of earlier times, and with `keys` what is missing among them."""
    found = Origin.objects.filter(source=source).exclude(offer__state=Offer.State.ENDED)
    rows = found.order_by("offer__title", "pk").values_list("pk", "external", "gone_at")
    gone = [key for key, external, at in rows if (external not in keys if keys is not None else at is not None)]
    origins = found.select_related("offer__provider__organisation").defer("content").in_bulk(gone)
    return [origins[key] for key in gone if key in origins]
