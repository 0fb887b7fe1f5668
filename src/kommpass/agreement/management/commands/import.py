"""`kommpass import agreement FILE --town SLUG`: bring in a plan file, look at it first, or take it back."""

from datetime import datetime
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from kommpass.adapters.plan_files import COLUMN_LABELS, MappingRefused, load_mapping
from kommpass.agreement.actions import open_agreement
from kommpass.agreement.actions.importing import already_there, import_plan
from kommpass.agreement.actions.undoing import undo_import
from kommpass.agreement.models import Agreement, ImportRun
from kommpass.agreement.preview import NEW, Choices, Preview, dry_run, title_key, written_key
from kommpass.agreement.queries import agreement_of
from kommpass.audits.queries import current
from kommpass.domain.moments import DateRefused, PartialDate
from kommpass.domain.permissions import Actor, Role
from kommpass.domain.refusals import Refusal
from kommpass.municipalities.models import Municipality
from kommpass.municipalities.scope import within
from kommpass.people.models import Organisation

FIRST_ROWS = 10
BY = Actor(id=0, name="Systemverwaltung", roles=frozenset({Role.COORDINATOR}), via="command")
COUNTED = (
    ("fields", "Handlungsfelder"),
    ("strategic_goals", "strategische Ziele"),
    ("goals", "Ziele"),
    ("collecting_goals", "Ziele, die wir für Maßnahmen ohne Ziel anlegen"),
    ("measures", "Maßnahmen"),
    ("steps", "Schritte"),
    ("descriptions", "Beschreibungen aus eigenen Zeilen"),
    ("statuses", "Sachstände"),
)


class Command(BaseCommand):
    help = "Übernimmt Ziele und Maßnahmen aus einer Datei (CSV, XLSX, LocalZero-JSON), prüft sie oder nimmt sie zurück."

    def add_arguments(self, parser):
        parser.add_argument("what", choices=["agreement"], help="wohin: agreement (Zielvereinbarung)")
        parser.add_argument("file", nargs="?", help="die Datei")
        parser.add_argument("--town", required=True, help="Adresse der Kommune, zum Beispiel auental")
        parser.add_argument("--mapping", help="Zuordnungsdatei (.toml oder .json); ohne sie wird geraten")
        parser.add_argument("--city", default="", help="Stadt einer LocalZero-Datei oder Blatt einer Arbeitsmappe")
        parser.add_argument(
            "--field",
            action="append",
            default=[],
            metavar="TITEL=NUMMER",
            help="Feld der Datei und unser Handlungsfeld, mehrfach möglich; „neu“ legt ein neues an",
        )
        parser.add_argument(
            "--create-fields", action="store_true", help="unbekannte Felder als neue Handlungsfelder anlegen"
        )
        parser.add_argument(
            "--create-organisations", action="store_true", help="unbekannte Zuständige als Organisationen anlegen"
        )
        parser.add_argument(
            "--responsible", default="", help="Zuständig, wo die Datei niemanden nennt (Name oder Kurzzeichen)"
        )
        parser.add_argument("--due", default="", help="Frist, wo die Datei keine nennt, zum Beispiel 2030")
        parser.add_argument("--dry-run", action="store_true", help="nur zeigen, nichts schreiben")
        parser.add_argument("--undo", type=int, metavar="NUMMER", help="eine Übernahme zurücknehmen")

    def handle(self, *, town: str, **options):
        municipality = Municipality.objects.filter(slug=town).first()
        if municipality is None:
            raise CommandError(f"Eine Kommune mit der Adresse „{town}“ gibt es hier nicht.")
        if (options["file"] is None) == (options["undo"] is None):
            raise CommandError("Bitte nennen Sie eine Datei, oder mit --undo die Nummer einer Übernahme.")
        with within(municipality):
            try:
                if options["undo"] is not None:
                    self._undo(options["undo"])
                else:
                    with transaction.atomic():
                        self._import(options, municipality)
            except Refusal as refused:
                raise CommandError(f"{refused.sentence} Es wurde nichts geschrieben.") from None

    def _import(self, options: dict, here: Municipality) -> None:
        now = timezone.now()
        agreement = _agreement(now)
        path = Path(options["file"])
        self.stdout.write(f"Lese {path.name} …")
        choices = _choices(agreement, options)
        preview = dry_run(
            agreement=agreement,
            file_name=path.name,
            content=_content(path),
            choices=choices,
            today=timezone.localdate(now),
        )
        self._show(preview)
        if not preview.importable:
            raise CommandError("Es wurde nichts geschrieben. " + _what_to_do(preview))
        if options["dry_run"]:
            # Not even the empty draft that the look itself may have begun.
            transaction.set_rollback(True)
            self.stdout.write("Probelauf: Es wurde nichts geschrieben.")
            return
        self.stdout.write("Schreibe …")
        run = import_plan(preview=preview, by=BY, at=now)
        count = run.counts["measures"]
        measures = "1 Maßnahme" if count == 1 else f"{count} Maßnahmen"
        self.stdout.write(self.style.SUCCESS(f"Übernommen: {measures} (Übernahme Nummer {run.pk})."))
        self.stdout.write(f"Zurücknehmen: kommpass import agreement --undo {run.pk} --town {here.slug}")

    def _undo(self, number: int) -> None:
        run = ImportRun.objects.select_related("agreement__procedure").filter(pk=number).first()
        if run is None:
            raise CommandError(f"Eine Übernahme mit der Nummer {number} gibt es in dieser Kommune nicht.")
        undo_import(run=run, by=BY, at=timezone.now())
        self.stdout.write(self.style.SUCCESS(f"Die Übernahme von „{run.file_name}“ ist zurückgenommen."))

    def _show(self, preview: Preview) -> None:
        """The preview, as the page shows it."""
        counts = preview.counts
        self.stdout.write(f"{counts['lines']} Zeilen gelesen.")
        for name, label in COUNTED:
            if counts[name]:
                self.stdout.write(f"  {counts[name]:>5} {label}")
        if preview.plan.headers:
            self.stdout.write("Spalten:")
            meant = {header: name for name, header in preview.plan.mapping_used.columns.items()}
            for header in preview.plan.headers:
                label = COLUMN_LABELS.get(meant.get(header, ""), "weitere Angabe (bleibt erhalten)")
                self.stdout.write(f"  {header} → {label}")
        self._show_fields(preview)
        for each in preview.unmatched:
            becomes = "wird als Organisation angelegt" if each.to_be_made else "bleibt als Text bei der Maßnahme"
            self.stdout.write(f"  Zuständig „{' '.join(each.text.split())[:60]}“ ({each.measures}) {becomes}")
        for row in preview.plan.rows[:FIRST_ROWS]:
            self.stdout.write(f"  {row.where}: {written_key(row)} {row.title[:70]}")
        if len(preview.plan.rows) > FIRST_ROWS:
            self.stdout.write(f"  … und {len(preview.plan.rows) - FIRST_ROWS} weitere")
        for problem in preview.warnings:
            self.stdout.write(f"Hinweis: {problem}")
        for problem in preview.errors:
            self.stderr.write(f"Fehler: {problem}")

    def _show_fields(self, preview: Preview) -> None:
        if preview.fields:
            self.stdout.write("Handlungsfelder:")
        for each in preview.fields:
            open_yet = "leer, braucht keinen Platz" if each.empty else "noch offen"
            target = str(each.target or "") or ("neues Handlungsfeld" if each.new else open_yet)
            guessed = " (vorgeschlagen)" if each.guessed else ""
            self.stdout.write(f"  {each.title} ({each.measures} Maßnahmen) → {target}{guessed}")


