"""The balance at the end of a round: what becomes of each goal, and the sealed result."""

import json

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kommpass.agreement.models import Goal
from kommpass.audits.models import Procedure
from kommpass.municipalities.scope import MunicipalModel


class Balance(MunicipalModel):
    """The balance of a round (Bilanz) as it is being drawn up."""

    procedure = models.OneToOneField(Procedure, on_delete=models.PROTECT, related_name="balance")
    text = models.TextField(_("Was wir erreicht haben"), blank=True)
    edition = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("Bilanz")
        verbose_name_plural = _("Bilanzen")

    def __str__(self):
        return f"{self.procedure}"


class GoalBalance(MunicipalModel):
    """What becomes of a goal in the next round (Bilanz eines Ziels), and why."""

    class Verdict(models.TextChoices):
        CONTINUE = "continue", _("weiterführen")
        DONE = "done", _("erreicht und abgeschlossen")
        DROPPED = "dropped", _("nicht weiterverfolgen")

    balance = models.ForeignKey(Balance, on_delete=models.PROTECT, related_name="goals")
    goal = models.OneToOneField(Goal, on_delete=models.PROTECT, related_name="balance")
    verdict = models.CharField(_("Wie geht es weiter?"), max_length=10, choices=Verdict)
    reason = models.TextField(_("Begründung"))
    by_name = models.CharField(_("von"), max_length=200)
    at = models.DateTimeField(_("am"))
    edition = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("Bilanz eines Ziels")
        verbose_name_plural = _("Bilanzen der Ziele")
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="a_balance_has_a_reason")]

    def __str__(self):
        return f"{self.goal}: {self.get_verdict_display()}"


class SealedBalance(MunicipalModel):
    """The balance as it was closed (festgeschriebene Bilanz): canonical JSON and its SHA-256. Sealed."""

    balance = models.OneToOneField(Balance, on_delete=models.PROTECT, related_name="sealed")
    canonical = models.TextField(editable=False)
    digest = models.CharField(_("Prüfsumme"), max_length=64)
    at = models.DateTimeField(_("festgeschrieben am"))
    by_name = models.CharField(_("festgeschrieben von"), max_length=200)

    class Meta:
        verbose_name = _("Festgeschriebene Bilanz")
        verbose_name_plural = _("Festgeschriebene Bilanzen")

    def __str__(self):
        return self.digest[:16]

    @property
    def content(self) -> dict:
        return json.loads(self.canonical)
