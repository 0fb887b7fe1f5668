"""The working draft of the agreement: field > strategic goal > goal > measure > step."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kommpass.audits.models import FieldOfAction, Procedure
from kommpass.municipalities.models import District
from kommpass.municipalities.scope import MunicipalModel
from kommpass.participation.models import Card, Idea
from kommpass.people.models import Organisation, Post
from kommpass.stocktaking.models import Finding


class Part(MunicipalModel):
    """What all parts of an agreement share: a name that survives renumbering, a place, an edition."""

    uid = models.UUIDField(default=uuid.uuid4, editable=False)
    position = models.PositiveIntegerField(_("Reihenfolge"), default=0)
    edition = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]


class Agreement(MunicipalModel):
    """The target agreement (Zielvereinbarung) of a procedure, as it is being worked on."""

    procedure = models.OneToOneField(Procedure, on_delete=models.PROTECT, related_name="agreement")
    title = models.CharField(_("Titel"), max_length=200)
    preamble = models.TextField(_("Zielsetzung der Kommune"), blank=True)
    process = models.TextField(_("Wie diese Zielvereinbarung entstanden ist"), blank=True)
    budget_clause = models.TextField(_("Haushaltsklausel"), blank=True)
    edition = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("Zielvereinbarung")
        verbose_name_plural = _("Zielvereinbarungen")

    def __str__(self):
        return self.title


class StrategicGoal(Part):
    """A strategic goal (strategisches Ziel, Leitziel) of a field. It carries no number."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="strategic_goals")
    field = models.ForeignKey(FieldOfAction, on_delete=models.PROTECT, related_name="strategic_goals")
    text = models.TextField(_("Strategisches Ziel"))

    class Meta(Part.Meta):
        verbose_name = _("Strategisches Ziel")
        verbose_name_plural = _("Strategische Ziele")

    def __str__(self):
        return self.text


class Goal(Part):
    """A goal (Ziel): a state that is to be reached, for example 1.1."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="goals")
    field = models.ForeignKey(
        FieldOfAction, on_delete=models.PROTECT, related_name="goals", verbose_name=_("Handlungsfeld")
    )
    strategic_goal = models.ForeignKey(
        StrategicGoal,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="goals",
        verbose_name=_("Strategisches Ziel"),
    )
    number = models.CharField(_("Nummer"), max_length=20, blank=True, editable=False)
    title = models.CharField(_("Ziel"), max_length=300)
    description = models.TextField(_("Beschreibung"), blank=True)
    predecessor = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="successors", editable=False
    )

    class Meta(Part.Meta):
        verbose_name = _("Ziel")
        verbose_name_plural = _("Ziele")
        indexes = [models.Index(fields=["municipality", "agreement", "field", "position"], name="goals_in_order")]

    def __str__(self):
        return f"{self.number} {self.title}".strip()

    def get_absolute_url(self):
        return reverse("agreement:goal", args=[self.pk], urlconf=settings.MUNICIPALITY_URLCONF)


class Measure(Part):
    """A measure (Maßnahme): what is done, by whom, until when. It stands under one goal and may serve others.

    `promised` once an adopted version has it: only then it is asked about, reported and counted.
    """

    class Acceptance(models.TextChoices):
        OPEN = "open", _("noch nicht gefragt")
        ASKED = "asked", _("angefragt")
        ACCEPTED = "accepted", _("angenommen")
        DECLINED = "declined", _("abgelehnt")

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="measures")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="measures", verbose_name=_("Ziel"))
    also_serves = models.ManyToManyField(Goal, blank=True, related_name="served_by", verbose_name=_("dient auch"))
    number = models.CharField(_("Nummer"), max_length=20, blank=True, editable=False)
    external_key = models.CharField(_("Kennung der Vorlage"), max_length=60, blank=True)
    # The same measure one round earlier; and, where two schemes share a measure, the one that is reported on.
    predecessor = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="successors", editable=False
    )
    shared_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="shared_into", editable=False
    )
    title = models.CharField(_("Maßnahme"), max_length=300)
    description = models.TextField(_("Beschreibung"), blank=True)
    responsible = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="measures",
        verbose_name=_("Zuständig"),
    )
    post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="measures", verbose_name=_("Stelle")
    )
    partners = models.ManyToManyField(Organisation, blank=True, related_name="+", verbose_name=_("Mitwirkende"))
    districts = models.ManyToManyField(District, blank=True, related_name="+", verbose_name=_("Stadtteile"))
    target_groups = models.JSONField(_("Zielgruppen"), default=list, blank=True)
    themes = models.JSONField(_("Querschnittsthemen"), default=list, blank=True)
    references = models.JSONField(_("Bezug zu anderen Konzepten"), default=list, blank=True)
    start = models.CharField(_("Beginn"), max_length=10, blank=True)
    due = models.CharField(_("Frist"), max_length=10, blank=True)
    due_on = models.DateField(_("letzter Tag der Frist"), null=True, blank=True, editable=False)
    cost_once = models.DecimalField(
        _("Einmalige Kosten in Euro"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    cost_yearly = models.DecimalField(
        _("Jährliche Kosten in Euro"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    funding = models.CharField(_("Finanzierung"), max_length=300, blank=True)
    subject_to_budget = models.BooleanField(_("unter Haushaltsvorbehalt"), default=False)
    staff_effort = models.CharField(_("Personalaufwand"), max_length=200, blank=True)
    priority = models.CharField(_("Priorität"), max_length=20, blank=True)
    public = models.BooleanField(_("öffentlich"), default=True)
    promised = models.BooleanField(_("beschlossen"), default=False, editable=False)
    dropped = models.BooleanField(_("gestrichen"), default=False, editable=False)
    internal_note = models.TextField(_("Interne Notiz"), blank=True)
    more = models.JSONField(_("Weitere Angaben aus dem Import"), default=dict, blank=True, editable=False)
    acceptance = models.CharField(_("Zustimmung"), max_length=10, choices=Acceptance, default=Acceptance.OPEN)
    acceptance_note = models.TextField(_("Bemerkung"), blank=True)
    accepted_at = models.DateTimeField(_("beantwortet am"), null=True, blank=True)
    accepted_by = models.CharField(_("beantwortet von"), max_length=200, blank=True)

    class Meta(Part.Meta):
        verbose_name = _("Maßnahme")
        verbose_name_plural = _("Maßnahmen")
        indexes = [
            models.Index(fields=["municipality", "agreement", "goal", "position"], name="measures_in_order"),
            models.Index(fields=["municipality", "responsible"], name="measures_of_organisation"),
        ]

    def __str__(self):
        return f"{self.number} {self.title}".strip()

    def get_absolute_url(self):
        return reverse("agreement:measure", args=[self.pk], urlconf=settings.MUNICIPALITY_URLCONF)


class Step(Part):
    """A step (Schritt, Meilenstein) of a measure."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="steps")
    title = models.CharField(_("Schritt"), max_length=300)
    due = models.CharField(_("bis"), max_length=10, blank=True)
    due_on = models.DateField(null=True, blank=True, editable=False)

    class Meta(Part.Meta):
        verbose_name = _("Schritt")
        verbose_name_plural = _("Schritte")

    def __str__(self):
        return self.title


