"""`kommpass reindex`: writes what the finder reads anew from the offers, after an update or if something seems off."""

from django.core.management.base import BaseCommand
from django.db import transaction

from kommpass.municipalities.models import Municipality
from kommpass.municipalities.scope import within
from kommpass.offers.cataloguing import everything, is_of_other_rules


class Command(BaseCommand):
    help = "Schreibt das Suchverzeichnis der Angebote neu, für alle Städte oder eine (--town)."

    def add_arguments(self, parser):
        parser.add_argument("--town", default="", help="die Adresse der Stadt im Browser, zum Beispiel auental")
        parser.add_argument(
            "--if-needed", action="store_true", help="nur Städte, deren Verzeichnis nach anderen Regeln geschrieben ist"
        )

    def handle(self, *, town: str, if_needed: bool, **options):
        for each in Municipality.objects.filter(slug=town) if town else Municipality.objects.all():
            with within(each), transaction.atomic():
                if not if_needed or is_of_other_rules():
                    self.stdout.write(f"{each.name}: {everything()} Angebote")
