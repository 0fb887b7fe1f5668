"""Frozen truth: versions of the agreement, where they were tabled, and which one the council adopted. All sealed."""

import json
import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kommpass.agreement.models.plan import Agreement
from kommpass.bodies.models import Decision, Paper
from kommpass.municipalities.scope import MunicipalModel


class Version(MunicipalModel):
    """A frozen version (Fassung): canonical JSON and its SHA-256. There is no way to change it."""

    class Kind(models.TextChoices):
        FOR_COUNCIL = "draft_for_council", _("Entwurf für die Gremien")
        AMENDED = "amended", _("in der Beratung geändert")
        AMENDMENT = "amendment", _("spätere Änderung")

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="versions")
    uid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    number = models.PositiveIntegerField(_("Fassung"))
    kind = models.CharField(_("Art"), max_length=20, choices=Kind)
    reason = models.TextField(_("Anlass"), blank=True)
    base = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="successors")
    canonical = models.TextField(editable=False)
    digest = models.CharField(_("Prüfsumme"), max_length=64)
    measure_count = models.PositiveIntegerField(_("Maßnahmen"))
    goal_count = models.PositiveIntegerField(_("Ziele"))
    frozen_at = models.DateTimeField(_("festgeschrieben am"))
    frozen_by = models.CharField(_("festgeschrieben von"), max_length=200)

    class Meta:
        verbose_name = _("Fassung")
        verbose_name_plural = _("Fassungen")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["agreement", "number"], name="one_version_per_number")]

    def __str__(self):
        return gettext("Fassung %d") % self.number

    def get_absolute_url(self):
        return reverse("agreement:version", args=[self.number], urlconf=settings.MUNICIPALITY_URLCONF)

    @property
    def content(self) -> dict:
        return json.loads(self.canonical)


class Tabling(MunicipalModel):
    """A version lies on a paper (Vorlage). The paper's chain may see several versions; the last one is decided."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="tablings")
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="tablings")
    at = models.DateTimeField(_("eingebracht am"))

    class Meta:
        verbose_name = _("Einbringung")
        verbose_name_plural = _("Einbringungen")
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["version", "paper"], name="tabled_once")]

    def __str__(self):
        return f"{self.version} · {self.paper}"


class Adoption(MunicipalModel):
    """A version is adopted (beschlossen): by this decision, or by an approved amendment below the council."""

    version = models.OneToOneField(Version, on_delete=models.PROTECT, related_name="adoption")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="adoptions")
    approved_by = models.CharField(_("genehmigt durch"), max_length=200)
    valid_from = models.DateField(_("gilt ab"))
    conditions = models.JSONField(_("Auflagen"), default=list, blank=True)
    at = models.DateTimeField(_("eingetragen am"))

    class Meta:
        verbose_name = _("Annahme")
        verbose_name_plural = _("Annahmen")
        ordering = ["-valid_from", "-pk"]

    def __str__(self):
        return f"{self.version} · {self.valid_from:%d.%m.%Y}"


class Recommendation(MunicipalModel):
    """The auditor's recommendation (Empfehlung) on a frozen version, with reasons."""

    class Verdict(models.TextChoices):
        RECOMMEND = "recommend", _("empfohlen")
        CONDITIONS = "conditions", _("mit Hinweisen empfohlen")
        RETURN = "return", _("noch nicht empfohlen")

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="recommendations")
    verdict = models.CharField(_("Empfehlung"), max_length=12, choices=Verdict)
    text = models.TextField(_("Begründung"))
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("Empfehlung")
        verbose_name_plural = _("Empfehlungen")
        ordering = ["-at"]

    def __str__(self):
        return f"{self.get_verdict_display()} · {self.version}"
