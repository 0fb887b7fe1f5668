"""Decided now, announced later: decision, release, conditions with their proof, objection. All sealed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kommpass.assessment.models.reviewing import Consensus, ReviewCase
from kommpass.municipalities.scope import MunicipalModel


class ReviewDecision(MunicipalModel):
    """The board's decision on a case (Entscheidung). A later one, after an objection, replaces it."""

    class Outcome(models.TextChoices):
        GRANT = "grant", _("Zertifikat erteilt")
        CONDITIONS = "conditions", _("Zertifikat mit Auflagen erteilt")
        RETURN = "return", _("zurückgegeben")

    GRANTING = (Outcome.GRANT, Outcome.CONDITIONS)

    case = models.ForeignKey(ReviewCase, on_delete=models.PROTECT, related_name="decisions")
    number = models.PositiveSmallIntegerField(_("Nummer"))
    opinion = models.ForeignKey(Consensus, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(_("Entscheidung"), max_length=12, choices=Outcome)
    text = models.TextField(_("Begründung"))
    decided_on = models.DateField(_("entschieden am"))
    members = models.JSONField(_("Mitwirkende"), default=list)
    by_id = models.PositiveBigIntegerField()
    by_name = models.CharField(_("eingetragen von"), max_length=200)
    at = models.DateTimeField(_("eingetragen am"))

    class Meta:
        verbose_name = _("Entscheidung")
        verbose_name_plural = _("Entscheidungen")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="one_review_decision_per_number")]

    def __str__(self):
        return f"{self.get_outcome_display()}, {self.decided_on:%d.%m.%Y}"

    @property
    def granting(self) -> bool:
        return self.outcome in self.GRANTING


class Condition(MunicipalModel):
    """A condition of a decision (Auflage) with its deadline. A blocking one holds the certificate back until met."""

    decision = models.ForeignKey(ReviewDecision, on_delete=models.PROTECT, related_name="conditions")
    number = models.PositiveSmallIntegerField(_("Nummer"))
    text = models.TextField(_("Auflage"))
    due_on = models.DateField(_("zu erfüllen bis"))
    blocking = models.BooleanField(_("vor der Verleihung zu erfüllen"), default=False)

    class Meta:
        verbose_name = _("Auflage")
        verbose_name_plural = _("Auflagen")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["decision", "number"], name="one_condition_per_number")]

    def __str__(self):
        return self.text[:100]


class ConditionReport(MunicipalModel):
    """How the town met a condition (Nachweis zu einer Auflage)."""

    condition = models.ForeignKey(Condition, on_delete=models.PROTECT, related_name="reports")
    text = models.TextField(_("Nachweis"))
    by_name = models.CharField(_("von"), max_length=200)
    at = models.DateTimeField(_("am"))

    class Meta:
        verbose_name = _("Nachweis zu einer Auflage")
        verbose_name_plural = _("Nachweise zu Auflagen")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return self.text[:80]


class ConditionCheck(MunicipalModel):
    """Whether a condition is met by what the town showed (Prüfung eines Nachweises)."""

    report = models.OneToOneField(ConditionReport, on_delete=models.PROTECT, related_name="check_result")
    met = models.BooleanField(_("erfüllt"))
    note = models.TextField(_("Bemerkung"), blank=True)
    by_name = models.CharField(_("von"), max_length=200)
    at = models.DateTimeField(_("am"))

    class Meta:
        verbose_name = _("Prüfung eines Nachweises")
        verbose_name_plural = _("Prüfungen von Nachweisen")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.met}"


class Release(MunicipalModel):
    """That a decision was announced to the town (Bekanntgabe). Before it, nobody outside of the board knows."""

    decision = models.OneToOneField(ReviewDecision, on_delete=models.PROTECT, related_name="release")
    objection_until = models.DateField(_("Widerspruch möglich bis"))
    by_name = models.CharField(_("von"), max_length=200)
    at = models.DateTimeField(_("am"))

    class Meta:
        verbose_name = _("Bekanntgabe")
        verbose_name_plural = _("Bekanntgaben")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.decision}"


class Objection(MunicipalModel):
    """The town's objection to an announced decision (Widerspruch)."""

    decision = models.OneToOneField(ReviewDecision, on_delete=models.PROTECT, related_name="objection")
    text = models.TextField(_("Widerspruch"))
    by_name = models.CharField(_("von"), max_length=200)
    at = models.DateTimeField(_("am"))

    class Meta:
        verbose_name = _("Widerspruch")
        verbose_name_plural = _("Widersprüche")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return self.text[:80]


class ObjectionAnswer(MunicipalModel):
    """What a second member, who did not judge the case before, says to an objection (Antwort auf den Widerspruch)."""

    objection = models.OneToOneField(Objection, on_delete=models.PROTECT, related_name="answer")
    upheld = models.BooleanField(_("Dem Widerspruch wird stattgegeben"))
    text = models.TextField(_("Begründung"))
    by_id = models.PositiveBigIntegerField()
    by_name = models.CharField(_("von"), max_length=200)
    at = models.DateTimeField(_("am"))

    class Meta:
        verbose_name = _("Antwort auf den Widerspruch")
        verbose_name_plural = _("Antworten auf Widersprüche")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return self.text[:80]
