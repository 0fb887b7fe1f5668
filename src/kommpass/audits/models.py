"""The procedure: its pinned scheme version, its phases, its fields of action, and the journal."""

from functools import cached_property

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from kommpass.audits.catalogue import scheme_of
from kommpass.domain.permissions import Situation
from kommpass.domain.phases import Stage
from kommpass.municipalities.scope import MunicipalModel


class Procedure(MunicipalModel):
    """A procedure (Audit, Auditierung): one run of one scheme version for one town."""

    class State(models.TextChoices):
        RUNNING = "running", _("läuft")
        PAUSED = "paused", _("ruht")
        WITHDRAWN = "withdrawn", _("zurückgezogen")
        LAPSED = "lapsed", _("ausgelaufen")
        ENDED = "ended", _("abgeschlossen")

    scheme_key = models.CharField(max_length=60)
    scheme_version = models.CharField(_("Fassung des Verfahrens"), max_length=20)
    scheme_digest = models.CharField(max_length=64)
    round = models.PositiveSmallIntegerField(_("Durchgang"), default=1)
    rung = models.CharField(_("Stufe"), max_length=20)
    title = models.CharField(_("Titel"), max_length=200)
    state = models.CharField(_("Zustand"), max_length=10, choices=State, default=State.RUNNING)
    state_reason = models.TextField(_("Begründung"), blank=True)
    themes = models.JSONField(_("Querschnittsthemen"), default=list, blank=True)
    project_lead = models.ForeignKey(
        "people.Post",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Projektleitung"),
    )
    auditor_name = models.CharField(_("Auditorin oder Auditor"), max_length=150, blank=True)
    contract_signed_on = models.DateField(_("Vertrag unterschrieben am"), null=True, blank=True)
    predecessor = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="successors")
    started_at = models.DateTimeField(_("begonnen"))
    edition = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("Verfahren")
        verbose_name_plural = _("Verfahren")
        ordering = ["-round", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "scheme_key", "round"], name="one_procedure_per_round"),
        ]

    def __str__(self):
        return self.title

    @cached_property
    def scheme(self):
        return scheme_of(self.scheme_key, self.scheme_version)

    @property
    def rung_title(self):
        return self.scheme.rung(self.rung).title

    @cached_property
    def course(self) -> list["ProcedurePhase"]:
        """The phases in order, each knowing its procedure without another query. See forget()."""
        rows = list(self.phases.all())
        for row in rows:
            row.procedure = self
        return rows

    @cached_property
    def situation(self) -> Situation:
        """What the permission table needs to know. Call forget() after a phase has changed."""
        stages = frozenset(each.stage for each in self.course if each.opened_at and not each.closed_at)
        return Situation(stages=stages, running=self.state == self.State.RUNNING)

    def forget(self) -> None:
        for known in ("course", "situation"):
            self.__dict__.pop(known, None)


class ProcedurePhase(MunicipalModel):
    """A phase of a running procedure: planned dates and actual moments are different things and may overlap."""

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="phases")
    key = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField()
    planned_from = models.DateField(_("geplant von"), null=True, blank=True)
    planned_until = models.DateField(_("geplant bis"), null=True, blank=True)
    opened_at = models.DateTimeField(_("begonnen"), null=True, blank=True)
    closed_at = models.DateTimeField(_("abgeschlossen"), null=True, blank=True)

    class Meta:
        verbose_name = _("Phase")
        verbose_name_plural = _("Phasen")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["procedure", "key"], name="one_phase_per_key"),
            models.CheckConstraint(
                condition=Q(planned_from=None) | Q(planned_until=None) | Q(planned_until__gte=F("planned_from")),
                name="phase_plan_runs_forward",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(opened_at__isnull=False), name="phase_closed_only_after_open"
            ),
        ]

    def __str__(self):
        return str(self.meaning.title)

    @property
    def meaning(self):
        return self.procedure.scheme.phase(self.key)

    @property
    def stage(self) -> Stage:
        return Stage(self.meaning.stage)

    def state_on(self, day) -> str:
        """done, overdue, current or open: what the phase bar draws."""
        if self.closed_at:
            return "done"
        if self.planned_until and self.planned_until < day:
            return "overdue"
        return "current" if self.opened_at else "open"


class FieldOfAction(MunicipalModel):
    """A field of action (Handlungsfeld) of this procedure. A town may merge fields: `covers` names the scheme's."""

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="fields")
    number = models.PositiveSmallIntegerField(_("Nummer"))
    title = models.CharField(_("Titel"), max_length=200)
    covers = models.JSONField(_("umfasst"), default=list)

    class Meta:
        verbose_name = _("Handlungsfeld")
        verbose_name_plural = _("Handlungsfelder")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="one_field_per_number"),
        ]

    def __str__(self):
        return f"{self.number} {self.title}"


class JournalEntry(MunicipalModel):
    """An entry of the journal (Protokoll): who did what, and when. Chained by hash, sealed in the database."""

    sequence = models.PositiveIntegerField()
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, null=True, related_name="journal")
    action = models.CharField(max_length=60)
    actor_id = models.PositiveBigIntegerField(default=0)
    actor_name = models.CharField(max_length=200)
    via = models.CharField(max_length=10, default="account")
    at = models.DateTimeField()
    details = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("Protokolleintrag")
        verbose_name_plural = _("Protokoll")
        ordering = ["sequence"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "sequence"], name="journal_has_no_gaps"),
        ]
        indexes = [models.Index(fields=["municipality", "procedure", "sequence"], name="journal_of_procedure")]

    def __str__(self):
        return f"{localdate(self.at):%d.%m.%Y} {self.action}"


class JournalHead(MunicipalModel):
    """Where the journal of a town ends: the lock for writers, and the witness against a cut-off end."""

    sequence = models.PositiveIntegerField(default=0)
    hash = models.CharField(max_length=64, default="", blank=True)

    class Meta:
        verbose_name = _("Ende des Protokolls")
        constraints = [models.UniqueConstraint(fields=["municipality"], name="one_journal_per_town")]

    def __str__(self):
        return f"{self.sequence}"


class SentForm(MunicipalModel):
    """A form that was sent: the second click on the same button leads to the first answer."""

    token = models.CharField(max_length=40)
    location = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("Gesendetes Formular")
        constraints = [models.UniqueConstraint(fields=["municipality", "token"], name="a_form_is_sent_once")]

    def __str__(self):
        return self.token
