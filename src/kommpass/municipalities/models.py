"""Whose house is this: the town, its districts, and the switches a town sets itself."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kommpass.municipalities.scope import MunicipalModel


class Municipality(models.Model):
    """A town, municipality or county (Kommune): the tenant."""

    class Kind(models.TextChoices):
        TOWN = "town", _("Stadt oder Gemeinde")
        COUNTY = "county", _("Kreis")
        DISTRICT = "district", _("Bezirk")

    name = models.CharField(_("Name"), max_length=120)
    slug = models.SlugField(_("Adresse im Browser"), max_length=50, unique=True)
    ags = models.CharField(_("Amtlicher Gemeindeschlüssel"), max_length=8, blank=True)
    kind = models.CharField(_("Art"), max_length=10, choices=Kind, default=Kind.TOWN)
    state = models.CharField(_("Bundesland"), max_length=2, default="NW")
    population = models.PositiveIntegerField(_("Einwohnerzahl"), default=0)
    has_youth_office = models.BooleanField(_("Eigenes Jugendamt"), default=True)
    county_name = models.CharField(_("Kreis"), max_length=120, blank=True)
    imprint = models.TextField(_("Impressum"), blank=True)
    modules = models.JSONField(_("Zusatzmodule"), default=list, blank=True)
    # Who must agree to a later change of the agreement, and when we warn: see town.configure.
    amendment_levels = models.JSONField(_("Genehmigung von Änderungen"), default=dict, blank=True)
    report_months = models.PositiveSmallIntegerField(_("Berichtsabstand in Monaten"), default=12)
    reminder_days = models.PositiveSmallIntegerField(_("Erinnerung vor einer Frist in Tagen"), default=14)
    paper_lead_days = models.PositiveSmallIntegerField(_("Vorlauf für Ratsvorlagen in Tagen"), default=21)
    minimum_count = models.PositiveSmallIntegerField(_("Mindestfallzahl"), default=5)
    edition = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("Kommune")
        verbose_name_plural = _("Kommunen")
        ordering = ["name"]

    def __str__(self):
        return self.name

    def uses(self, module_key: str) -> bool:
        return module_key in self.modules


class District(MunicipalModel):
    """A district (Stadtteil) of the town, with its boundary of today (GeoJSON, WGS84) where that is known."""

    name = models.CharField(_("Name"), max_length=100)
    code = models.CharField(_("Nummer"), max_length=12, blank=True)
    boundary = models.JSONField(_("Grenze"), null=True, blank=True)
    edition = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("Stadtteil")
        verbose_name_plural = _("Stadtteile")
        ordering = ["code", "name"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "name"], name="one_district_per_name"),
        ]

    def __str__(self):
        return self.name
