"""Which offers carry out a measure: the link between what was promised and what families find."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kommpass.agreement.models.plan import Measure
from kommpass.municipalities.scope import MunicipalModel


class MeasureOffer(MunicipalModel):
    """That an offer carries out a measure, or contributes to it (Angebot zu einer Maßnahme). No part of any version."""

    class Role(models.TextChoices):
        CARRIES_OUT = "carries_out", _("setzt um")
        CONTRIBUTES = "contributes", _("trägt bei")

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="offers")
    offer = models.ForeignKey("offers.Offer", on_delete=models.PROTECT, related_name="measures")
    role = models.CharField(_("Rolle"), max_length=12, choices=Role, default=Role.CARRIES_OUT)

    class Meta:
        verbose_name = _("Angebot zu einer Maßnahme")
        verbose_name_plural = _("Angebote zu Maßnahmen")
        ordering = ["offer__title", "pk"]
        constraints = [models.UniqueConstraint(fields=["measure", "offer"], name="one_offer_once_per_measure")]

    def __str__(self):
        return f"{self.offer} · {self.measure}"
