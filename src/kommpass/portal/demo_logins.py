"""The log-ins of the demo: invented persons with addresses that cannot exist (.example), one for each role."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from kommpass.domain.permissions import Role
from kommpass.municipalities.models import Municipality
from kommpass.municipalities.scope import within
from kommpass.people.models import InstallationRole
from kommpass.people.queries import members


def logins(towns: Iterable[Municipality]) -> list[tuple[str, list[tuple[str, str]]]]:
    """For each town its invented people as (role, mail address), then those of the installation."""
    found = []
    for town in towns:
        with within(town):
            rows = [(each.role, each.user.email) for each in members().filter(user__email__endswith=".example")]
        found.append((town.name, _one_per_role(rows)))
    everywhere = InstallationRole.objects.filter(user__email__endswith=".example", user__is_active=True)
    rows = [(each.role, each.user.email) for each in everywhere.select_related("user").order_by("pk")]
    found.append((_("Für alle Kommunen"), _one_per_role(rows)))
    return [(name, people) for name, people in found if people]


def _one_per_role(rows: list[tuple[str, str]]) -> list[tuple[str, str]]:
    first = {role: email for role, email in reversed(rows)}
    return [(_(role.label), first[role]) for role in Role if role in first]
