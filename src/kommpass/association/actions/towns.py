"""What the administrator of an installation can do: open the house for another town."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kommpass.association.queries.towns import free_address
from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.domain.permissions import Actor, Role
from kommpass.domain.refusals import NotPossible
from kommpass.municipalities.models import Municipality
from kommpass.municipalities.scope import within
from kommpass.town_hall.actions import invite_person


@transaction.atomic
def create_town(
    *,
    name: str,
    slug: str,
    ags: str = "",
    population: int = 0,
    has_youth_office: bool = True,
    county_name: str = "",
    coordinator_name: str,
    coordinator_email: str,
    by: Actor,
    at: datetime,
) -> Municipality:
    """Create a town and invite its first coordinator. Everything else the town sets up by itself."""
    permit(by, "town.create")
    if not free_address(slug):
        raise NotPossible(_("Diese Adresse ist schon vergeben. Bitte wählen Sie eine andere."))
    municipality = Municipality.objects.create(
        name=name,
        slug=slug,
        ags=ags,
        population=population,
        has_youth_office=has_youth_office,
        county_name=county_name,
    )
    with within(municipality):
        record(None, "town.create", by=by, at=at, name=name, slug=slug, ags=ags)
        invite_person(email=coordinator_email, name=coordinator_name, role=Role.COORDINATOR, by=by, at=at)
    return municipality
