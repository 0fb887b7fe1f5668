"""What the finder reads: ordinary tables, written with each change of an offer, the same on both databases.

Words are normalised by `domain.german_search`; lists are bits (`domain.offers.vocabularies`). Nothing here is a fact of
its own: `kommpass reindex` makes all of it anew from the offers.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kommpass.municipalities.scope import MunicipalModel
from kommpass.offers.models.directory import Location, Offer


class IndexState(MunicipalModel):
    """The mark of this state of the town's index: who keeps something in memory asks here whether it still holds.

    `rules` names the rules of the German search that all of it was written by (`german_search.index_version`).
    """

    version = models.PositiveBigIntegerField(default=0)
    rules = models.CharField(max_length=40, default="")

    class Meta:
        verbose_name = _("Stand des Suchverzeichnisses")
        verbose_name_plural = _("Stände des Suchverzeichnisses")
        constraints = [models.UniqueConstraint(fields=["municipality"], name="one_index_state_per_town")]

    def __str__(self):
        return str(self.version)


class IndexCard(MunicipalModel):
    """One public offer as the finder counts it (Karteikarte): bits of every list, ages, and how true it is."""

    offer = models.OneToOneField(Offer, on_delete=models.CASCADE, primary_key=True, related_name="card")
    life_phases = models.BigIntegerField(default=0)
    topics = models.BigIntegerField(default=0)
    target_groups = models.BigIntegerField(default=0)
    facility = models.BigIntegerField(default=0)
    prevention = models.BigIntegerField(default=0)
    access = models.BigIntegerField(default=0)
    cost = models.BigIntegerField(default=0)
    languages = models.BigIntegerField(default=0)
    formats = models.BigIntegerField(default=0)
    weekdays = models.BigIntegerField(default=0)
    day_parts = models.BigIntegerField(default=0)
    min_months = models.IntegerField(default=0)
    max_months = models.IntegerField(default=2400)
    # The day on which it is due, and the last day of an event: both as days since 1970, so that they compare in arrays.
    due_day = models.IntegerField(default=0)
    last_day = models.IntegerField(default=0)
    # The first day on which money, or the offer itself, comes to its end.
    ends_day = models.IntegerField(default=0)
    order = models.CharField(max_length=60)
    # The mark of the index when this card was written: what somebody made of the offer then holds while it stands.
    mark = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("Karteikarte")
        verbose_name_plural = _("Karteikarten")
        indexes = [models.Index(fields=["municipality", "order", "offer"], name="cards_of_town")]

    def __str__(self):
        return str(self.offer_id)


class IndexPlace(MunicipalModel):
    """One place of a public offer, with what is known of its accessibility."""

    card = models.ForeignKey(IndexCard, on_delete=models.CASCADE, related_name="places")
    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="+")
    district = models.ForeignKey(
        "municipalities.District", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    accessible = models.BigIntegerField(default=0)
    barriers = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("Ort in der Kartei")
        verbose_name_plural = _("Orte in der Kartei")
        indexes = [models.Index(fields=["municipality", "card"], name="index_places_of_town")]

    def __str__(self):
        return f"{self.card_id} · {self.location_id}"


class SearchEntry(MunicipalModel):
    """That a word occurs in an offer, and how much that says (title more than text)."""

    word = models.CharField(max_length=60)
    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="+")
    weight = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("Sucheintrag")
        verbose_name_plural = _("Sucheinträge")
        indexes = [
            models.Index(fields=["municipality", "word", "offer", "weight"], name="search_entries_of_town"),
            models.Index(fields=["offer"], name="search_entries_of_offer"),
        ]

    def __str__(self):
        return f"{self.word} · {self.offer_id}"


class SearchWord(MunicipalModel):
    """A word of this town's directory: its stem, and one way in which it is written (for typing errors and parts)."""

    word = models.CharField(max_length=60)
    surface = models.CharField(max_length=80)

    class Meta:
        verbose_name = _("Suchwort")
        verbose_name_plural = _("Suchwörter")
        constraints = [
            models.UniqueConstraint(fields=["municipality", "word", "surface"], name="one_search_word_per_writing")
        ]

    def __str__(self):
        return self.surface


class Slot(MunicipalModel):
    """When an offer may be open in a week: for "open now"; its full rules then say whether it is."""

    card = models.ForeignKey(IndexCard, on_delete=models.CASCADE, related_name="slots")
    weekday = models.PositiveSmallIntegerField()
    starts = models.PositiveSmallIntegerField(help_text="minutes after midnight")
    ends = models.PositiveSmallIntegerField(help_text="minutes after midnight of the first day, up to 2880")

    class Meta:
        verbose_name = _("Öffnungszeit in der Kartei")
        verbose_name_plural = _("Öffnungszeiten in der Kartei")
        indexes = [models.Index(fields=["municipality", "weekday", "starts"], name="slots_of_town")]

    def __str__(self):
        return f"{self.weekday} {self.starts}–{self.ends}"


class SearchMiss(MunicipalModel):
    """How often people searched for words that no offer has (leere Suche): by month, without anything about them."""

    month = models.DateField(_("Monat"))
    words = models.CharField(_("Wörter"), max_length=100)
    count = models.PositiveIntegerField(_("Anzahl"), default=0)

    class Meta:
        verbose_name = _("Leere Suche")
        verbose_name_plural = _("Leere Suchen")
        ordering = ["-month", "-count", "words"]
        constraints = [models.UniqueConstraint(fields=["municipality", "month", "words"], name="one_miss_per_month")]

    def __str__(self):
        return self.words
