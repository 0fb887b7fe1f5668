"""The ledger of reminders: what went out to whom, so that nobody is reminded twice of the same thing."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kommpass.municipalities.scope import MunicipalModel


class SentReminder(MunicipalModel):
    """A reminder (Erinnerung). Claimed before the letter goes out, so that two runs at once send one letter."""

    class Kind(models.TextChoices):
        BUNDLE_DUE = "bundle_due", _("Fragenpaket bald fällig")
        BUNDLE_OVERDUE = "bundle_overdue", _("Fragenpaket überfällig")
        MEASURES_ASKED = "measures_asked", _("Maßnahmen ohne Antwort")
        STATUS_DUE = "status_due", _("Sachstand bald fällig")
        STATUS_OVERDUE = "status_overdue", _("Sachstand überfällig")
        STATUS_DEPUTY = "status_deputy", _("Sachstand überfällig, an die Vertretung")
        STATUS_LEAD = "status_lead", _("Sachstand überfällig, an die Koordination")
        DEADLINE = "deadline", _("Frist des Verfahrens")

    kind = models.CharField(_("Anlass"), max_length=20, choices=Kind)
    subject = models.PositiveBigIntegerField(_("Gegenstand"))
    recipient = models.EmailField(_("gesendet an"))
    due_on = models.DateField(_("Frist"))
    claimed_at = models.DateTimeField(_("begonnen"))
    sent_at = models.DateTimeField(_("gesendet"), null=True, blank=True)

    class Meta:
        verbose_name = _("Erinnerung")
        verbose_name_plural = _("Erinnerungen")
        ordering = ["-claimed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "kind", "subject", "recipient", "due_on"], name="reminded_once"
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.due_on:%d.%m.%Y}"
