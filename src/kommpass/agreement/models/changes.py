"""What comes after the decision: amendments by kind and level, and remarks of council members."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kommpass.agreement.models.plan import Measure
from kommpass.agreement.models.versions import Version
from kommpass.bodies.models import Decision
from kommpass.municipalities.scope import MunicipalModel


class Amendment(MunicipalModel):
    """A later change (Änderung) of an adopted agreement: proposed, then approved at the level its kind needs."""

    class Kind(models.TextChoices):
        EDITORIAL = "editorial", _("redaktionell")
        WORDING = "wording", _("Wortlaut")
        DEADLINE_SHIFT = "deadline_shift", _("Frist verschieben")
        REPLACE = "replace", _("Maßnahme ersetzen")
        DROP = "drop", _("Maßnahme streichen")
        ADD = "add", _("Maßnahme hinzufügen")

    class Level(models.TextChoices):
        COORDINATOR = "coordinator", _("Koordination")
        COMMITTEE = "committee", _("Ausschuss")
        COUNCIL = "council", _("Rat")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("vorgeschlagen")
        APPROVED = "approved", _("genehmigt")
        REJECTED = "rejected", _("abgelehnt")

    base = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="amendments")
    kind = models.CharField(_("Art der Änderung"), max_length=16, choices=Kind)
    level = models.CharField(_("zu genehmigen durch"), max_length=12, choices=Level)
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, null=True, blank=True, related_name="amendments")
    changes = models.JSONField(_("neuer Stand"), default=dict)
    reason = models.TextField(_("Begründung"))
    state = models.CharField(_("Zustand"), max_length=10, choices=State, default=State.PROPOSED)
    proposed_by = models.CharField(_("vorgeschlagen von"), max_length=200)
    proposed_at = models.DateTimeField(_("vorgeschlagen am"))
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="amendments")
    answered_by = models.CharField(_("entschieden von"), max_length=200, blank=True)
    answered_at = models.DateTimeField(_("entschieden am"), null=True, blank=True)
    answer_note = models.TextField(_("Bemerkung"), blank=True)
    result = models.ForeignKey(Version, on_delete=models.PROTECT, null=True, blank=True, related_name="made_by")

    class Meta:
        verbose_name = _("Änderung")
        verbose_name_plural = _("Änderungen")
        ordering = ["-proposed_at"]

    def __str__(self):
        return f"{self.get_kind_display()} · {self.measure or ''}"


class Remark(MunicipalModel):
    """A question or remark of a council member on a version, with its answer. It never changes the version."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="remarks")
    about = models.CharField(_("zu Nummer"), max_length=20, blank=True)
    text = models.TextField(_("Frage oder Anmerkung"))
    by_id = models.PositiveBigIntegerField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    answer = models.TextField(_("Antwort"), blank=True)
    answered_by = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("Anmerkung")
        verbose_name_plural = _("Anmerkungen")
        ordering = ["-at"]

    def __str__(self):
        return self.text[:80]
