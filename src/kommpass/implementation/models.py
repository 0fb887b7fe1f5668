"""How far the measures are: rounds of asking, what owners say, what auditor and council say, whether goals are met."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kommpass.agreement.models import Goal, Indicator, Measure
from kommpass.audits.models import Procedure
from kommpass.domain import progress
from kommpass.domain.targets import format_decimal
from kommpass.municipalities.scope import MunicipalModel
from kommpass.people.models import Organisation, Post


class StatusRound(MunicipalModel):
    """A round of asking (Statusrunde): everybody in charge says how far their measures are at a key date."""

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="rounds")
    title = models.CharField(_("Titel"), max_length=150)
    period_from = models.DateField(_("Zeitraum von"))
    period_until = models.DateField(_("Zeitraum bis"))
    due_on = models.DateField(_("Antwort erbeten bis"))
    opened_at = models.DateTimeField(_("begonnen"))
    opened_by = models.CharField(_("begonnen von"), max_length=200)
    closed_at = models.DateTimeField(_("abgeschlossen"), null=True, blank=True)

    class Meta:
        verbose_name = _("Statusrunde")
        verbose_name_plural = _("Statusrunden")
        ordering = ["-period_until", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["procedure"], condition=Q(closed_at=None), name="one_open_round"),
            models.CheckConstraint(condition=Q(period_until__gte=F("period_from")), name="round_period_runs_forward"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("implementation:round", args=[self.pk], urlconf=settings.MUNICIPALITY_URLCONF)

    @property
    def open(self) -> bool:
        return self.closed_at is None


class StatusRequest(MunicipalModel):
    """Whom a round asks (Anfrage): one person or mailbox, one mail, one link to all of their measures."""

    round = models.ForeignKey(StatusRound, on_delete=models.PROTECT, related_name="requests")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("Name"), max_length=200)
    email = models.EmailField(_("E-Mail-Adresse"), blank=True)
    asked_at = models.DateTimeField(_("gefragt am"), null=True, blank=True)

    class Meta:
        verbose_name = _("Anfrage zum Sachstand")
        verbose_name_plural = _("Anfragen zum Sachstand")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "email"], condition=~Q(email=""), name="one_request_per_person"),
        ]

    def __str__(self):
        return self.name


class AskedMeasure(MunicipalModel):
    """That a round asks this person about this measure (angefragte Maßnahme)."""

    request = models.ForeignKey(StatusRequest, on_delete=models.PROTECT, related_name="asked")
    round = models.ForeignKey(StatusRound, on_delete=models.PROTECT, related_name="asked")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="asked")

    class Meta:
        verbose_name = _("Angefragte Maßnahme")
        verbose_name_plural = _("Angefragte Maßnahmen")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["round", "measure"], name="a_round_asks_once")]

    def __str__(self):
        return f"{self.measure}"


class SelfAssessment(MunicipalModel):
    """What whoever is in charge says of a measure (Selbsteinschätzung). The newest of a round counts. Sealed.

    `expected` is a new date as they see it, with a month or year only if that is all they know; it changes
    nothing in what was adopted. `unchanged` says that they confirmed what stood there.
    """

    class State(models.TextChoices):
        NOT_STARTED = progress.MeasureState.NOT_STARTED.value, _("noch nicht begonnen")
        IN_PROGRESS = progress.MeasureState.IN_PROGRESS.value, _("in Arbeit")
        DONE = progress.MeasureState.DONE.value, _("umgesetzt")
        DONE_PERMANENT = progress.MeasureState.DONE_PERMANENT.value, _("umgesetzt und Daueraufgabe")
        PARTLY_DONE = progress.MeasureState.PARTLY_DONE.value, _("teilweise umgesetzt")
        REPLACED = progress.MeasureState.REPLACED.value, _("durch anderes ersetzt")
        DROPPED = progress.MeasureState.DROPPED.value, _("aufgegeben")
        NOT_REALISED = progress.MeasureState.NOT_REALISED.value, _("nicht zu verwirklichen")

    class Light(models.TextChoices):
        GREEN = progress.Light.GREEN.value, _("im Plan")
        YELLOW = progress.Light.YELLOW.value, _("verzögert")
        RED = progress.Light.RED.value, _("gefährdet")

    round = models.ForeignKey(StatusRound, on_delete=models.PROTECT, related_name="assessments")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="assessments")
    state = models.CharField(_("Stand"), max_length=15, choices=State)
    light = models.CharField(_("Ampel"), max_length=6, choices=Light)
    text = models.TextField(_("Was ist geschehen, und warum?"), blank=True)
    expected = models.CharField(_("Neuer Termin"), max_length=10, blank=True)
    unchanged = models.BooleanField(_("unverändert"), default=False)
    by_id = models.PositiveBigIntegerField()
    by_name = models.CharField(_("von"), max_length=200)
    via = models.CharField(max_length=10)
    at = models.DateTimeField(_("am"))

    class Meta:
        verbose_name = _("Selbsteinschätzung")
        verbose_name_plural = _("Selbsteinschätzungen")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["municipality", "measure", "-at"], name="newest_word_on_a_measure")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="")
                | (Q(light="green") & Q(state__in=["not_started", "in_progress", "done", "done_permanent"])),
                name="from_yellow_on_a_reason_is_given",
            ),
        ]

    def __str__(self):
        return f"{self.get_state_display()} · {self.get_light_display()}"


class IndicatorReading(MunicipalModel):
    """A value of an indicator at a time (Indikatorwert), with its source. A later one supersedes it. Sealed."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="readings")
    assessment = models.ForeignKey(SelfAssessment, on_delete=models.PROTECT, related_name="readings")
    value = models.DecimalField(_("Wert"), max_digits=20, decimal_places=6, null=True, blank=True)
    words = models.CharField(_("Wert in Worten"), max_length=200, blank=True)
    as_of = models.CharField(_("Stand"), max_length=10)
    source = models.CharField(_("Quelle"), max_length=200, blank=True)
    at = models.DateTimeField(_("gemeldet am"))

    class Meta:
        verbose_name = _("Indikatorwert")
        verbose_name_plural = _("Indikatorwerte")
        ordering = ["as_of", "at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(value__isnull=False, words="") | (Q(value=None) & ~Q(words="")),
                name="a_reading_is_a_number_or_words",
            ),
        ]

    def __str__(self):
        return self.words or format_decimal(self.value.normalize())


