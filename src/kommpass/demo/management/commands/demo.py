"""`kommpass demo`: two invented towns, walked through the audit by the real actions."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import override

from kommpass.demo.logins import table
from kommpass.demo.towns import STAGES, TOWNS, perform
from kommpass.domain.phases import Stage
from kommpass.municipalities.models import Municipality


class Command(BaseCommand):
    help = "Legt die Demo-Städte Auental und Hasselgrund an und führt sie durch das Audit."

    def add_arguments(self, parser):
        parser.add_argument(
            "--until",
            metavar="PHASE",
            default=STAGES[-1].value,
            help="letzte Phase, die abgeschlossen wird: " + ", ".join(STAGES) + " (üblich: council)",
        )
        parser.add_argument("--towns", default=",".join(TOWNS), help="welche Städte: auental, hasselgrund oder beide")
        parser.add_argument("--if-empty", action="store_true", help="nichts tun, wenn es schon eine Stadt gibt")
        parser.add_argument("--logins", action="store_true", help="nur die Zugänge und Adressen der Demo zeigen")
        parser.add_argument("--force", action="store_true", help="auch ohne KOMMPASS_DEMO=1 anlegen")

    def handle(self, *, until: str, towns: str, if_empty: bool, logins: bool, force: bool, **options):
        if logins:
            self.stdout.write(table(timezone.now()))
            return
        if if_empty and Municipality.objects.exists():
            return
        stage, slugs = self._checked(until, towns, force)
        # The demo speaks German whatever the terminal speaks: its texts go into documents.
        with override("de"):
            for slug in slugs:
                perform(slug, until=stage, today=timezone.localdate(), say=lambda line: self.stdout.write(f"  {line}"))
        self.stdout.write("Die Demo ist bereit. Zugänge zeigt: kommpass demo --logins")

    def _checked(self, until: str, towns: str, force: bool) -> tuple[Stage, list[str]]:
        """What was asked for, or a sentence: nothing is written before everything is clear."""
        if not settings.DEMO and not force:
            raise CommandError(
                "Diese Installation ist keine Demo. Erfundene Städte gehören nicht zwischen echte Daten. "
                "Starten Sie mit KOMMPASS_DEMO=1 oder, wenn Sie sicher sind, mit --force."
            )
        if until not in STAGES:
            raise CommandError(f"Diese Phase kennt die Demo nicht: {until}. Möglich sind: {', '.join(STAGES)}.")
        slugs = [slug.strip() for slug in towns.split(",") if slug.strip()]
        if unknown := [slug for slug in slugs if slug not in TOWNS]:
            raise CommandError(f"Diese Stadt kennt die Demo nicht: {', '.join(unknown)}. Möglich: {', '.join(TOWNS)}.")
        if there := Municipality.objects.filter(slug__in=slugs).values_list("name", flat=True):
            raise CommandError(
                f"Schon angelegt: {', '.join(there)}. Für eine neue Demo leeren Sie bitte zuerst die Datenbank."
            )
        return Stage(until), slugs
