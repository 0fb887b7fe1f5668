"""`kommpass journal verify|export --town SLUG`: check the chain of the journal, or write it out for the archive."""

from django.core.management.base import BaseCommand, CommandError

from kommpass.audits.archive import journal_lines
from kommpass.audits.queries import broken_journal, journal_length
from kommpass.municipalities.models import Municipality
from kommpass.municipalities.scope import within


class Command(BaseCommand):
    help = "Prüft das Protokoll (verify) oder gibt es für das Archiv aus (export)."

    def add_arguments(self, parser):
        parser.add_argument("deed", choices=["verify", "export"])
        parser.add_argument(
            "--confidential", action="store_true", help="auch, was Ausschuss und Geschäftsstelle vertraulich tun"
        )
        parser.add_argument("--town", help="Adresse der Kommune; ohne Angabe alle")

    def handle(self, *, deed: str, town: str | None, confidential: bool, **options):
        towns = Municipality.objects.filter(slug=town) if town else Municipality.objects.all()
        if town and not towns:
            raise CommandError(f"Eine Kommune mit der Adresse „{town}“ gibt es hier nicht.")
        broken = 0
        for municipality in towns:
            with within(municipality):
                if deed == "export":
                    self.stdout.write(journal_lines(confidential=confidential), ending="")
                else:
                    broken += self._verify(municipality)
        if broken:
            raise CommandError("Mindestens ein Protokoll wurde verändert.")

    def _verify(self, municipality) -> int:
        found = broken_journal()
        if found:
            self.stderr.write(f"{municipality}: {found.sentence}")
            return 1
        self.stdout.write(f"{municipality}: {journal_length()} Einträge, unversehrt.")
        return 0
