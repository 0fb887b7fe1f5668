"""The board at work: who sits on a case and who must not, judgements of their own, the joint opinion."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kommpass.assessment.models.submitting import Submission, Verdict
from kommpass.municipalities.scope import MunicipalModel
from kommpass.people.models import User


class DeclaredConflict(MunicipalModel):
    """A conflict of interest (Interessenkonflikt) of somebody with this town: they get no case and no mandate here."""

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("Person"))
    reason = models.TextField(_("Grund"))
    by_name = models.CharField(_("eingetragen von"), max_length=200)
    at = models.DateTimeField(_("eingetragen am"))
    ended_at = models.DateTimeField(_("besteht nicht mehr seit"), null=True, blank=True)

    class Meta:
        verbose_name = _("Interessenkonflikt")
        verbose_name_plural = _("Interessenkonflikte")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "person"], condition=models.Q(ended_at=None), name="one_open_conflict"
            ),
        ]

    def __str__(self):
        return f"{self.person}"


class ReviewCase(MunicipalModel):
    """A case before the review board (Begutachtung): one complete submission, judged independently, then together."""

    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="case")
    due_on = models.DateField(_("Voten erbeten bis"), null=True, blank=True)
    opened_at = models.DateTimeField(_("eröffnet am"))
    opened_by = models.CharField(_("eröffnet von"), max_length=200)

    class Meta:
        verbose_name = _("Begutachtung")
        verbose_name_plural = _("Begutachtungen")
        ordering = ["-opened_at", "-pk"]

    def __str__(self):
        return f"{self.municipality} · {self.submission}"

    def get_absolute_url(self):
        return reverse("assessment:case", args=[self.pk], urlconf=settings.MUNICIPALITY_URLCONF)

    @property
    def procedure(self):
        return self.submission.procedure


class Seat(MunicipalModel):
    """A seat on a case (Sitz): this member of the board judges it. `second`: only for an objection. Sealed."""

    case = models.ForeignKey(ReviewCase, on_delete=models.PROTECT, related_name="seats")
    reviewer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("Mitglied"))
    second = models.BooleanField(_("für einen Widerspruch"), default=False)
    assigned_at = models.DateTimeField(_("eingesetzt am"))

    class Meta:
        verbose_name = _("Sitz im Gutachterausschuss")
        verbose_name_plural = _("Sitze im Gutachterausschuss")
        ordering = ["reviewer__name", "pk"]
        constraints = [models.UniqueConstraint(fields=["case", "reviewer"], name="one_seat_per_member")]

    def __str__(self):
        return f"{self.reviewer}"


class Recusal(MunicipalModel):
    """That a member must not judge a case (Befangenheit), and why. Sealed; there is no way back into the case."""

    case = models.ForeignKey(ReviewCase, on_delete=models.PROTECT, related_name="recusals")
    reviewer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("Mitglied"))
    reason = models.TextField(_("Grund"))
    by_id = models.PositiveBigIntegerField()
    by_name = models.CharField(_("eingetragen von"), max_length=200)
    at = models.DateTimeField(_("am"))

    class Meta:
        verbose_name = _("Befangenheit")
        verbose_name_plural = _("Befangenheiten")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "reviewer"], name="recused_once"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="a_recusal_has_a_reason"),
        ]

    def __str__(self):
        return f"{self.reviewer}"


class ReviewDraft(MunicipalModel):
    """A judgement somebody is still working on (Entwurf eines Votums). Nobody else reads it."""

    seat = models.OneToOneField(Seat, on_delete=models.PROTECT, related_name="draft")
    judgements = models.JSONField(default=dict)
    verdict = models.CharField(_("Votum"), max_length=12, choices=Verdict, blank=True)
    text = models.TextField(_("Zusammenfassung"), blank=True)
    saved_at = models.DateTimeField(_("gespeichert"))

    class Meta:
        verbose_name = _("Entwurf eines Votums")
        verbose_name_plural = _("Entwürfe von Voten")

    def __str__(self):
        return f"{self.seat}"


class Review(MunicipalModel):
    """A member's own judgement (Votum), handed in. Others read it when all have handed in theirs. Sealed."""

    seat = models.OneToOneField(Seat, on_delete=models.PROTECT, related_name="review")
    judgements = models.JSONField(_("Urteil je Kriterium"))
    verdict = models.CharField(_("Votum"), max_length=12, choices=Verdict)
    text = models.TextField(_("Zusammenfassung"), blank=True)
    at = models.DateTimeField(_("abgegeben am"))

    class Meta:
        verbose_name = _("Votum")
        verbose_name_plural = _("Voten")
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.seat} · {self.get_verdict_display()}"


class Consensus(MunicipalModel):
    """The board's joint opinion (Gutachten). The town checks its facts; a later one replaces it. Sealed.

    `conditions` are proposals: dictionaries with text, due_on (ISO) and blocking.
    """

    case = models.ForeignKey(ReviewCase, on_delete=models.PROTECT, related_name="opinions")
    number = models.PositiveSmallIntegerField(_("Nummer"))
    judgements = models.JSONField(_("Urteil je Kriterium"))
    verdict = models.CharField(_("Vorschlag"), max_length=12, choices=Verdict)
    text = models.TextField(_("Gutachten"))
    conditions = models.JSONField(_("Auflagen"), default=list, blank=True)
    answer_by = models.DateField(_("Sachprüfung der Kommune bis"))
    by_id = models.PositiveBigIntegerField()
    by_name = models.CharField(_("von"), max_length=200)
    at = models.DateTimeField(_("am"))

    class Meta:
        verbose_name = _("Gutachten")
        verbose_name_plural = _("Gutachten")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="one_opinion_per_number")]

    def __str__(self):
        return gettext("Gutachten %d") % self.number


class FactualAnswer(MunicipalModel):
    """The town's answer to the facts of an opinion (Sachprüfung): right, or what has to be put right. Sealed."""

    opinion = models.OneToOneField(Consensus, on_delete=models.PROTECT, related_name="factual_answer")
    corrections = models.TextField(_("Was sachlich falsch ist"), blank=True)
    by_name = models.CharField(_("von"), max_length=200)
    at = models.DateTimeField(_("am"))

    class Meta:
        verbose_name = _("Sachprüfung")
        verbose_name_plural = _("Sachprüfungen")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return self.corrections[:80] or gettext("ohne Einwände")
