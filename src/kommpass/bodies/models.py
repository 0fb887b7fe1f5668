"""What the town decides, and where: bodies, meetings, papers, their stations, and the sealed decisions."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kommpass.domain.consultations import DONE, HOLDING, OPEN, StationRole, StationState
from kommpass.municipalities.scope import MunicipalModel


class Body(MunicipalModel):
    """A body (Gremium): council, committee, steering group, alliance, round table."""

    class Kind(models.TextChoices):
        COUNCIL = "council", _("Rat, Kreistag oder Stadtverordnetenversammlung")
        COMMITTEE = "committee", _("Ausschuss")
        MAYOR = "mayor", _("Verwaltungsspitze")
        STEERING_GROUP = "steering_group", _("Steuerungsgruppe")
        PROJECT_GROUP = "project_group", _("Projektgruppe")
        ALLIANCE = "alliance", _("Bündnis für Familie")
        ROUND_TABLE = "round_table", _("Runder Tisch")
        OTHER = "other", _("Weiteres Gremium")

    name = models.CharField(_("Name"), max_length=150)
    short = models.CharField(_("Kurzzeichen"), max_length=20, blank=True)
    kind = models.CharField(_("Art"), max_length=20, choices=Kind, default=Kind.COMMITTEE)
    authoritative = models.BooleanField(_("Entscheidet abschließend"), default=False)
    members_count = models.PositiveSmallIntegerField(_("Zahl der Mitglieder"), default=0)
    edition = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("Gremium")
        verbose_name_plural = _("Gremien")
        ordering = ["-authoritative", "name"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "name"], name="one_body_per_name"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("bodies:body", args=[self.pk], urlconf=settings.MUNICIPALITY_URLCONF)


class Meeting(MunicipalModel):
    """A meeting (Sitzung) of a body on one day."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="meetings", verbose_name=_("Gremium"))
    held_on = models.DateField(_("Tag der Sitzung"))
    place = models.CharField(_("Ort"), max_length=150, blank=True)
    note = models.CharField(_("Hinweis"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("Sitzung")
        verbose_name_plural = _("Sitzungen")
        ordering = ["held_on", "body__name"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "body", "held_on"], name="one_meeting_per_day"),
        ]

    def __str__(self):
        return f"{self.body}, {self.held_on:%d.%m.%Y}"


class Paper(MunicipalModel):
    """A council paper (Vorlage): what the bodies are asked to resolve, and why."""

    class Purpose(models.TextChoices):
        PARTICIPATION = "participation", _("Teilnahme am Audit")
        AGREEMENT = "agreement", _("Zielvereinbarung")
        AMENDMENT = "amendment", _("Änderung der Zielvereinbarung")
        REPORT = "report", _("Bericht")
        CONTINUATION = "continuation", _("Fortsetzung des Audits")
        OTHER = "other", _("Sonstiges")

    procedure = models.ForeignKey("audits.Procedure", on_delete=models.PROTECT, related_name="papers")
    reference = models.CharField(_("Vorlagennummer"), max_length=60, blank=True)
    title = models.CharField(_("Betreff"), max_length=250)
    purpose = models.CharField(_("Gegenstand"), max_length=15, choices=Purpose, default=Purpose.OTHER)
    lead = models.ForeignKey(
        "people.Organisation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="papers_led",
        verbose_name=_("Federführung"),
    )
    contributing = models.ManyToManyField(
        "people.Organisation",
        through="Contribution",
        blank=True,
        related_name="papers_shared",
        verbose_name=_("Beteiligte Dienststellen"),
    )
    public = models.BooleanField(_("Öffentliche Vorlage"), default=True)
    proposed_resolution = models.TextField(_("Beschlussvorschlag"), blank=True)
    facts_text = models.TextField(_("Sachverhalt"), blank=True)
    financial = models.TextField(_("Finanzielle Auswirkungen"), blank=True)
    attachments = models.TextField(_("Anlagen"), blank=True)
    # A version of the agreement. It lives in a room above this one, so it is known by its number only.
    subject_version = models.PositiveBigIntegerField(_("Fassung der Zielvereinbarung"), null=True, blank=True)
    created_at = models.DateTimeField(_("angelegt"))
    created_by = models.CharField(_("angelegt von"), max_length=200)
    edition = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("Vorlage")
        verbose_name_plural = _("Vorlagen")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "reference"], condition=~Q(reference=""), name="one_paper_per_reference"
            ),
        ]

    def __str__(self):
        return f"{self.reference} {self.title}".strip()

    def get_absolute_url(self):
        return reverse("bodies:paper", args=[self.pk], urlconf=settings.MUNICIPALITY_URLCONF)

    @property
    def attachment_lines(self) -> list[str]:
        return [line.strip() for line in self.attachments.splitlines() if line.strip()]


