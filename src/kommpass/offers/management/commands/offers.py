"""`kommpass offers import FILE --town SLUG --source NAME`: take over a list of offers, or look at it first."""

from dataclasses import replace
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone, translation

from kommpass.adapters.offer_files import FileRefused, Sheet, read
from kommpass.domain.offers.listing import (
    Recipe,
    RecipeRefused,
    guess_recipe,
    load_recipe,
)
from kommpass.domain.offers.listing.targets import BY_KEY
from kommpass.domain.offers.vocabularies import FACILITIES
from kommpass.domain.permissions import Actor, Role
from kommpass.domain.refusals import Refusal
from kommpass.municipalities.models import Municipality
from kommpass.municipalities.scope import within
from kommpass.offers.actions.importing import begin_import, carry_on, drop_list, keep_list, look_on, map_list
from kommpass.offers.models import ImportRecipe, ImportRun
from kommpass.offers.queries.importing import KeptTable, is_looked_at, recipe_of

BY = Actor(id=0, name="Systemverwaltung", roles=frozenset({Role.COORDINATOR}), via="command")
MOST_LINES = 20
COUNTED = (
    ("new", "neu"),
    ("changed", "geändert"),
    ("same", "unverändert"),
    ("ended", "hier beendet, bleiben beendet"),
    ("kept", "mit Angaben, bei denen gilt, was jemand bestätigt oder geändert hat"),
    ("gone", "nicht mehr in der Liste"),
    ("errors", "Zeilen mit Fehlern (werden nicht übernommen)"),
)


class Command(BaseCommand):
    help = "Übernimmt Angebote aus einer Liste (CSV, XLSX, JSON, GeoJSON, ICS; Shapefile, HSDS im ZIP) oder prüft sie."

    def add_arguments(self, parser):
        parser.add_argument("what", choices=["import"], help="was: import (Liste übernehmen)")
        parser.add_argument("file", help="die Datei")
        parser.add_argument("--town", required=True, help="Adresse der Kommune, zum Beispiel auental")
        parser.add_argument("--source", required=True, help="woher die Liste ist; daran wird sie wiedererkannt")
        parser.add_argument("--sheet", default="", help="Name des Blattes; sonst das mit den meisten Zeilen")
        parser.add_argument("--recipe", help="Rezeptdatei (.toml); sonst wie beim letzten Mal, sonst geraten")
        parser.add_argument("--provider", default="", help="Träger für Zeilen, die keinen nennen")
        parser.add_argument("--facility", default="", choices=["", *FACILITIES.places], help="Art der Einrichtung")
        parser.add_argument("--publish", action="store_true", help="neue Angebote gleich veröffentlichen")
        parser.add_argument("--dry-run", action="store_true", help="nur zeigen, nichts schreiben")

    def handle(self, *, town: str, **options):
        municipality = Municipality.objects.filter(slug=town).first()
        if municipality is None:
            raise CommandError(f"Eine Kommune mit der Adresse „{town}“ gibt es hier nicht.")
        with within(municipality), translation.override("de"):
            try:
                self._import(options, municipality)
            except Refusal as refused:
                raise CommandError(f"{refused.sentence} Es wurde nichts geschrieben.") from None

    def _import(self, options: dict, here: Municipality) -> None:
        path = Path(options["file"])
        sheets = _sheets(path, options["sheet"])
        self.stdout.write(f"Lese {path.name} …")
        with transaction.atomic():
            run = keep_list(source=options["source"], file_name=path.name, sheets=sheets, by=BY, at=timezone.now())
            run = map_list(run=run, recipe=_recipe(run, options, here), by=BY, at=timezone.now())
            while is_looked_at(run):
                run = look_on(run=run, by=BY, at=timezone.now())
            self._show(run)
            if options["dry_run"]:
                transaction.set_rollback(True)
                self.stdout.write("Probelauf: Es wurde nichts geschrieben.")
                return
        if not run.counts["offers"]:
            drop_list(run=run, by=BY, at=timezone.now())
            raise CommandError("In der Liste ist nichts, was sich übernehmen lässt. Es wurde nichts geschrieben.")
        self._carry_out(run)

    def _carry_out(self, run: ImportRun) -> None:
        run = begin_import(run=run, by=BY, at=timezone.now())
        while run.state == ImportRun.State.PREVIEW:
            run = carry_on(run=run, by=BY, at=timezone.now())
            self.stdout.write(f"  {run.counts['place']} von {run.counts['of']} geschrieben")
        made = run.counts["made"]
        said = ", ".join(f"{made[name]} {label}" for name, label in COUNTED if made.get(name))
        self.stdout.write(self.style.SUCCESS(f"Übernommen aus „{run.recipe.source}“: {said or 'nichts Neues'}."))
        if made.get("drafts"):
            self.stdout.write(f"{made['drafts']} neue Angebote sind Entwürfe. Veröffentlicht wird unter „Angebote“.")

    def _show(self, run: ImportRun) -> None:
        """The preview, as the page shows it."""
        table, counts = KeptTable.of(run), run.counts
        self.stdout.write(f"{counts['rows']} Zeilen gelesen, {counts['offers']} Angebote.")
        self.stdout.write("Spalten:")
        for target, columns in table.recipe.columns.items():
            self.stdout.write(f"  {', '.join(columns)} → {BY_KEY[target].label}")
        self.stdout.write(f"  wiedererkannt an: {table.recipe.key_column or 'Name und Adresse'}")
        for name, label in COUNTED:
            if counts[name]:
                self.stdout.write(f"  {counts[name]:>5} {label}")
        for note in table.notes[:MOST_LINES]:
            self.stdout.write(f"Hinweis: {_sentence(note)}")
        preview = run.table["preview"]
        for problem in preview["problems"][:MOST_LINES]:
            self.stderr.write(f"Zeile {problem['row']}: {_sentence(problem)}")
        if counts["errors"] > MOST_LINES:
            self.stderr.write(f"… und {counts['errors'] - MOST_LINES} weitere Zeilen mit Fehlern")
        for each in preview["likely"][:MOST_LINES]:
            self.stdout.write(
                f"Vielleicht doppelt: Zeile {each['row']} „{each['title']}“ und das Angebot „{each['offer_title']}“"
            )


