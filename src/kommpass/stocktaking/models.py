"""What the stocktaking stores: bundles of questions, answers, comments, findings and the analysis of each field."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kommpass.audits.models import FieldOfAction, Procedure
from kommpass.domain.permissions import Actor, Role
from kommpass.municipalities.scope import MunicipalModel
from kommpass.people.models import Organisation


class QuestionBundle(MunicipalModel):
    """A question bundle (Fragenpaket): the questions that one organisation answers until a day."""

    class State(models.TextChoices):
        OPEN = "open", _("in Arbeit")
        SUBMITTED = "submitted", _("abgegeben")
        RETURNED = "returned", _("zurückgegeben")
        CLOSED = "closed", _("abgeschlossen")

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="bundles")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="bundles", verbose_name=_("Fachbereich oder Träger")
    )
    title = models.CharField(_("Titel"), max_length=200)
    due_on = models.DateField(_("Frist"), null=True, blank=True)
    note = models.TextField(_("Hinweis zum Paket"), blank=True)
    email = models.EmailField(_("E-Mail-Adresse für den Link"), blank=True)
    state = models.CharField(_("Stand"), max_length=10, choices=State, default=State.OPEN)
    created_at = models.DateTimeField(_("angelegt"))
    reminded_at = models.DateTimeField(_("zuletzt erinnert"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("abgegeben"), null=True, blank=True)
    submitted_by_name = models.CharField(_("abgegeben von"), max_length=200, blank=True)
    return_note = models.TextField(_("Was noch fehlt"), blank=True)
    closed_at = models.DateTimeField(_("abgeschlossen"), null=True, blank=True)
    edition = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("Fragenpaket")
        verbose_name_plural = _("Fragenpakete")
        ordering = [F("due_on").asc(nulls_last=True), "title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="submitted") | Q(submitted_at__isnull=False), name="submitted_bundle_has_a_moment"
            ),
        ]

    def __str__(self):
        return self.title

    def writable_by(self, actor: Actor) -> bool:
        """After submission the answers stand still for the respondent; the coordination may still complete them."""
        if self.state in (self.State.OPEN, self.State.RETURNED):
            return True
        return self.state == self.State.SUBMITTED and actor.has(Role.COORDINATOR)

    @property
    def with_respondent(self) -> bool:
        return self.state in (self.State.OPEN, self.State.RETURNED)

    def overdue(self, today) -> bool:
        return bool(self.with_respondent and self.due_on and self.due_on < today)


class Answer(MunicipalModel):
    """An answer (Antwort) to one question of the scheme. Unknown, not applicable and not ours are answers too."""

    class Kind(models.TextChoices):
        OPEN = "open", _("Noch offen")
        VALUE = "value", _("Antwort")
        UNKNOWN = "unknown", _("Wissen wir nicht")
        NOT_APPLICABLE = "not_applicable", _("Trifft nicht zu")
        OUTSIDE = "outside_competence", _("Nicht unsere Zuständigkeit")

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="answers")
    question_key = models.CharField(_("Frage"), max_length=40)
    bundle = models.ForeignKey(QuestionBundle, on_delete=models.PROTECT, null=True, blank=True, related_name="answers")
    kind = models.CharField(_("Art der Antwort"), max_length=20, choices=Kind, default=Kind.OPEN)
    value = models.TextField(_("Antwort"), blank=True)
    reason = models.TextField(_("Grund"), blank=True)
    provided_by = models.CharField(_("Wer bietet es an?"), max_length=300, blank=True)
    sources = models.TextField(_("Quellen"), blank=True)
    comment = models.TextField(_("Anmerkung"), blank=True)
    action_needed = models.BooleanField(_("Handlungsbedarf"), default=False)
    previous = models.JSONField(_("Antwort der letzten Runde"), default=dict, blank=True)
    # Prefilled or suggested, and nobody has said yet that it (still) holds.
    confirmed = models.BooleanField(_("bestätigt"), default=True)
    answered_at = models.DateTimeField(_("beantwortet"), null=True, blank=True)
    answered_by_name = models.CharField(_("beantwortet von"), max_length=200, blank=True)
    edition = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("Antwort")
        verbose_name_plural = _("Antworten")
        ordering = ["question_key"]
        constraints = [
            models.UniqueConstraint(fields=["procedure", "question_key"], name="one_answer_per_question"),
            models.CheckConstraint(
                condition=~Q(kind="not_applicable") | Q(confirmed=False) | ~Q(reason=""),
                name="not_applicable_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(kind="outside_competence") | Q(confirmed=False) | ~Q(provided_by=""),
                name="outside_competence_names_who_provides",
            ),
        ]

    def __str__(self):
        return f"{self.question_key}: {self.get_kind_display()}"

    @property
    def done(self) -> bool:
        return self.confirmed and self.kind != self.Kind.OPEN


class AnswerComment(MunicipalModel):
    """A comment on one answer (Anmerkung), perhaps asking back (Rückfrage): then the respondent sees it."""

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="comments")
    text = models.TextField(_("Text"))
    asks = models.BooleanField(_("Rückfrage an die Antwortenden"), default=False)
    written_at = models.DateTimeField(_("geschrieben"))
    written_by_name = models.CharField(_("geschrieben von"), max_length=200)
    resolved_at = models.DateTimeField(_("erledigt"), null=True, blank=True)
    resolved_by_name = models.CharField(_("erledigt von"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("Anmerkung")
        verbose_name_plural = _("Anmerkungen")
        ordering = ["written_at", "pk"]

    def __str__(self):
        return self.text[:80]


class Finding(MunicipalModel):
    """A finding (Befund): a strength or a need in one field of action. Goals may name it as their origin."""

    class Kind(models.TextChoices):
        STRENGTH = "strength", _("Stärke")
        NEED = "need", _("Bedarf")

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="findings")
    field = models.ForeignKey(
        FieldOfAction, on_delete=models.PROTECT, related_name="findings", verbose_name=_("Handlungsfeld")
    )
    kind = models.CharField(_("Art"), max_length=10, choices=Kind)
    text = models.TextField(_("Befund"))
    question_keys = models.JSONField(_("gestützt auf die Fragen"), default=list, blank=True)
    position = models.PositiveIntegerField(default=0)
    written_at = models.DateTimeField(_("geschrieben"))
    written_by_name = models.CharField(_("geschrieben von"), max_length=200)
    edition = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("Befund")
        verbose_name_plural = _("Befunde")
        ordering = ["field__number", "-kind", "position", "pk"]

    def __str__(self):
        return self.text[:120]


class FieldAnalysis(MunicipalModel):
    """The analysis of one field of action (Auswertung), accepted by the auditor when it is complete."""

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="analyses")
    field = models.OneToOneField(
        FieldOfAction, on_delete=models.PROTECT, related_name="analysis", verbose_name=_("Handlungsfeld")
    )
    summary = models.TextField(_("Zusammenfassung"), blank=True)
    accepted_at = models.DateTimeField(_("anerkannt"), null=True, blank=True)
    accepted_by_name = models.CharField(_("anerkannt von"), max_length=200, blank=True)
    edition = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("Auswertung")
        verbose_name_plural = _("Auswertungen")
        ordering = ["field__number"]

    def __str__(self):
        return str(self.field)