class Indicator(Part):
    """An indicator (Indikator) of a measure with baseline and target. Decimal or text, never a float."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="indicators")
    name = models.CharField(_("Indikator"), max_length=200)
    unit = models.CharField(_("Einheit"), max_length=60, blank=True)
    baseline = models.CharField(_("Ausgangswert"), max_length=100, blank=True)
    target = models.JSONField(_("Zielwert"))
    source = models.CharField(_("Quelle"), max_length=200, blank=True)

    class Meta(Part.Meta):
        verbose_name = _("Indikator")
        verbose_name_plural = _("Indikatoren")

    def __str__(self):
        return self.name


class Origin(MunicipalModel):
    """Where a goal or a measure comes from: a finding, a card, an idea. Its text is kept as it was then."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, null=True, blank=True, related_name="origins")
    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, null=True, blank=True, related_name="origins")
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, null=True, blank=True, related_name="origins")
    card = models.ForeignKey(Card, on_delete=models.PROTECT, null=True, blank=True, related_name="origins")
    idea = models.ForeignKey(Idea, on_delete=models.PROTECT, null=True, blank=True, related_name="origins")
    text = models.TextField(_("Wortlaut"))

    class Meta:
        verbose_name = _("Herkunft")
        verbose_name_plural = _("Herkunft")
        constraints = [
            models.CheckConstraint(
                condition=Q(goal__isnull=False, measure=None) | Q(goal=None, measure__isnull=False),
                name="origin_of_a_goal_or_a_measure",
            ),
        ]

    def __str__(self):
        return self.text

    @property
    def kind(self):
        if self.finding_id:
            return _("Befund")
        return _("Ergebniskarte") if self.card_id else _("Idee") if self.idea_id else _("Sonstiges")


class StatusEntry(MunicipalModel):
    """A dated status (Sachstand) of a measure: a report round, a light, a text."""

    class Light(models.TextChoices):
        GREEN = "green", _("im Plan oder erledigt")
        YELLOW = "yellow", _("verzögert oder teilweise")
        RED = "red", _("nicht begonnen oder gescheitert")
        NONE = "", _("ohne Bewertung")

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="statuses")
    label = models.CharField(_("Bericht"), max_length=100)
    period_from = models.DateField(_("Zeitraum von"))
    period_until = models.DateField(_("Zeitraum bis"))
    light = models.CharField(_("Ampel"), max_length=6, choices=Light, blank=True)
    text = models.TextField(_("Sachstand"), blank=True)

    class Meta:
        verbose_name = _("Sachstand")
        verbose_name_plural = _("Sachstände")
        ordering = ["period_until", "pk"]

    def __str__(self):
        return self.label