class AuditorView(MunicipalModel):
    """How the auditor sees the state of a measure (Sicht der Auditorin), apart from what the owner says. Sealed."""

    class Stance(models.TextChoices):
        SHARES = "shares", _("teilt die Einschätzung")
        DOUBTS = "doubts", _("hat Zweifel")
        DIFFERS = "differs", _("sieht es anders")

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="auditor_views")
    round = models.ForeignKey(StatusRound, on_delete=models.PROTECT, null=True, blank=True, related_name="views")
    stance = models.CharField(_("Sicht"), max_length=8, choices=Stance)
    text = models.TextField(_("Begründung"), blank=True)
    by_name = models.CharField(_("von"), max_length=200)
    at = models.DateTimeField(_("am"))

    class Meta:
        verbose_name = _("Sicht der Auditorin")
        verbose_name_plural = _("Sichten der Auditorin")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(stance="shares") | ~Q(text=""), name="another_view_has_a_reason"),
        ]

    def __str__(self):
        return f"{self.get_stance_display()}"


class StatusRemark(MunicipalModel):
    """What a council member asks or remarks on a status (politische Anmerkung), with its answer."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="status_remarks")
    text = models.TextField(_("Frage oder Anmerkung"))
    public = models.BooleanField(_("öffentlich"), default=False)
    by_id = models.PositiveBigIntegerField()
    by_name = models.CharField(_("von"), max_length=200)
    at = models.DateTimeField(_("am"))
    answer = models.TextField(_("Antwort"), blank=True)
    answered_by = models.CharField(_("beantwortet von"), max_length=200, blank=True)
    answered_at = models.DateTimeField(_("beantwortet am"), null=True, blank=True)

    class Meta:
        verbose_name = _("Politische Anmerkung")
        verbose_name_plural = _("Politische Anmerkungen")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return self.text[:80]


class GoalJudgement(MunicipalModel):
    """Whether a goal is reached (Zielerreichung): a judgement of its own, with reasons. The newest counts. Sealed."""

    class Achievement(models.TextChoices):
        NOT_ASSESSABLE = progress.Achievement.NOT_ASSESSABLE.value, _("noch nicht zu beurteilen")
        NOT = progress.Achievement.NOT.value, _("nicht erreicht")
        PARTLY = progress.Achievement.PARTLY.value, _("teilweise erreicht")
        LARGELY = progress.Achievement.LARGELY.value, _("weitgehend erreicht")
        FULLY = progress.Achievement.FULLY.value, _("erreicht")

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="judgements")
    achievement = models.CharField(_("Zielerreichung"), max_length=15, choices=Achievement)
    text = models.TextField(_("Begründung"))
    by_name = models.CharField(_("von"), max_length=200)
    at = models.DateTimeField(_("am"))

    class Meta:
        verbose_name = _("Zielerreichung")
        verbose_name_plural = _("Zielerreichungen")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.get_achievement_display()}"
