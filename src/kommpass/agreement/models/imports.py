"""How a draft came in from a file, so that it can be taken back; and the town's own Word templates."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kommpass.agreement.models.plan import Agreement
from kommpass.municipalities.scope import MunicipalModel


class ImportRun(MunicipalModel):
    """One import of a plan file (Übernahme): what it made, so that undo removes exactly that."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="imports")
    file_name = models.CharField(_("Datei"), max_length=200)
    file_digest = models.CharField(max_length=64)
    mapping = models.JSONField(_("Zuordnung"), default=dict)
    counts = models.JSONField(_("übernommen"), default=dict)
    made = models.JSONField(default=dict)
    at = models.DateTimeField(_("am"))
    by_name = models.CharField(_("von"), max_length=200)
    undone_at = models.DateTimeField(_("zurückgenommen am"), null=True, blank=True)

    class Meta:
        verbose_name = _("Übernahme")
        verbose_name_plural = _("Übernahmen")
        ordering = ["-at"]

    def __str__(self):
        return self.file_name


class PendingUpload(MunicipalModel):
    """A file waiting for its import (hochgeladene Datei): kept between upload and confirmation, a day at most."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="pending_uploads")
    file_name = models.CharField(_("Datei"), max_length=200)
    content = models.BinaryField()
    digest = models.CharField(max_length=64)
    parts = models.JSONField(_("Städte oder Blätter der Datei"), default=list)
    mapping = models.JSONField(_("mitgebrachte Zuordnung"), default=dict)
    choices = models.JSONField(_("Entscheidungen"), default=dict)
    by_id = models.PositiveBigIntegerField()
    uploaded_at = models.DateTimeField(_("hochgeladen am"))

    class Meta:
        verbose_name = _("Hochgeladene Datei")
        verbose_name_plural = _("Hochgeladene Dateien")
        ordering = ["-uploaded_at"]

    def __str__(self):
        return self.file_name


class WordTemplate(MunicipalModel):
    """A Word template (Vorlage) the town brought along; the newest of a purpose is used."""

    class Purpose(models.TextChoices):
        AGREEMENT = "agreement", _("Zielvereinbarung")
        PAPER = "paper", _("Ratsvorlage")

    purpose = models.CharField(_("Zweck"), max_length=10, choices=Purpose)
    name = models.CharField(_("Datei"), max_length=200)
    content = models.BinaryField()
    uploaded_at = models.DateTimeField(_("hochgeladen am"))
    uploaded_by = models.CharField(_("von"), max_length=200)

    class Meta:
        verbose_name = _("Word-Vorlage")
        verbose_name_plural = _("Word-Vorlagen")
        ordering = ["-uploaded_at"]

    def __str__(self):
        return self.name
