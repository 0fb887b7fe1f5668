"""`kommpass remind`: sends what is due and was not sent yet. For every night; a missed one loses nothing."""

import logging

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from kommpass.domain.permissions import Actor, Role
from kommpass.municipalities.models import Municipality
from kommpass.municipalities.scope import within
from kommpass.notices.actions import Outcome, send_due_reminders
from kommpass.offers.actions import ask_due_providers

log = logging.getLogger(__name__)
KOMMPASS = Actor(id=0, name="Kommpass", roles=frozenset({Role.COORDINATOR}), via="command")


class Command(BaseCommand):
    help = (
        "Erinnert alle, die dem Audit noch etwas schulden: jede Person mit einer E-Mail, jede Frist nur einmal, "
        "nicht an Wochenenden und Feiertagen."
    )

    def handle(self, **options):
        refused, broken = 0, []
        for town in Municipality.objects.all():
            try:
                outcome = _remind(town)
            except Exception:  # one town that cannot be read must not silence the others
                log.exception("The reminders of %s could not be made", town)
                broken.append(town.name)
                continue
            refused += outcome.failed
            if outcome.sent:
                self.stdout.write(f"{town.name}: gesendete Erinnerungen: {outcome.sent}")
        if broken:
            raise CommandError(f"Ohne Erinnerungen wegen eines Fehlers: {', '.join(broken)}. Näheres steht im Log.")
        if refused:
            raise CommandError(
                f"Nicht gesendete Erinnerungen: {refused}. Der nächste Lauf versucht es wieder; "
                "bitte prüfen Sie den Mailserver (KOMMPASS_SMTP_HOST)."
            )


def _remind(town: Municipality) -> Outcome:
    """First what the audit waits for, then the providers whose offers are to be confirmed."""
    with within(town):
        outcome = send_due_reminders(by=KOMMPASS, at=timezone.now())
        asked = ask_due_providers(by=KOMMPASS, at=timezone.now())
        return Outcome(outcome.sent + asked, outcome.failed)
