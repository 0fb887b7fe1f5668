"""What the office of the association keeps: contracts and instalments, licences, board meetings, ceremonies."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kommpass.assessment.models import ReviewCase
from kommpass.audits.models import Procedure
from kommpass.certification.models import Certificate
from kommpass.municipalities.scope import MunicipalModel
from kommpass.people.models import User


class AuditorLicence(models.Model):
    """That somebody may guide towns as an auditor (Zulassung), and until when."""

    person = models.OneToOneField(User, on_delete=models.PROTECT, related_name="auditor_licence")
    since = models.DateField(_("zugelassen seit"))
    until = models.DateField(_("zugelassen bis"), null=True, blank=True)
    note = models.CharField(_("Bemerkung"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("Zulassung")
        verbose_name_plural = _("Zulassungen")
        ordering = ["person__name"]

    def __str__(self):
        return f"{self.person}"


class Contract(MunicipalModel):
    """The contract of a town for one round (Vertrag): its fee, and who guides the town."""

    procedure = models.OneToOneField(Procedure, on_delete=models.PROTECT, related_name="contract")
    signed_on = models.DateField(_("unterschrieben am"))
    fee = models.DecimalField(_("Kostenbeitrag in Euro"), max_digits=10, decimal_places=2)
    note = models.TextField(_("Bemerkung"), blank=True)
    auditor = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Auditorin oder Auditor"),
    )
    by_name = models.CharField(_("eingetragen von"), max_length=200)
    at = models.DateTimeField(_("eingetragen am"))

    class Meta:
        verbose_name = _("Vertrag")
        verbose_name_plural = _("Verträge")
        ordering = ["-signed_on", "-pk"]

    def __str__(self):
        return f"{self.procedure}"


class Instalment(MunicipalModel):
    """A part of the fee (Rate): due on a day, paid on another."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="instalments")
    number = models.PositiveSmallIntegerField(_("Rate"))
    due_on = models.DateField(_("fällig am"))
    amount = models.DecimalField(_("Betrag in Euro"), max_digits=10, decimal_places=2)
    paid_on = models.DateField(_("bezahlt am"), null=True, blank=True)

    class Meta:
        verbose_name = _("Rate")
        verbose_name_plural = _("Raten")
        ordering = ["due_on", "number"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "number"], name="one_instalment_per_number"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="an_instalment_is_an_amount"),
        ]

    def __str__(self):
        return f"{self.number}"


class BoardMeeting(models.Model):
    """A meeting of the review board (Sitzung des Gutachterausschusses): several towns on one agenda."""

    held_on = models.DateField(_("Tag der Sitzung"))
    place = models.CharField(_("Ort"), max_length=150, blank=True)
    note = models.TextField(_("Hinweis"), blank=True)
    planned_by = models.CharField(_("geplant von"), max_length=200)
    planned_at = models.DateTimeField(_("geplant am"))

    class Meta:
        verbose_name = _("Sitzung des Gutachterausschusses")
        verbose_name_plural = _("Sitzungen des Gutachterausschusses")
        ordering = ["-held_on", "-pk"]
        constraints = [models.UniqueConstraint(fields=["held_on", "place"], name="a_meeting_is_planned_once")]

    def __str__(self):
        return f"{self.held_on:%d.%m.%Y}"


class BoardItem(MunicipalModel):
    """A case on the agenda of the board (Tagesordnungspunkt)."""

    meeting = models.ForeignKey(BoardMeeting, on_delete=models.PROTECT, related_name="items")
    case = models.ForeignKey(ReviewCase, on_delete=models.PROTECT, related_name="board_items")
    position = models.PositiveSmallIntegerField(_("Reihenfolge"))

    class Meta:
        verbose_name = _("Tagesordnungspunkt")
        verbose_name_plural = _("Tagesordnungspunkte")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "case"], name="a_case_once_per_meeting")]

    def __str__(self):
        return f"{self.position}"


class Ceremony(models.Model):
    """A ceremony at which certificates are handed over (Verleihung), mostly for many towns at once."""

    title = models.CharField(_("Titel"), max_length=150)
    held_on = models.DateField(_("Tag"))
    place = models.CharField(_("Ort"), max_length=150, blank=True)
    note = models.TextField(_("Hinweis"), blank=True)
    planned_by = models.CharField(_("geplant von"), max_length=200)
    planned_at = models.DateTimeField(_("geplant am"))

    class Meta:
        verbose_name = _("Verleihung")
        verbose_name_plural = _("Verleihungen")
        ordering = ["-held_on", "-pk"]
        constraints = [models.UniqueConstraint(fields=["title", "held_on", "place"], name="a_ceremony_is_planned_once")]

    def __str__(self):
        return self.title


class CeremonyGuest(MunicipalModel):
    """A town that gets its certificate at a ceremony (Teilnahme an der Verleihung), with the number of its people."""

    ceremony = models.ForeignKey(Ceremony, on_delete=models.PROTECT, related_name="guests")
    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="ceremonies")
    people = models.PositiveSmallIntegerField(_("Personen"), default=0)

    class Meta:
        verbose_name = _("Teilnahme an der Verleihung")
        verbose_name_plural = _("Teilnahmen an der Verleihung")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["ceremony", "certificate"], name="a_certificate_once_per_ceremony")
        ]

    def __str__(self):
        return f"{self.certificate}"