def _sentence(kept: dict) -> str:
    return kept["message"].format(**kept["values"])


def _sheets(path: Path, name: str) -> list[Sheet]:
    try:
        sheets = read(path.read_bytes(), path.name)
    except OSError:
        raise CommandError(f"Die Datei {path} lässt sich nicht lesen.") from None
    except FileRefused as refused:
        raise CommandError(f"{refused.problem} Es wurde nichts geschrieben.") from None
    chosen = [each for each in sheets if not name or each.name == name]
    if not chosen:
        known = ", ".join(each.name for each in sheets)
        raise CommandError(f"Ein Blatt „{name}“ gibt es in der Datei nicht. Es gibt: {known}.")
    return chosen


def _recipe(run: ImportRun, options: dict, here: Municipality) -> Recipe:
    """The recipe file, else how the source was read the last time, else a guess; and what the options say."""
    table = KeptTable.of(run)
    if options["recipe"]:
        recipe = _from_file(Path(options["recipe"]))
    else:
        kept = recipe_of(ImportRecipe.objects.get(pk=run.recipe_id))
        name = f"{run.file_name} {table.name}"
        recipe = kept or guess_recipe(table.values(), name, table.key, here.name)
    said = {name: options[name] for name in ("provider", "facility", "publish") if options[name]}
    return replace(recipe, fixed=replace(recipe.fixed, **said))


def _from_file(path: Path) -> Recipe:
    try:
        return load_recipe(path.read_bytes())
    except OSError:
        raise CommandError(f"Die Datei {path} lässt sich nicht lesen.") from None
    except RecipeRefused as refused:
        raise CommandError(str(refused)) from None
