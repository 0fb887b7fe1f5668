"""How true an offer is: confirmations, earlier documents, proposals that wait for a second pair of eyes, signals."""

from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from kommpass.domain.offers.verification import Block, Step
from kommpass.municipalities.scope import MunicipalModel
from kommpass.offers.models.directory import Offer

BLOCKS = [(block.value, block.label) for block in Block]


class Confirmation(MunicipalModel):
    """That somebody confirmed one block of an offer (Bestätigung); the newest one of a block counts."""

    class Way(models.TextChoices):
        ACCOUNT = "account", _("durch den Träger")
        LINK = "link", _("durch den Träger, per Link")
        OFFICE = "office", _("durch das Familienbüro")
        IMPORT = "import", _("aus einer Liste übernommen")
        MACHINE = "machine", _("maschinell geprüft")

    HUMAN = (Way.ACCOUNT, Way.LINK, Way.OFFICE)

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="confirmations")
    block = models.CharField(_("Prüfblock"), max_length=10, choices=BLOCKS)
    at = models.DateTimeField(_("am"))
    way = models.CharField(_("Weg"), max_length=10, choices=Way)
    # Kept apart from the machine's: only what a human said counts as confirmed.
    human = models.BooleanField(_("durch einen Menschen"))
    by_name = models.CharField(_("durch"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("Bestätigung")
        verbose_name_plural = _("Bestätigungen")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["offer", "block", "-at"], name="newest_confirmation")]

    def __str__(self):
        return f"{self.get_block_display()} {localdate(self.at):%d.%m.%Y}"


class Revision(MunicipalModel):
    """A document that held (Stand eines Angebots): who wrote it, when, on which way. Sealed."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(_("Nummer"))
    content = models.JSONField(_("Inhalt"))
    at = models.DateTimeField(_("am"))
    by_name = models.CharField(_("durch"), max_length=200)
    via = models.CharField(_("Weg"), max_length=20)
    # The revision whose document was taken back into force, if this one is an undo.
    undoes = models.PositiveIntegerField(_("nimmt zurück"), null=True, blank=True)

    class Meta:
        verbose_name = _("Stand eines Angebots")
        verbose_name_plural = _("Stände von Angeboten")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["offer", "number"], name="one_revision_per_number")]

    def __str__(self):
        return f"{self.offer} · {self.number}"


class Proposal(MunicipalModel):
    """A change that waits for a second pair of eyes (Änderungsvorschlag)."""

    class State(models.TextChoices):
        WAITING = "waiting", _("wartet")
        ACCEPTED = "accepted", _("übernommen")
        DECLINED = "declined", _("nicht übernommen")
        REPLACED = "replaced", _("durch einen neueren ersetzt")

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="proposals")
    content = models.JSONField(_("Inhalt"))
    of_edition = models.PositiveIntegerField(default=1)
    state = models.CharField(_("Stand"), max_length=10, choices=State, default=State.WAITING)
    at = models.DateTimeField(_("am"))
    by_name = models.CharField(_("durch"), max_length=200)
    via = models.CharField(_("Weg"), max_length=20)
    reason = models.CharField(_("Begründung"), max_length=500, blank=True)
    settled_at = models.DateTimeField(_("entschieden"), null=True, blank=True)
    settled_by = models.CharField(_("entschieden von"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("Änderungsvorschlag")
        verbose_name_plural = _("Änderungsvorschläge")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["offer"], condition=Q(state="waiting"), name="one_proposal_waits_per_offer"
            ),
        ]

    def __str__(self):
        return f"{self.offer} · {self.get_state_display()}"


class Signal(MunicipalModel):
    """Somebody says that an offer is no longer correct (Hinweis). No name, no address: a receipt to look it up."""

    class Kind(models.TextChoices):
        TIMES = "times", _("Die Zeiten stimmen nicht")
        CONTACT = "contact", _("Niemand erreichbar")
        PLACE = "place", _("Der Ort stimmt nicht")
        COST = "cost", _("Der Preis stimmt nicht")
        ENDED = "ended", _("Das Angebot gibt es nicht mehr")
        BARRIER = "barrier", _("Nicht so barrierefrei wie angegeben")
        OTHER = "other", _("Etwas anderes")

    class State(models.TextChoices):
        NEW = "new", _("neu")
        SETTLED = "settled", _("erledigt")

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="signals")
    kind = models.CharField(_("Was stimmt nicht?"), max_length=10, choices=Kind)
    text = models.CharField(_("Genauer"), max_length=500, blank=True)
    receipt = models.CharField(_("Kennzeichen"), max_length=12)
    at = models.DateTimeField(_("am"))
    state = models.CharField(_("Stand"), max_length=10, choices=State, default=State.NEW)
    answer = models.CharField(_("Antwort"), max_length=500, blank=True)
    settled_at = models.DateTimeField(_("erledigt am"), null=True, blank=True)

    class Meta:
        verbose_name = _("Hinweis")
        verbose_name_plural = _("Hinweise")
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["municipality", "receipt"], name="one_signal_per_receipt")]

    def __str__(self):
        return f"{self.get_kind_display()} · {self.offer}"


class AskedOffer(MunicipalModel):
    """That a provider was asked about an offer, at which step of which deadline: so that nobody is asked twice."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="asked")
    step = models.CharField(_("Schritt"), max_length=15, choices=[(step.value, step.value) for step in Step])
    due_on = models.DateField(_("fällig am"))
    at = models.DateTimeField(_("gefragt am"))

    class Meta:
        verbose_name = _("Bitte um Bestätigung")
        verbose_name_plural = _("Bitten um Bestätigung")
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["offer", "step", "due_on"], name="asked_once_per_step")]

    def __str__(self):
        return f"{self.offer} · {self.step}"
