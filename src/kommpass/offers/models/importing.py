"""Where offers came from: lists that were imported, how their columns were read, and which row became which offer."""

from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from kommpass.municipalities.scope import MunicipalModel
from kommpass.offers.models.directory import Offer


class ImportRecipe(MunicipalModel):
    """How a source is read (Importrezept): which column means what, remembered for the next time."""

    source = models.CharField(_("Quelle"), max_length=120)
    key_column = models.CharField(_("Spalte mit der Nummer"), max_length=200)
    columns = models.JSONField(_("Spalten"), default=dict)
    values = models.JSONField(_("Werte"), default=dict)
    # Values for every row: {"facility": "daycare_centre", "topics": [...]}.
    fixed = models.JSONField(_("Für alle Zeilen"), default=dict)
    used_at = models.DateTimeField(_("zuletzt benutzt"), null=True, blank=True)
    edition = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("Importrezept")
        verbose_name_plural = _("Importrezepte")
        ordering = ["source"]
        constraints = [models.UniqueConstraint(fields=["municipality", "source"], name="one_recipe_per_source")]

    def __str__(self):
        return self.source


class ImportRun(MunicipalModel):
    """One reading of a list (Importlauf), first as a preview, then carried out or dropped. Sealed in what it did."""

    class State(models.TextChoices):
        PREVIEW = "preview", _("Vorschau")
        DONE = "done", _("übernommen")
        DROPPED = "dropped", _("verworfen")

    recipe = models.ForeignKey(ImportRecipe, on_delete=models.PROTECT, related_name="runs")
    file_name = models.CharField(_("Datei"), max_length=200)
    sheet = models.CharField(_("Blatt"), max_length=200, blank=True)
    # What was read: columns, rows with their numbers and points; kept until the run is done, then emptied.
    table = models.JSONField(_("Gelesene Tabelle"), default=dict)
    state = models.CharField(_("Stand"), max_length=10, choices=State, default=State.PREVIEW)
    counts = models.JSONField(_("Zahlen"), default=dict)
    notes = models.JSONField(_("Anmerkungen"), default=list)
    at = models.DateTimeField(_("am"))
    by_name = models.CharField(_("durch"), max_length=200)
    edition = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("Importlauf")
        verbose_name_plural = _("Importläufe")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.file_name} {localdate(self.at):%d.%m.%Y}"


class Origin(MunicipalModel):
    """Which row of which source an offer came from (Herkunft), and the document that the source last gave."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="origins")
    source = models.CharField(_("Quelle"), max_length=120)
    external = models.CharField(_("Nummer dort"), max_length=200)
    content = models.JSONField(_("Inhalt der Quelle"), default=dict)
    seen_at = models.DateTimeField(_("zuletzt gesehen"))
    gone_at = models.DateTimeField(_("nicht mehr in der Liste seit"), null=True, blank=True)

    class Meta:
        verbose_name = _("Herkunft")
        verbose_name_plural = _("Herkünfte")
        ordering = ["source", "external"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "source", "external"], name="one_origin_per_number")
        ]

    def __str__(self):
        return f"{self.source} {self.external}"
