"""Ceremonies: planned for many towns at once, noted in each town that gets its certificate there."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kommpass.association.models import Ceremony, CeremonyGuest
from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.certification.models import Certificate
from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import NotPossible
from kommpass.municipalities.across import across_municipalities
from kommpass.municipalities.scope import within


@transaction.atomic
def plan_ceremony(*, title: str, held_on: date, place: str = "", note: str = "", by: Actor, at: datetime) -> Ceremony:
    """Plan a ceremony. It belongs to no town, and so to no journal. A double click plans one ceremony."""
    permit(by, "ceremony.plan")
    ceremony, _new = Ceremony.objects.get_or_create(
        title=title, held_on=held_on, place=place, defaults={"note": note, "planned_by": by.name, "planned_at": at}
    )
    return ceremony


@transaction.atomic
def change_ceremony(
    *, ceremony: Ceremony, title: str, held_on: date, place: str = "", note: str = "", by: Actor, at: datetime
) -> Ceremony:
    """Put a ceremony on another day, or say where it is. The towns that come keep a note of the new day."""
    permit(by, "ceremony.plan")
    if Ceremony.objects.filter(title=title, held_on=held_on, place=place).exclude(pk=ceremony.pk).exists():
        raise NotPossible(_("Diese Verleihung ist an diesem Tag schon geplant."))
    moved = ceremony.held_on != held_on
    ceremony.title, ceremony.held_on, ceremony.place, ceremony.note = title, held_on, place, note
    ceremony.save(update_fields=["title", "held_on", "place", "note"])
    with across_municipalities():
        guests = list(ceremony.guests.select_related("municipality", "certificate__procedure")) if moved else []
    for guest in guests:
        with within(guest.municipality):
            _note(guest, by, at, people=guest.people)
    return ceremony


@transaction.atomic
def invite_to_ceremony(
    *, ceremony: Ceremony, certificate: Certificate, people: int = 0, by: Actor, at: datetime
) -> CeremonyGuest:
    """A town gets its certificate at this ceremony, with so many people."""
    permit(by, "ceremony.plan")
    with within(certificate.municipality):
        Certificate.objects.select_for_update().get(pk=certificate.pk)
        if CeremonyGuest.objects.filter(certificate=certificate).exclude(ceremony=ceremony).exists():
            raise NotPossible(_("Dieses Zertifikat wird schon bei einer anderen Verleihung übergeben."))
        known = CeremonyGuest.objects.filter(ceremony=ceremony, certificate=certificate).first()
        if known and known.people == people:
            return known
        guest, _new = CeremonyGuest.objects.update_or_create(
            ceremony=ceremony, certificate=certificate, defaults={"people": people}
        )
        _note(guest, by, at, people=people)
    return guest


@transaction.atomic
def take_off_ceremony(*, guest: CeremonyGuest, by: Actor, at: datetime) -> None:
    """The town does not get its certificate at this ceremony after all."""
    permit(by, "ceremony.plan")
    with within(guest.municipality):
        _note(guest, by, at, people=guest.people, off=True)
        guest.delete()


def _note(guest: CeremonyGuest, by: Actor, at: datetime, **details) -> None:
    certificate = guest.certificate
    record(
        certificate.procedure,
        "ceremony.plan",
        by=by,
        at=at,
        certificate=certificate.number,
        held_on=guest.ceremony.held_on,
        **details,
    )
