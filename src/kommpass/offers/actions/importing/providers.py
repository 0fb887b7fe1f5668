"""Finds the providers of a portion by name, or makes those that nobody knows yet, all at once."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cached_property

from kommpass.domain.likeness.wording import folded
from kommpass.domain.permissions import Actor
from kommpass.offers.actions.providing import add_providers
from kommpass.offers.models import Provider
from kommpass.people.models import Organisation
from kommpass.town_hall.actions import add_organisations


class Providers:
    """The providers of the town by name; case and signs do not matter. Read when the first is asked for."""

    def __init__(self, by: Actor, at: datetime):
        self.by, self.at = by, at
        self.known: dict[str, Provider] = {}

    @cached_property
    def organisations(self) -> dict[str, int]:
        """The keys of all organisations by their names. Of two that are written alike the older one counts."""
        rows = Organisation.objects.order_by("-pk").values_list("name", "pk")
        return {_alike(name): key for name, key in rows}

    def make_ready(self, names: Iterable[str]) -> None:
        """Have a provider for each of these names: an organisation that is none yet becomes one, a new name a new
        organisation. A constant number of queries."""
        missing: dict[str, str] = {}
        for name in names:
            if (key := _alike(name)) not in self.known:
                missing.setdefault(key, name)
        if missing:
            self._find(missing)

    def of(self, name: str) -> Provider:
        """The provider of this name, whether somebody made it ready or not."""
        self.make_ready([name])
        return self.known[_alike(name)]

    def _find(self, missing: Mapping[str, str]) -> None:
        self._add_organisations({key: name for key, name in missing.items() if key not in self.organisations})
        names = {self.organisations[key]: key for key in missing}
        organisations = list(Organisation.objects.filter(pk__in=names).select_related("provider").order_by("pk"))
        none_yet = [each for each in organisations if not hasattr(each, "provider")]
        if none_yet:
            add_providers(organisations=none_yet, by=self.by, at=self.at)
        self.known |= {names[each.pk]: each.provider for each in organisations}

    def _add_organisations(self, new: Mapping[str, str]) -> None:
        if new:
            kind = Organisation.Kind.PROVIDER
            made = add_organisations(names=list(new.values()), kind=kind, by=self.by, at=self.at)
            self.organisations.update(zip(new, (each.pk for each in made), strict=True))


def _alike(name: str) -> str:
    """What names that count as one have in common."""
    return folded(name) or name
