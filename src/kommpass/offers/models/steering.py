"""What steering asks of the directory: judged duplicates, coverage rules, transitions of the prevention chain."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kommpass.domain.offers.vocabularies import FACILITIES, LIFE_PHASES
from kommpass.municipalities.scope import MunicipalModel
from kommpass.offers.models.directory import Offer, Provider

PHASES = [(word.key, word.label) for word in LIFE_PHASES.words]


class DuplicateVerdict(MunicipalModel):
    """What somebody said of two offers that look alike (Urteil über ein Doppel); nobody is asked twice."""

    class Verdict(models.TextChoices):
        MERGED = "merged", _("zusammengeführt")
        ANOTHER_DATE = "another_date", _("weiterer Termin desselben Angebots")
        DIFFERENT = "different", _("etwas anderes")

    first = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="+")
    verdict = models.CharField(_("Urteil"), max_length=15, choices=Verdict)
    at = models.DateTimeField(_("am"))
    by_name = models.CharField(_("durch"), max_length=200)
    undone_at = models.DateTimeField(_("zurückgenommen"), null=True, blank=True)

    class Meta:
        verbose_name = _("Urteil über ein Doppel")
        verbose_name_plural = _("Urteile über Doppel")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["first", "second"], condition=Q(undone_at=None), name="one_verdict_per_pair"
            ),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="a_pair_is_written_in_order"),
        ]

    def __str__(self):
        return f"{self.first_id}/{self.second_id} {self.get_verdict_display()}"


class CoverageRule(MunicipalModel):
    """What every district is to have (Abdeckungsregel): "each district has at least one family centre"."""

    title = models.CharField(_("Regel"), max_length=150)
    facility = models.CharField(
        _("Art der Einrichtung"), max_length=30, choices=[(word.key, word.label) for word in FACILITIES.words]
    )
    need = models.PositiveSmallIntegerField(_("Mindestens je Stadtteil"), default=1)
    edition = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("Abdeckungsregel")
        verbose_name_plural = _("Abdeckungsregeln")
        ordering = ["title", "pk"]
        constraints = [models.CheckConstraint(condition=Q(need__gt=0), name="a_rule_wants_something")]

    def __str__(self):
        return self.title


class Transition(MunicipalModel):
    """Who hands over to whom along the prevention chain (Übergang), in which form, or that nobody does."""

    title = models.CharField(_("Übergang"), max_length=150)
    from_phase = models.CharField(_("von der Phase"), max_length=30, choices=PHASES)
    to_phase = models.CharField(_("in die Phase"), max_length=30, choices=PHASES)
    giver = models.ForeignKey(
        Provider, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("wer übergibt")
    )
    taker = models.ForeignKey(
        Provider, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("wer übernimmt")
    )
    form = models.CharField(_("Form"), max_length=200, blank=True)
    gap = models.BooleanField(_("Hier fehlt etwas"), default=False)
    note = models.TextField(_("Anmerkung"), blank=True)
    edition = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("Übergang")
        verbose_name_plural = _("Übergänge")
        ordering = ["from_phase", "to_phase", "pk"]

    def __str__(self):
        return self.title
