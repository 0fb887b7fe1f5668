"""`kommpass demo`: invented towns, walked through the audit by the real actions."""

import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import override

from kommpass.demo.logins import table
from kommpass.demo.towns import ROUNDS, STAGES, TOWNS, assemble, perform
from kommpass.domain.phases import Stage
from kommpass.municipalities.models import Municipality


class Command(BaseCommand):
    help = "Legt die Demo-Städte an und führt sie durch das Audit, bis in die Gegenwart oder bis zu einer Phase."

    def add_arguments(self, parser):
        parser.add_argument(
            "--until",
            metavar="PHASE",
            help="letzte Phase, die abgeschlossen wird: " + ", ".join(STAGES) + " (üblich: so weit, wie erzählt wird)",
        )
        parser.add_argument(
            "--rounds",
            type=int,
            choices=range(1, ROUNDS + 1),
            help="wie viele Durchgänge; --until meint den letzten davon (üblich: 2, mit --until: 1)",
        )
        parser.add_argument(
            "--towns", default=",".join(TOWNS), help="welche Städte, mit Komma getrennt: " + ", ".join(TOWNS)
        )
        parser.add_argument("--if-empty", action="store_true", help="nichts tun, wenn es schon eine Stadt gibt")
        parser.add_argument("--logins", action="store_true", help="nur die Zugänge und Adressen der Demo zeigen")
        parser.add_argument("--force", action="store_true", help="auch ohne KOMMPASS_DEMO=1 anlegen")

    def handle(self, *, until, rounds, towns: str, if_empty: bool, logins: bool, force: bool, **options):
        if logins:
            self.stdout.write(table(timezone.now()))
            return
        if if_empty and Municipality.objects.exists():
            return
        stage, slugs = self._checked(until, towns, force)
        rounds = rounds or (1 if until else ROUNDS)
        today, began = timezone.localdate(), time.process_time()
        # The demo speaks German whatever the terminal speaks: its texts go into documents.
        with override("de"):
            for slug in slugs:
                perform(slug, rounds=rounds, until=stage, today=today, say=lambda line: self.stdout.write(f"  {line}"))
            assemble(slugs, today=today)
        self.stdout.write(
            f"Die Demo ist bereit ({time.process_time() - began:.0f} Sekunden Rechenzeit). "
            "Zugänge zeigt: kommpass demo --logins"
        )

    def _checked(self, until: str | None, towns: str, force: bool) -> tuple[Stage | None, list[str]]:
        """What was asked for, or a sentence: nothing is written before everything is clear."""
        if not settings.DEMO and not force:
            raise CommandError(
                "Diese Installation ist keine Demo. Erfundene Städte gehören nicht zwischen echte Daten. "
                "Starten Sie mit KOMMPASS_DEMO=1 oder, wenn Sie sicher sind, mit --force."
            )
        if until and until not in STAGES:
            raise CommandError(f"Diese Phase kennt die Demo nicht: {until}. Möglich sind: {', '.join(STAGES)}.")
        slugs = [slug.strip() for slug in towns.split(",") if slug.strip()]
        if unknown := [slug for slug in slugs if slug not in TOWNS]:
            raise CommandError(f"Diese Stadt kennt die Demo nicht: {', '.join(unknown)}. Möglich: {', '.join(TOWNS)}.")
        if there := Municipality.objects.filter(slug__in=slugs).values_list("name", flat=True):
            raise CommandError(
                f"Schon angelegt: {', '.join(there)}. Für eine neue Demo leeren Sie bitte zuerst die Datenbank."
            )
        return Stage(until) if until else None, slugs
