"""Finds the providers of a portion by name, or makes those that nobody knows yet."""

from datetime import datetime
from functools import cached_property

from kommpass.domain.likeness.wording import folded
from kommpass.domain.permissions import Actor
from kommpass.offers.actions.providing import add_provider
from kommpass.offers.models import Provider
from kommpass.people.models import Organisation
from kommpass.town_hall.actions import add_organisation


class Providers:
    """The providers of the town by name; case and signs do not matter. One query, when the first is asked for."""

    def __init__(self, by: Actor, at: datetime):
        self.by, self.at = by, at

    @cached_property
    def organisations(self) -> dict[str, Organisation]:
        rows = Organisation.objects.select_related("provider").order_by("-pk")
        return {folded(each.name): each for each in rows}

    @cached_property
    def known(self) -> dict[str, Provider]:
        return {name: each.provider for name, each in self.organisations.items() if hasattr(each, "provider")}

    def of(self, name: str) -> Provider:
        """The provider of this name; an organisation that is none yet becomes one, a new name a new organisation."""
        key = folded(name) or name
        if key not in self.known:
            organisation = self.organisations.get(key)
            if organisation is None:
                kind = Organisation.Kind.PROVIDER
                organisation = add_organisation(name=name, kind=kind, by=self.by, at=self.at)
            self.known[key] = add_provider(organisation=organisation, by=self.by, at=self.at)
        return self.known[key]
