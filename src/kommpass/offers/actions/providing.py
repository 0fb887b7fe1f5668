"""Providers as families see them: an organisation with a page of its own."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from kommpass.audits.door import permit
from kommpass.audits.editions import save_edition
from kommpass.audits.journal import record, record_each
from kommpass.domain.permissions import Actor, Role
from kommpass.domain.refusals import NotAllowed
from kommpass.offers.actions.applying import refuse_foreign
from kommpass.offers.cataloguing import catalogue
from kommpass.offers.models import Offer, Provider
from kommpass.people.models import Organisation


@transaction.atomic
def add_provider(*, organisation: Organisation, by: Actor, at: datetime, **about) -> Provider:
    """Make an organisation a provider of offers. Asking twice gives the same provider."""
    permit(by, "provider.edit")
    if found := Provider.objects.filter(organisation=organisation).first():
        return found
    if not by.has(Role.COORDINATOR) and organisation.pk not in by.organisations:
        raise NotAllowed
    provider = Provider.objects.create(organisation=organisation, **about)
    record(None, "provider.edit", by=by, at=at, provider=provider.pk, new=True)
    return provider


@transaction.atomic
def add_providers(*, organisations: Sequence[Organisation], by: Actor, at: datetime) -> list[Provider]:
    """Make many organisations providers, as `add_provider` makes each; all of them must be none yet."""
    permit(by, "provider.edit")
    if not by.has(Role.COORDINATOR) and not {each.pk for each in organisations} <= set(by.organisations):
        raise NotAllowed
    added = Provider.objects.bulk_create(Provider(organisation=each) for each in organisations)
    record_each(None, "provider.edit", [{"provider": each.pk, "new": True} for each in added], by=by, at=at)
    return added


@transaction.atomic
def change_provider(*, provider: Provider, seen: int | None = None, by: Actor, at: datetime, **changes) -> Provider:
    """Change what families read about a provider. Only the coordination says whom it trusts."""
    permit(by, "provider.edit")
    refuse_foreign(provider, by)
    if not by.has(Role.COORDINATOR):
        changes.pop("trusted", None)
    changed = save_edition(provider, seen, changes)
    if changed:
        offers = Offer.objects.filter(provider=provider)
        offers.update(changed_at=at)
        catalogue(list(offers))
        record(None, "provider.edit", by=by, at=at, provider=provider.pk, changed=changed)
    return provider
