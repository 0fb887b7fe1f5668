"""Who was asked, and what came out: workshops, result cards, the family definition, ideas and their answers."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kommpass.municipalities.scope import MunicipalModel


class Workshop(MunicipalModel):
    """A workshop or another format of participation (Auftakt, Strategieworkshop, Zielworkshop, Beteiligungsformat)."""

    class Kind(models.TextChoices):
        KICKOFF = "kickoff", _("Auftakt")
        STRATEGY = "strategy", _("Strategieworkshop")
        TARGET = "target", _("Zielvereinbarungsworkshop")
        FORUM = "forum", _("Forum oder Dialog")
        SURVEY = "survey", _("Befragung")
        EVENT = "event", _("Veranstaltung")
        PREVENTION_CONFERENCE = "prevention_conference", _("Präventionskonferenz")
        OTHER = "other", _("Weiteres Treffen")

    MAIN = (Kind.KICKOFF, Kind.STRATEGY, Kind.TARGET)
    FORMATS = (Kind.FORUM, Kind.SURVEY, Kind.EVENT, Kind.PREVENTION_CONFERENCE)

    procedure = models.ForeignKey("audits.Procedure", on_delete=models.PROTECT, related_name="workshops")
    kind = models.CharField(_("Art"), max_length=25, choices=Kind)
    title = models.CharField(_("Titel"), max_length=200)
    held_on = models.DateField(_("Tag"))
    starts = models.TimeField(_("Beginn"), null=True, blank=True)
    until = models.TimeField(_("Ende"), null=True, blank=True)
    place = models.CharField(_("Ort"), max_length=150, blank=True)
    agenda = models.TextField(_("Ablauf"), blank=True)
    minutes = models.TextField(_("Niederschrift"), blank=True)
    groups = models.JSONField(_("Eingeladene Gruppen"), default=list, blank=True)
    edition = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("Workshop")
        verbose_name_plural = _("Workshops")
        ordering = ["held_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts=None) | Q(until=None) | Q(until__gt=F("starts")),
                name="workshop_ends_after_it_starts",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("participation:workshop", args=[self.pk], urlconf=settings.MUNICIPALITY_URLCONF)

    @property
    def is_format(self) -> bool:
        """A format of participation, as opposed to the three workshops of the audit."""
        return self.kind in self.FORMATS


class Attendance(MunicipalModel):
    """How many people of one group were there (Teilnahme). Counts only: no names are kept."""

    class Group(models.TextChoices):
        FAMILIES = "families", _("Familien")
        YOUTH = "youth", _("Kinder und junge Menschen")
        SENIORS = "seniors", _("Ältere Menschen")
        POLITICS = "politics", _("Politik")
        ADMINISTRATION = "administration", _("Verwaltung")
        PROVIDERS = "providers", _("Freie Träger")
        COMPANIES = "companies", _("Unternehmen")
        ASSOCIATIONS = "associations", _("Vereine und Verbände")
        SCHOOLS = "schools", _("Schulen und Kitas")
        OTHERS = "others", _("Weitere")

    CONCERNED = (Group.FAMILIES, Group.YOUTH, Group.SENIORS)

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="attendance")
    group = models.CharField(_("Gruppe"), max_length=15, choices=Group)
    count = models.PositiveIntegerField(_("Anzahl"))

    class Meta:
        verbose_name = _("Teilnahme")
        verbose_name_plural = _("Teilnahme")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "group"], name="one_count_per_group"),
            models.CheckConstraint(condition=Q(count__gt=0), name="attendance_counts_somebody"),
        ]

    def __str__(self):
        return f"{self.get_group_display()}: {self.count}"


class Card(MunicipalModel):
    """A result card (Ergebniskarte): what was pinned to the board."""

    class Kind(models.TextChoices):
        STRENGTH = "strength", _("Stärke")
        NEED = "need", _("Bedarf")
        IDEA = "idea", _("Idee")
        STRATEGIC_GOAL = "strategic_goal", _("Strategisches Ziel")
        GOAL = "goal", _("Ziel")
        MEASURE = "measure", _("Maßnahme")
        FAMILY_DEFINITION = "family_definition", _("Familienbegriff")

    workshop = models.ForeignKey(Workshop, on_delete=models.PROTECT, related_name="cards")
    field = models.ForeignKey(
        "audits.FieldOfAction",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="cards",
        verbose_name=_("Handlungsfeld"),
    )
    kind = models.CharField(_("Art der Karte"), max_length=20, choices=Kind, default=Kind.IDEA)
    text = models.CharField(_("Text"), max_length=500)
    votes = models.PositiveIntegerField(_("Punkte"), default=0)
    position = models.PositiveIntegerField(default=0)
    # What the room above made of it: "strategic_goal", "goal", "measure" and its number there.
    turned_into = models.CharField(_("Daraus wurde"), max_length=20, blank=True)
    turned_into_id = models.PositiveBigIntegerField(null=True, blank=True)
    edition = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("Ergebniskarte")
        verbose_name_plural = _("Ergebniskarten")
        ordering = [F("field__number").asc(nulls_last=True), "-votes", "position", "pk"]

    def __str__(self):
        return self.text


class FamilyDefinition(MunicipalModel):
    """A wording of the family definition (Familienbegriff). Sealed: another wording is another row."""

    procedure = models.ForeignKey("audits.Procedure", on_delete=models.PROTECT, related_name="family_definitions")
    number = models.PositiveIntegerField(_("Fassung"))
    text = models.TextField(_("Wortlaut"))
    reason = models.TextField(_("Begründung"), blank=True)
    proposed_at = models.DateTimeField(_("vorgeschlagen"))
    proposed_by = models.CharField(_("vorgeschlagen von"), max_length=200)

    class Meta:
        verbose_name = _("Familienbegriff")
        verbose_name_plural = _("Familienbegriff")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="one_definition_per_number"),
        ]

    def __str__(self):
        return f"{self.number}"


class DefinitionAgreement(MunicipalModel):
    """That a body agreed on one wording, and when. Sealed."""

    definition = models.OneToOneField(FamilyDefinition, on_delete=models.PROTECT, related_name="agreement")
    agreed_on = models.DateField(_("Vereinbart am"))
    agreed_by = models.CharField(_("Vereinbart von"), max_length=200)
    registered_at = models.DateTimeField(_("eingetragen"))
    registered_by = models.CharField(_("eingetragen von"), max_length=200)

    class Meta:
        verbose_name = _("Vereinbarter Familienbegriff")
        verbose_name_plural = _("Vereinbarte Familienbegriffe")
        ordering = ["-agreed_on", "-pk"]

    def __str__(self):
        return f"{self.agreed_by}, {self.agreed_on:%d.%m.%Y}"


class Idea(MunicipalModel):
    """An idea (Idee) from a workshop, a survey or a single voice. Each one gets an answer."""

    class Source(models.TextChoices):
        WORKSHOP = "workshop", _("Workshop")
        SURVEY = "survey", _("Befragung")
        VOICE = "voice", _("Einzelne Stimme")
        STAFF = "staff", _("Verwaltung")
        OTHER = "other", _("Weitere")

    class State(models.TextChoices):
        NEW = "new", _("neu")
        CONSIDERED = "considered", _("in Prüfung")
        TAKEN_UP = "taken_up", _("aufgegriffen")
        DECLINED = "declined", _("nicht aufgegriffen")

    ANSWERED = (State.TAKEN_UP, State.DECLINED)

    procedure = models.ForeignKey("audits.Procedure", on_delete=models.PROTECT, related_name="ideas")
    source = models.CharField(_("Herkunft"), max_length=10, choices=Source)
    text = models.TextField(_("Idee"))
    field = models.ForeignKey(
        "audits.FieldOfAction",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="ideas",
        verbose_name=_("Handlungsfeld"),
    )
    district = models.ForeignKey(
        "municipalities.District",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="ideas",
        verbose_name=_("Stadtteil"),
    )
    card = models.OneToOneField(Card, on_delete=models.PROTECT, null=True, blank=True, related_name="idea")
    state = models.CharField(_("Stand"), max_length=12, choices=State, default=State.NEW)
    reason = models.TextField(_("Antwort"), blank=True)
    answered_at = models.DateTimeField(_("beantwortet"), null=True, blank=True)
    public = models.BooleanField(_("Öffentlich zeigen"), default=False)
    received_at = models.DateTimeField(_("eingegangen"))
    edition = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("Idee")
        verbose_name_plural = _("Ideen")
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(state="declined") | ~Q(reason=""), name="a_declined_idea_has_a_reason"),
        ]

    def __str__(self):
        return self.text[:100]

    def get_absolute_url(self):
        return reverse("participation:idea", args=[self.pk], urlconf=settings.MUNICIPALITY_URLCONF)

    @property
    def answered(self) -> bool:
        return self.state in self.ANSWERED
