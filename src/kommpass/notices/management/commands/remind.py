"""`kommpass remind`: sends what is due and was not sent yet. For every night; a missed one loses nothing."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from kommpass.audits.queries import current
from kommpass.domain.permissions import Actor, Role
from kommpass.municipalities.models import Municipality
from kommpass.municipalities.scope import within
from kommpass.notices.actions import Outcome, send_due_reminders

KOMMPASS = Actor(id=0, name="Kommpass", roles=frozenset({Role.COORDINATOR}), via="command")


class Command(BaseCommand):
    help = (
        "Erinnert alle, die dem Audit noch eine Antwort schulden: jede Person mit einer E-Mail, jede Frist nur einmal."
    )

    def handle(self, **options):
        failed = 0
        for town in Municipality.objects.all():
            outcome = _remind(town)
            failed += outcome.failed
            if outcome.sent:
                self.stdout.write(f"{town.name}: gesendete Erinnerungen: {outcome.sent}")
        if failed:
            raise CommandError(
                f"Nicht gesendete Erinnerungen: {failed}. Der nächste Lauf versucht es wieder; "
                "bitte prüfen Sie den Mailserver (KOMMPASS_SMTP_HOST)."
            )


def _remind(town: Municipality) -> Outcome:
    with within(town):
        procedure = current()
        if procedure is None or not procedure.situation.running:
            return Outcome()
        return send_due_reminders(procedure=procedure, by=KOMMPASS, at=timezone.now())
