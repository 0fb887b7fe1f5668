"""What goes to the association: the auditor's word by rubric, the submission, whether it is complete. All sealed."""

import json

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kommpass.agreement.models import Version
from kommpass.audits.models import Procedure
from kommpass.municipalities.scope import MunicipalModel


class Verdict(models.TextChoices):
    """The three words of a judgement. A scheme may name them as it likes."""

    RECOMMEND = "recommend", _("empfohlen")
    CONDITIONS = "conditions", _("mit Auflagen empfohlen")
    RETURN = "return", _("zurückgegeben")


class AuditorReport(MunicipalModel):
    """The auditor's recommendation to the review board (Stellungnahme), criterion by criterion. Sealed."""

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="auditor_reports")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="auditor_reports")
    judgements = models.JSONField(_("Urteil je Kriterium"))
    verdict = models.CharField(_("Empfehlung"), max_length=12, choices=Verdict)
    text = models.TextField(_("Zusammenfassung"))
    by_id = models.PositiveBigIntegerField()
    by_name = models.CharField(_("von"), max_length=200)
    at = models.DateTimeField(_("am"))

    class Meta:
        verbose_name = _("Stellungnahme")
        verbose_name_plural = _("Stellungnahmen")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.get_verdict_display()} · {self.version}"


class Submission(MunicipalModel):
    """What the town submitted (Einreichung): a sealed copy of everything the board may know."""

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField(_("Einreichung"))
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="submissions")
    report = models.ForeignKey(AuditorReport, on_delete=models.PROTECT, related_name="submissions")
    letter = models.TextField(_("Anschreiben"), blank=True)
    canonical = models.TextField(editable=False)
    digest = models.CharField(_("Prüfsumme"), max_length=64)
    submitted_at = models.DateTimeField(_("eingereicht am"))
    submitted_by = models.CharField(_("eingereicht von"), max_length=200)

    class Meta:
        verbose_name = _("Einreichung")
        verbose_name_plural = _("Einreichungen")
        ordering = ["-submitted_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["procedure", "number"], name="one_submission_per_number")]

    def __str__(self):
        return gettext("Einreichung %d") % self.number

    def get_absolute_url(self):
        return reverse("assessment:submission", args=[self.pk], urlconf=settings.MUNICIPALITY_URLCONF)

    @property
    def content(self) -> dict:
        return json.loads(self.canonical)


class CompletenessCheck(MunicipalModel):
    """Whether a submission is complete (Vollständigkeitsprüfung), and what is missing. The newest counts. Sealed."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="checks")
    complete = models.BooleanField(_("vollständig"))
    note = models.TextField(_("Was fehlt"), blank=True)
    by_id = models.PositiveBigIntegerField()
    by_name = models.CharField(_("von"), max_length=200)
    at = models.DateTimeField(_("am"))

    class Meta:
        verbose_name = _("Vollständigkeitsprüfung")
        verbose_name_plural = _("Vollständigkeitsprüfungen")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(complete=True) | ~models.Q(note=""), name="what_is_missing_is_said"
            ),
        ]

    def __str__(self):
        return gettext("vollständig") if self.complete else gettext("unvollständig")
