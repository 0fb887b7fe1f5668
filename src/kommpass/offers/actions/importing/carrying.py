"""Carries an import out in portions: each is one transaction, and the run remembers where it is."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.domain.offers.listing import Entry, Recipe, join
from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import NotPossible
from kommpass.offers.actions.importing.keeping import open_run
from kommpass.offers.actions.importing.pausing import without_garbage_collection
from kommpass.offers.actions.importing.writing import Portion
from kommpass.offers.actions.publishing import end_offer
from kommpass.offers.models import ImportRecipe, ImportRun, Offer, Origin
from kommpass.offers.queries.importing import KeptTable, gone_offers, is_looked_at, is_running
from kommpass.offers.queries.importing.previews import MOST_SHOWN

PORTION = 200
OUT = "out"


@transaction.atomic
def begin_import(
    *, run: ImportRun, pairs: Mapping[int, str] = {}, end: Collection[int] = (), by: Actor, at: datetime
) -> ImportRun:
    """Begin to carry out what the preview showed. Nothing is written yet: `carry_on` does it, portion by portion.

    `pairs`: the place of a new offer -> "out", or the key of the offer that it is. `end`: origins (by their keys)
    that the list no longer has and whose offers are to end.
    """
    permit(by, "offers.import")
    run = open_run(run)
    if is_running(run):
        return run
    if "preview" not in run.table:
        raise NotPossible(_("Bitte sagen Sie zuerst, was die Spalten bedeuten."))
    if is_looked_at(run):
        raise NotPossible(_("Die Vorschau ist noch nicht fertig."))
    ImportRecipe.objects.select_for_update().get(pk=run.recipe_id)
    others = ImportRun.objects.filter(recipe=run.recipe, state=ImportRun.State.PREVIEW).exclude(pk=run.pk)
    if any(is_running(each) for each in others.defer("table")):
        raise NotPossible(_("Aus dieser Quelle wird gerade schon übernommen. Bitte beenden Sie das zuerst."))
    _remember(run.recipe, KeptTable.of(run).recipe, at)
    run.table["pairs"] = {str(place): str(what) for place, what in pairs.items()}
    run.table["end"] = [int(key) for key in end]
    run.counts |= {"place": 0, "of": len(run.table["groups"]), "made": {}}
    run.notes = [*run.notes, *run.table["preview"]["problems"]][: 2 * MOST_SHOWN]
    run.save(update_fields=["table", "counts", "notes"])
    record(None, "offers.import", by=by, at=at, run=run.pk, begins=True, offers=run.counts["of"])
    return run


def _remember(kept: ImportRecipe, recipe: Recipe, at: datetime) -> None:
    """The source is read the same way the next time."""
    said = recipe.to_json()
    kept.key_column, kept.columns, kept.values, kept.fixed = said["key"], said["columns"], said["values"], said["fixed"]
    kept.used_at, kept.edition = at, kept.edition + 1
    kept.save()


@transaction.atomic
@without_garbage_collection()
def carry_on(*, run: ImportRun, by: Actor, at: datetime, most: int = PORTION) -> ImportRun:
    """Write the next portion of offers. After the last one what is gone is marked, and the run is done."""
    permit(by, "offers.import")
    run = open_run(run)
    if not is_running(run):
        raise NotPossible(_("Diese Übernahme hat noch nicht begonnen."))
    table = KeptTable.of(run)
    first, last = run.counts["place"], min(run.counts["place"] + most, run.counts["of"])
    entries = _entries(run, table, first, last)
    before = run.counts.get("moments", [])
    portion = Portion(run.recipe.source, table.recipe, by, at, [datetime.fromisoformat(each) for each in before])
    portion.write(entries, _same(run, entries))
    run.counts["moments"] = [*before, at.isoformat()]
    _count(run, portion, last)
    record(
        None, "offers.import", by=by, at=at, run=run.pk, rows=[first, last], new=portion.new, changed=portion.changed
    )
    if last == run.counts["of"]:
        _finish(run, table, by, at)
        run.save(update_fields=["table", "state"])
    run.save(update_fields=["counts", "notes"])
    return run


def _entries(run: ImportRun, table: KeptTable, first: int, last: int) -> dict[int, Entry]:
    """The entries of a portion by their places; those that people left out are not among them."""
    chosen = {place: run.table["groups"][place] for place in range(first, last)}
    return {
        place: join(table.read(rows, table.recipe)).entries[0]
        for place, rows in chosen.items()
        if run.table["pairs"].get(str(place)) != OUT
    }


def _same(run: ImportRun, entries: Collection[int]) -> dict[int, Offer]:
    """The offers that new entries are, as somebody chose. One that ended meanwhile is none."""
    chosen = {place: int(run.table["pairs"][str(place)]) for place in entries if str(place) in run.table["pairs"]}
    if not chosen:
        return {}
    rows = Offer.objects.select_for_update(of=("self",)).exclude(state=Offer.State.ENDED)
    found = rows.select_related("provider__organisation").in_bulk(list(set(chosen.values())))
    return {place: found[key] for place, key in chosen.items() if key in found}


def _count(run: ImportRun, portion: Portion, last: int) -> None:
    made = run.counts["made"]
    for name, number in portion.counts.items():
        made[name] = made.get(name, 0) + number
    run.counts["place"] = last
    run.notes = [*run.notes, *portion.notes][: 4 * MOST_SHOWN]


def _finish(run: ImportRun, table: KeptTable, by: Actor, at: datetime) -> None:
    """Mark what the list no longer has, end what people chose to end, and let go of the table."""
    gone = gone_offers(run.recipe.source, table.rows_of(table.recipe).keys())
    Origin.objects.filter(pk__in=[each.pk for each in gone if each.gone_at is None]).update(gone_at=at)
    chosen = [each for each in gone if each.pk in run.table["end"]]
    for offer in {each.offer_id: each.offer for each in chosen}.values():
        end_offer(offer=offer, by=by, at=at)
    run.counts["made"] |= {"gone": sum(each.gone_at is None for each in gone), "finished": len(chosen)}
    run.state, run.table = ImportRun.State.DONE, {}
    ImportRecipe.objects.filter(pk=run.recipe_id).update(used_at=at)
