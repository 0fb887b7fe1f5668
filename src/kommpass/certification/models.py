"""The certificate, the signed document, and what happened to it later. Nothing here can be changed or deleted."""

import json

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kommpass.agreement.models import Version
from kommpass.assessment.models import ReviewDecision
from kommpass.audits.models import Procedure
from kommpass.domain.moments import PartialDate
from kommpass.domain.validity import Proof, StepKind, Term
from kommpass.municipalities.scope import MunicipalModel
from kommpass.people.addresses import of_installation


class SigningKey(models.Model):
    """A key with which documents are signed (Signaturschlüssel): its public half, kept for ever.

    The private half lies in a file of the installation. A replaced key still proves what it signed."""

    fingerprint = models.CharField(_("Fingerabdruck"), max_length=64, unique=True)
    subject = models.CharField(_("ausgestellt auf"), max_length=200)
    pem = models.TextField(_("öffentliches Zertifikat"))
    made_at = models.DateTimeField(_("angelegt am"))
    retired_at = models.DateTimeField(_("ersetzt am"), null=True, blank=True)

    class Meta:
        verbose_name = _("Signaturschlüssel")
        verbose_name_plural = _("Signaturschlüssel")
        ordering = ["-made_at"]

    def __str__(self):
        return self.fingerprint[:16]


class Certificate(MunicipalModel):
    """A certificate (Zertifikat): awarded for one adopted version, valid as long as the award says. Sealed.

    Beginning and end are data of the award, as exact as it names them ("2020-10-27", "2023-11"); no end means
    a permanent award. `canonical` is what the document says, with its checksum."""

    number = models.CharField(_("Nummer"), max_length=40, unique=True)
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="certificates")
    decision = models.ForeignKey(ReviewDecision, on_delete=models.PROTECT, related_name="certificates")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="certificates")
    rung = models.CharField(_("Stufe"), max_length=20)
    awarded_on = models.DateField(_("verliehen am"))
    valid_from = models.CharField(_("gültig ab"), max_length=10)
    valid_from_on = models.DateField(_("erster Tag"))
    valid_until = models.CharField(_("gültig bis"), max_length=10, blank=True)
    valid_until_on = models.DateField(_("letzter Tag"), null=True, blank=True)
    canonical = models.TextField(editable=False)
    digest = models.CharField(_("Prüfsumme"), max_length=64)
    issued_at = models.DateTimeField(_("ausgestellt am"))
    issued_by = models.CharField(_("ausgestellt von"), max_length=200)

    class Meta:
        verbose_name = _("Zertifikat")
        verbose_name_plural = _("Zertifikate")
        ordering = ["-valid_from_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until="", valid_until_on=None) | Q(valid_until_on__gte=F("valid_from_on")),
                name="certificate_ends_after_it_begins",
            ),
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("certification:certificate", args=[self.pk], urlconf=settings.MUNICIPALITY_URLCONF)

    @property
    def verify_url(self) -> str:
        """The public page that says whether it holds: the address of its QR code."""
        return of_installation("certification:verify-number", self.number)

    @property
    def term(self) -> Term:
        until = PartialDate.parse(self.valid_until) if self.valid_until else None
        return Term(PartialDate.parse(self.valid_from, end=False), until)

    @property
    def permanent(self) -> bool:
        return not self.valid_until

    @property
    def content(self) -> dict:
        return json.loads(self.canonical)

    @property
    def rung_title(self):
        return self.procedure.scheme.rung(self.rung).title


class CertificateDocument(MunicipalModel):
    """The signed PDF of a certificate (Urkunde), kept as it was signed. A new key makes a new one. Sealed."""

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="documents")
    pdf = models.BinaryField()
    digest = models.CharField(_("Prüfsumme"), max_length=64)
    key = models.ForeignKey(SigningKey, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(_("signiert am"))

    class Meta:
        verbose_name = _("Urkunde")
        verbose_name_plural = _("Urkunden")
        ordering = ["-signed_at", "-pk"]

    def __str__(self):
        return f"{self.certificate}"


class CertificateStep(MunicipalModel):
    """What happened to a certificate later (Vermerk): suspended, reinstated, withdrawn, with the reason. Sealed."""

    class Kind(models.TextChoices):
        SUSPENDED = StepKind.SUSPENDED.value, _("ausgesetzt")
        REINSTATED = StepKind.REINSTATED.value, _("wieder in Kraft gesetzt")
        WITHDRAWN = StepKind.WITHDRAWN.value, _("entzogen")

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(_("Vermerk"), max_length=12, choices=Kind)
    effective_on = models.DateField(_("mit Wirkung vom"))
    reason = models.TextField(_("Grund"))
    by_name = models.CharField(_("von"), max_length=200)
    at = models.DateTimeField(_("eingetragen am"))

    class Meta:
        verbose_name = _("Vermerk zum Zertifikat")
        verbose_name_plural = _("Vermerke zum Zertifikat")
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="a_step_has_a_reason")]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.effective_on:%d.%m.%Y}"


class PermanenceProof(MunicipalModel):
    """What a town with a permanent certificate showed for a year (Nachweis): fee paid, workshop held. Sealed."""

    class Kind(models.TextChoices):
        FEE = Proof.FEE.value, _("Mitgliedsbeitrag")
        WORKSHOP = Proof.WORKSHOP.value, _("Jahresworkshop")

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="proofs")
    year = models.PositiveSmallIntegerField(_("Jahr"))
    kind = models.CharField(_("Art"), max_length=10, choices=Kind)
    done_on = models.DateField(_("am"))
    note = models.TextField(_("Bemerkung"), blank=True)
    by_name = models.CharField(_("von"), max_length=200)
    at = models.DateTimeField(_("eingetragen am"))

    class Meta:
        verbose_name = _("Nachweis zum dauerhaften Zertifikat")
        verbose_name_plural = _("Nachweise zum dauerhaften Zertifikat")
        ordering = ["year", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["certificate", "year", "kind"], name="one_proof_per_year_and_kind"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.year}"
