"""The annual report: texts while it is written, sealed snapshots, and the way of each snapshot."""

import json

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kommpass.audits.models import FieldOfAction, Procedure
from kommpass.bodies.models import Consultation
from kommpass.municipalities.scope import MunicipalModel


class Report(MunicipalModel):
    """An annual report (Jahresbericht). It may cover several years; what it says is sealed version by version."""

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="reports")
    title = models.CharField(_("Titel"), max_length=150)
    period_from = models.DateField(_("Zeitraum von"))
    period_until = models.DateField(_("Zeitraum bis"))
    due_on = models.DateField(_("fällig am"), null=True, blank=True)
    created_at = models.DateTimeField(_("angelegt am"))
    created_by = models.CharField(_("angelegt von"), max_length=200)

    class Meta:
        verbose_name = _("Jahresbericht")
        verbose_name_plural = _("Jahresberichte")
        ordering = ["-period_until", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(period_until__gte=F("period_from")), name="report_period_runs_forward"),
            models.UniqueConstraint(fields=["procedure", "period_until"], name="one_report_per_period"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("reporting:report", args=[self.pk], urlconf=settings.MUNICIPALITY_URLCONF)

    @property
    def years(self) -> str:
        """ "2013", or "2015/2016" for years merged into one report."""
        first, last = self.period_from.year, self.period_until.year
        return str(first) if first == last else f"{first}/{last}"


class Narrative(MunicipalModel):
    """A text of a report (Berichtstext): of one of its sections, or of one field of action."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="narratives")
    section = models.CharField(max_length=40, blank=True)
    field = models.ForeignKey(FieldOfAction, on_delete=models.PROTECT, null=True, blank=True, related_name="narratives")
    text = models.TextField(_("Text"), blank=True)
    edition = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("Berichtstext")
        verbose_name_plural = _("Berichtstexte")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "section", "field"], nulls_distinct=None, name="one_text_per_section_and_field"
            ),
            models.CheckConstraint(
                condition=(~Q(section="") & Q(field=None)) | Q(section="", field__isnull=False),
                name="a_text_of_a_section_or_a_field",
            ),
        ]

    def __str__(self):
        return self.text[:80]


class SealedReport(MunicipalModel):
    """A sealed report (festgeschriebener Bericht): canonical JSON, its SHA-256, and what may be public of it.

    A correction is a new one with the next number. `summary` holds the counted figures, so that overviews need
    not open the whole content.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="sealed")
    number = models.PositiveSmallIntegerField(_("Fassung"))
    reason = models.TextField(_("Anlass"), blank=True)
    canonical = models.TextField(editable=False)
    digest = models.CharField(_("Prüfsumme"), max_length=64)
    public_canonical = models.TextField(editable=False)
    summary = models.JSONField(default=dict)
    measure_count = models.PositiveIntegerField(_("Maßnahmen"))
    key_date = models.DateField(_("Stichtag"))
    sealed_at = models.DateTimeField(_("festgeschrieben am"))
    sealed_by = models.CharField(_("festgeschrieben von"), max_length=200)

    class Meta:
        verbose_name = _("Festgeschriebener Bericht")
        verbose_name_plural = _("Festgeschriebene Berichte")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="one_sealed_report_per_number")]

    def __str__(self):
        return gettext("%(report)s, Fassung %(number)d") % {"report": self.report, "number": self.number}

    def get_absolute_url(self):
        return reverse("reporting:sealed", args=[self.pk], urlconf=settings.MUNICIPALITY_URLCONF)

    @property
    def content(self) -> dict:
        return json.loads(self.canonical)

    @property
    def public_content(self) -> dict:
        return json.loads(self.public_canonical)


class ReportStep(MunicipalModel):
    """A step on the way of a sealed report (Weg des Berichts). `remarks`: pairs of number and text. Sealed."""

    class Kind(models.TextChoices):
        NOTED = "noted", _("vom Gremium zur Kenntnis genommen")
        SUBMITTED = "submitted", _("beim Verein eingereicht")
        RETURNED = "returned", _("mit Anmerkungen zurückgegeben")
        ACCEPTED = "accepted", _("angenommen")

    sealed = models.ForeignKey(SealedReport, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(_("Schritt"), max_length=10, choices=Kind)
    note = models.TextField(_("Bemerkung"), blank=True)
    remarks = models.JSONField(_("Anmerkungen zu Maßnahmen"), default=list, blank=True)
    station = models.ForeignKey(Consultation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    on = models.DateField(_("am"))
    by_name = models.CharField(_("von"), max_length=200)
    at = models.DateTimeField(_("eingetragen am"))

    class Meta:
        verbose_name = _("Weg des Berichts")
        verbose_name_plural = _("Weg des Berichts")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(kind="returned") | ~Q(note=""), name="a_returned_report_says_why"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.on:%d.%m.%Y}"