def _agreement(now: datetime) -> Agreement:
    procedure = current()
    if procedure is None:
        raise CommandError("In dieser Kommune hat noch kein Verfahren begonnen.")
    return agreement_of(procedure) or open_agreement(procedure=procedure, by=BY, at=now)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise CommandError(f"Die Datei {path} lässt sich nicht lesen.") from None


def _choices(agreement: Agreement, options: dict) -> Choices:
    mapping = None
    if options["mapping"]:
        try:
            mapping = load_mapping(_content(Path(options["mapping"])), Path(options["mapping"]).name)
        except MappingRefused as refused:
            raise CommandError(refused.sentence) from None
    return Choices(
        mapping=mapping,
        part=options["city"],
        fields=_said_fields(agreement, options["field"]),
        create_fields=options["create_fields"],
        create_organisations=options["create_organisations"],
        responsible=_responsible(options["responsible"]),
        due=_due(options["due"]),
    )


def _said_fields(agreement: Agreement, said: list[str]) -> dict[str, str]:
    ours = {str(each.number): str(each.pk) for each in agreement.procedure.fields.all()} | {"neu": NEW}
    found = {}
    for each in said:
        title, _sign, number = each.rpartition("=")
        if not title or number.strip() not in ours:
            known = ", ".join(ours)
            raise CommandError(
                f"--field „{each}“ verstehen wir nicht. Bitte schreiben Sie TITEL=NUMMER; Nummern sind: {known}."
            )
        found[title_key(title)] = ours[number.strip()]
    return found


def _responsible(name: str) -> int | None:
    if not name:
        return None
    for each in Organisation.objects.all():
        if name.strip().casefold() in (each.name.casefold(), each.short.casefold()):
            return each.pk
    raise CommandError(f"Eine Organisation „{name}“ gibt es in dieser Kommune nicht.")


def _due(text: str) -> str:
    try:
        return PartialDate.parse(text).text if text else ""
    except DateRefused as refused:
        raise CommandError(refused.sentence) from None


def _what_to_do(preview: Preview) -> str:
    if preview.earlier:
        return already_there(preview.earlier)
    if preview.undecided:
        named = " ".join(f'--field "{each.title}=NUMMER"' for each in preview.undecided)
        return f"Bitte ordnen Sie die offenen Felder zu ({named}) oder legen Sie sie mit --create-fields an."
    return "Bitte beheben Sie zuerst die genannten Fehler in der Datei."