class Contribution(MunicipalModel):
    """That a department contributes to a paper (Beteiligte Dienststelle)."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="contributions")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("Beteiligte Dienststelle")
        verbose_name_plural = _("Beteiligte Dienststellen")
        constraints = [
            models.UniqueConstraint(fields=["paper", "organisation"], name="a_department_contributes_once"),
        ]

    def __str__(self):
        return f"{self.organisation}"


class Voting(models.Model):
    """How a body voted (Abstimmung). Numbers are optional: many minutes only say "mit großer Mehrheit"."""

    class Manner(models.TextChoices):
        UNANIMOUS = "unanimous", _("einstimmig")
        MAJORITY = "majority", _("mehrheitlich")

    manner = models.CharField(_("Abstimmung"), max_length=10, choices=Manner, blank=True)
    votes_yes = models.PositiveSmallIntegerField(_("Ja"), null=True, blank=True)
    votes_no = models.PositiveSmallIntegerField(_("Nein"), null=True, blank=True)
    votes_abstain = models.PositiveSmallIntegerField(_("Enthaltungen"), null=True, blank=True)
    conditions = models.JSONField(_("Bedingungen"), default=list, blank=True)

    class Meta:
        abstract = True

    @property
    def votes(self) -> str:
        """Yes, no and abstentions as the minutes write them ("18:0:0"), or "" if nobody counted."""
        if self.votes_yes is None:
            return ""
        return f"{self.votes_yes}:{self.votes_no}:{self.votes_abstain}"

    @property
    def voting(self) -> str:
        """The vote in words: "einstimmig (18:0:0)"."""
        manner = str(self.get_manner_display()) if self.manner else ""
        return f"{manner} ({self.votes})" if manner and self.votes else manner or self.votes


class Consultation(MunicipalModel, Voting):
    """A station (Beratungsstation) of a paper: one body, one role, one result. All together: the chain."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="consultations")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="consultations", verbose_name=_("Gremium"))
    position = models.PositiveSmallIntegerField(_("Reihenfolge"))
    role = models.CharField(
        _("Zuständigkeit"), max_length=15, choices=[(each.value, _(each.label)) for each in StationRole]
    )
    meeting_on = models.DateField(_("Tag der Sitzung"), null=True, blank=True)
    agenda_item = models.CharField(_("Tagesordnungspunkt"), max_length=20, blank=True)
    public = models.BooleanField(_("Öffentliche Sitzung"), default=True)
    state = models.CharField(
        _("Stand"),
        max_length=25,
        choices=[(each.value, _(each.label)) for each in StationState],
        default=StationState.PLANNED.value,
    )
    result_text = models.TextField(_("Aus der Niederschrift"), blank=True)
    changes_text = models.TextField(_("Änderungen"), blank=True)
    recorded_at = models.DateTimeField(_("eingetragen"), null=True, blank=True)
    edition = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("Station der Beratungsfolge")
        verbose_name_plural = _("Beratungsfolge")
        ordering = ["position", "pk"]

    def __str__(self):
        return f"{self.body} · {self.get_role_display()}"

    @property
    def open(self) -> bool:
        return self.state in OPEN

    @property
    def done(self) -> bool:
        return self.state in DONE

    @property
    def holding(self) -> bool:
        return self.state in HOLDING

    @property
    def decides(self) -> bool:
        return self.role == StationRole.DECISION

    @property
    def result(self) -> str:
        """The result in one line, for the chain in a paper and for lists; "" while the station is open."""
        if self.state in (StationState.PLANNED, StationState.ON_AGENDA):
            return ""
        state = str(self.get_state_display())
        if self.state == StationState.DECIDED and self.changes_text:
            state = gettext("mit Änderungen beschlossen")
        return ", ".join(part for part in (state, self.voting, *self.conditions) if part)


class Decision(MunicipalModel, Voting):
    """A decision (Beschluss). Sealed: the database refuses to change it. A mistake is corrected by a new one."""

    class Result(models.TextChoices):
        ADOPTED = "adopted", _("beschlossen")
        ADOPTED_WITH_CHANGES = "adopted_with_changes", _("mit Änderungen beschlossen")
        REJECTED = "rejected", _("abgelehnt")
        NOTED = "noted", _("zur Kenntnis genommen")

    ADOPTING = (Result.ADOPTED, Result.ADOPTED_WITH_CHANGES)

    procedure = models.ForeignKey("audits.Procedure", on_delete=models.PROTECT, related_name="decisions")
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="decisions")
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="decisions")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="decisions", verbose_name=_("Gremium"))
    decided_on = models.DateField(_("Beschlossen am"))
    reference = models.CharField(_("Vorlagennummer"), max_length=60)
    result = models.CharField(_("Ergebnis"), max_length=20, choices=Result)
    wording = models.TextField(_("Wortlaut des Beschlusses"), blank=True)
    subject_version = models.PositiveBigIntegerField(_("Fassung der Zielvereinbarung"), null=True)
    skipped_reason = models.TextField(_("Warum Stationen offen blieben"), blank=True)
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="corrected_by")
    correction_reason = models.TextField(_("Grund der Berichtigung"), blank=True)
    registered_at = models.DateTimeField(_("eingetragen"))
    registered_by = models.CharField(_("eingetragen von"), max_length=200)

    class Meta:
        verbose_name = _("Beschluss")
        verbose_name_plural = _("Beschlüsse")
        ordering = ["-decided_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reference=""), name="decision_names_its_paper"),
            models.UniqueConstraint(
                fields=["consultation"], condition=Q(corrects=None), name="one_decision_per_station"
            ),
            models.UniqueConstraint(fields=["corrects"], name="a_decision_is_corrected_once"),
            models.CheckConstraint(
                condition=Q(corrects=None) | ~Q(correction_reason=""), name="a_correction_has_a_reason"
            ),
        ]

    def __str__(self):
        return f"{self.body}, {self.decided_on:%d.%m.%Y}: {self.get_result_display()}"

    @property
    def adopting(self) -> bool:
        return self.result in self.ADOPTING
