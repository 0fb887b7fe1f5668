"""Locations: an address with its point and its accessibility. The district follows from the point."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kommpass.audits.door import permit
from kommpass.audits.editions import save_edition
from kommpass.audits.journal import record
from kommpass.domain.offers.vocabularies import ACCESSIBILITY
from kommpass.domain.permissions import Actor, Role
from kommpass.domain.refusals import NotAllowed, NotPossible
from kommpass.offers.cataloguing import catalogue
from kommpass.offers.models import Location, Offer
from kommpass.offers.placing import district_of


@transaction.atomic
def add_location(*, by: Actor, at: datetime, **about) -> Location:
    """Write down a place. The same address under the same name is the same place."""
    permit(by, "location.edit")
    about = {name: value for name, value in about.items() if value is not None}
    same = {name: about.get(name, "") for name in ("name", "street", "postal_code", "city")}
    if any(same.values()) and (found := Location.objects.filter(**same).first()):
        return found
    location = Location(**about)
    _refuse_impossible(location)
    location.district = district_of(location.point)
    location.save(force_insert=True)
    record(None, "location.edit", by=by, at=at, location=location.pk, new=True)
    return location


@transaction.atomic
def change_location(*, location: Location, seen: int | None = None, by: Actor, at: datetime, **changes) -> Location:
    """Change address or point. Every offer that takes place there changes with it."""
    permit(by, "location.edit")
    refuse_foreign_location(location, by)
    if changed := save_edition(location, seen, changes):
        _refuse_impossible(location)
        if {"latitude", "longitude"} & set(changed):
            location.district = district_of(location.point)
            location.save(update_fields=["district"])
        _tell_offers(location, at)
        record(None, "location.edit", by=by, at=at, location=location.pk, changed=changed)
    return location


@transaction.atomic
def change_accessibility(
    *, location: Location, states: Mapping[str, str], source: str = "", by: Actor, at: datetime
) -> Location:
    """Say what is known of the accessibility of a place: "yes", "no", or "" for unknown, each with its day."""
    permit(by, "location.edit")
    refuse_foreign_location(location, by)
    if unknown := ACCESSIBILITY.unknown(states) or [
        state for state in states.values() if state not in ("yes", "no", "")
    ]:
        raise NotPossible(_("„%s“ steht nicht in der Liste.") % unknown[0])
    known = dict(location.accessibility)
    for criterion, state in states.items():
        if state:
            known[criterion] = {"state": state, "checked_on": localdate(at).isoformat(), "source": source or by.name}
        else:
            known.pop(criterion, None)
    changed = sorted(key for key in states if known.get(key) != location.accessibility.get(key))
    if changed:
        location.accessibility = known
        location.edition += 1
        location.save(update_fields=["accessibility", "edition"])
        _tell_offers(location, at)
        record(None, "location.edit", by=by, at=at, location=location.pk, accessibility=changed)
    return location


def refuse_foreign_location(location: Location, by: Actor) -> None:
    """Who does not coordinate changes places only where nobody else's offers take place."""
    if by.has(Role.COORDINATOR):
        return
    others = Offer.objects.filter(places__location=location).exclude(provider__organisation__in=by.organisations)
    if others.exists() or not Offer.objects.filter(places__location=location).exists():
        raise NotAllowed(
            _("An diesem Ort gibt es auch Angebote anderer Träger. Wenden Sie sich bitte an das Familienbüro.")
        )


def _refuse_impossible(location: Location) -> None:
    if (location.latitude is None) != (location.longitude is None):
        raise NotPossible(_("Ein Punkt braucht Breite und Länge."))
    if location.point and not (-90 <= location.latitude <= 90 and -180 <= location.longitude <= 180):
        raise NotPossible(_("Dieser Punkt liegt nicht auf der Erde."))


def _tell_offers(location: Location, at: datetime) -> None:
    offers = Offer.objects.filter(places__location=location)
    offers.update(changed_at=at)
    catalogue(list(offers))
