"""Who offers what, where: providers, offers, locations, and the texts of an offer in further languages."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kommpass.domain.offers.content import OfferContent
from kommpass.municipalities.scope import MunicipalModel


class Provider(MunicipalModel):
    """A provider (Träger): an organisation of the town as families see it."""

    organisation = models.OneToOneField("people.Organisation", on_delete=models.PROTECT, related_name="provider")
    key = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    description = models.TextField(_("Beschreibung"), blank=True)
    website = models.URLField(_("Internetseite"), blank=True)
    umbrella = models.CharField(_("Dachverband"), max_length=150, blank=True)
    register = models.CharField(_("Register und Nummer"), max_length=60, blank=True)
    # Four eyes: what an untrusted provider writes is looked at before families read it.
    trusted = models.BooleanField(_("Änderungen erscheinen sofort"), default=False)
    changed_at = models.DateTimeField(_("geändert"), auto_now=True)
    edition = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("Träger")
        verbose_name_plural = _("Träger")
        ordering = ["organisation__name"]

    def __str__(self):
        return self.organisation.name

    def get_absolute_url(self):
        return reverse("offers:provider", args=[self.pk], urlconf=settings.MUNICIPALITY_URLCONF)


class Location(MunicipalModel):
    """A place with an address (Standort). The district follows from the point and is never typed."""

    class Accuracy(models.TextChoices):
        ENTRANCE = "entrance", _("genau, am Eingang")
        ADDRESS = "address", _("Hausnummer")
        STREET = "street", _("nur Straße")
        UNKNOWN = "unknown", _("nicht bekannt")

    key = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    name = models.CharField(_("Name des Ortes"), max_length=150, blank=True)
    street = models.CharField(_("Straße und Hausnummer"), max_length=150, blank=True)
    postal_code = models.CharField(_("Postleitzahl"), max_length=10, blank=True)
    city = models.CharField(_("Ort"), max_length=100, blank=True)
    latitude = models.FloatField(_("Breite"), null=True, blank=True)
    longitude = models.FloatField(_("Länge"), null=True, blank=True)
    accuracy = models.CharField(_("Genauigkeit"), max_length=10, choices=Accuracy, default=Accuracy.UNKNOWN)
    point_source = models.CharField(_("Herkunft des Punktes"), max_length=100, blank=True)
    district = models.ForeignKey(
        "municipalities.District", on_delete=models.SET_NULL, null=True, blank=True, related_name="locations"
    )
    stop = models.CharField(_("Haltestelle"), max_length=100, blank=True)
    # {criterion: {"state": "yes" | "no", "checked_on": day, "source": text}}: what is not there is unknown, not "no".
    accessibility = models.JSONField(_("Barrierefreiheit"), default=dict, blank=True)
    changed_at = models.DateTimeField(_("geändert"), auto_now=True)
    edition = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("Standort")
        verbose_name_plural = _("Standorte")
        ordering = ["name", "street", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="a_point_lies_on_earth",
            ),
        ]

    def __str__(self):
        return ", ".join(each for each in (self.name, self.street) if each) or f"{self.postal_code} {self.city}".strip()

    def get_absolute_url(self):
        return reverse("offers:location", args=[self.pk], urlconf=settings.MUNICIPALITY_URLCONF)

    @property
    def address(self) -> str:
        return ", ".join(each for each in (self.street, f"{self.postal_code} {self.city}".strip()) if each)

    @property
    def point(self) -> tuple[float, float] | None:
        return None if self.latitude is None else (self.latitude, self.longitude)


class Offer(MunicipalModel):
    """An offer for families (Angebot). `content` is the accepted document; revisions keep all earlier ones."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Entwurf")
        SUBMITTED = "submitted", _("wartet auf Freigabe")
        PUBLISHED = "published", _("veröffentlicht")
        PAUSED = "paused", _("pausiert")
        ENDED = "ended", _("beendet")

    PUBLIC = (State.PUBLISHED, State.PAUSED)

    key = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="offers", verbose_name=_("Träger"))
    state = models.CharField(_("Stand"), max_length=10, choices=State, default=State.DRAFT)
    title = models.CharField(_("Name"), max_length=150)
    content = models.JSONField(_("Inhalt"), default=dict)
    made_at = models.DateTimeField(_("angelegt"))
    published_at = models.DateTimeField(_("veröffentlicht"), null=True, blank=True)
    # Whoever reads us by "modified_after" must hear of every change of what belongs to the offer.
    changed_at = models.DateTimeField(_("geändert"))
    ended_on = models.DateField(_("beendet am"), null=True, blank=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="absorbed")
    edition = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("Angebot")
        verbose_name_plural = _("Angebote")
        ordering = ["title", "pk"]
        indexes = [
            models.Index(fields=["municipality", "state", "title"], name="offers_of_town_by_title"),
            models.Index(fields=["municipality", "changed_at"], name="offers_of_town_by_change"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="an_offer_has_a_name"),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(state="ended"), name="a_merged_offer_is_not_in_the_directory"
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("offers:offer", args=[self.pk], urlconf=settings.MUNICIPALITY_URLCONF)

    @property
    def document(self) -> OfferContent:
        """What `content` says. It is read once for each content that is put there as a whole."""
        stored, document = self.__dict__.get("_read", (None, None))
        if document is None or stored is not self.content:
            document = OfferContent.from_json(self.content)
            self.__dict__["_read"] = self.content, document
        return document

    @property
    def public(self) -> bool:
        return self.state in self.PUBLIC


class OfferAtLocation(MunicipalModel):
    """That an offer takes place at a location (Angebot am Standort): written from the document, in its order."""

    key = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="places")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="offers")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("Angebot am Standort")
        verbose_name_plural = _("Angebote an Standorten")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["offer", "location"], name="one_place_once_per_offer")]

    def __str__(self):
        return f"{self.offer} · {self.location}"


class OfferText(MunicipalModel):
    """The words of an offer in another language, or in Leichte Sprache: own reviewed content, never a machine's."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Entwurf")
        REVIEWED = "reviewed", _("geprüft")

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("Sprache"), max_length=10)
    title = models.CharField(_("Name"), max_length=150)
    summary = models.CharField(_("Kurz gesagt"), max_length=400)
    text = models.TextField(_("Beschreibung"), blank=True)
    state = models.CharField(_("Stand"), max_length=10, choices=State, default=State.DRAFT)
    # The edition of the offer that was translated: an older one means that the original has moved on.
    of_edition = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(_("geändert"))
    edition = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("Text eines Angebots")
        verbose_name_plural = _("Texte von Angeboten")
        ordering = ["language"]
        constraints = [models.UniqueConstraint(fields=["offer", "language"], name="one_text_per_language")]

    def __str__(self):
        return f"{self.title} ({self.language})"
