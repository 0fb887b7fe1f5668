"""What the interface keeps: entries that were written already. All of it can be thrown away at any time."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kommpass.municipalities.scope import MunicipalModel
from kommpass.offers.models import Offer


class WrittenEntry(MunicipalModel):
    """One offer as HSDS, short or full, as it was written last (Eintrag der Schnittstelle).

    It holds while the offer's card bears `mark`, while everything around it is as `around` says (the town, its names
    and districts, this software), and on the days from `since` until the day before `until`; without `until` for good.
    """

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="+")
    full = models.BooleanField()
    mark = models.PositiveBigIntegerField()
    around = models.CharField(max_length=32)
    since = models.DateField()
    until = models.DateField(null=True)
    text = models.TextField()

    class Meta:
        verbose_name = _("Eintrag der Schnittstelle")
        verbose_name_plural = _("Einträge der Schnittstelle")
        constraints = [models.UniqueConstraint(fields=["municipality", "offer", "full"], name="one_entry_of_each_kind")]

    def __str__(self):
        return f"{self.offer_id} {'full' if self.full else 'short'}"
