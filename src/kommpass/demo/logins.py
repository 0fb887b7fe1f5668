"""What a visitor needs to walk in: addresses, log-ins, and links that work without an account."""

from datetime import datetime

from django.conf import settings
from django.utils.timezone import localdate

from kommpass.audits.queries import current
from kommpass.demo.towns import TOWNS
from kommpass.domain.permissions import INSTALLATION_ROLES, TOWN_ROLES, Role
from kommpass.implementation import queries as implementation
from kommpass.municipalities.models import Municipality
from kommpass.municipalities.scope import within
from kommpass.offers.queries.upkeep import owing
from kommpass.people.addresses import absolute, door_of, in_town, of_installation
from kommpass.people.links import token_of
from kommpass.people.models import ContributionLink, InstallationRole, Membership, User
from kommpass.people.queries import members, open_links
from kommpass.stocktaking.models import QuestionBundle

PAGES = {
    "bundle": "stocktaking:by-link",
    "measures": "agreement:own-by-link",
    "progress": "implementation:by-link",
    "offers": "offers:by-link",
}
SAMPLES = {
    "bundle": "Fragen beantworten ohne Konto",
    "measures": "Maßnahmen bestätigen ohne Konto",
    "progress": "Sachstand melden ohne Konto",
    "offers": "Angebote bestätigen ohne Konto",
}


def table(now: datetime) -> str:
    """Everything on one screen: who signs in where, with which address."""
    towns = list(Municipality.objects.filter(slug__in=TOWNS))
    if not towns:
        return "Es gibt noch keine Demo-Stadt. Anlegen: kommpass demo"
    lines = []
    for town in towns:
        lines.append(f"{town.name}  {absolute(door_of(town))}")
        with within(town):
            lines += [_line(_played(each), each.user) for each in sorted(members(), key=_rank)]
    lines.append(f"Für alle Kommunen  {absolute('/')}")
    everywhere = InstallationRole.objects.filter(user__email__endswith=".example").select_related("user")
    order = [role.value for role in reversed(INSTALLATION_ROLES)]
    lines += [
        _line(Role(each.role).label, each.user)
        for each in sorted(everywhere, key=lambda each: (order.index(each.role), each.pk))
    ]
    lines.append(f"Passwort für alle: {settings.DEMO_PASSWORD}")
    lines.append("")
    for town in towns:
        with within(town):
            lines += [f"{SAMPLES[purpose]} ({town.name}):\n    {url}" for purpose, url in _samples(now)]
    lines.append(f"Ausgegangene E-Mails:\n    {absolute(of_installation('notices:mails'))}")
    return "\n".join(lines)


def _rank(membership: Membership) -> tuple[int, str]:
    """In the order of the roles: coordination first."""
    return TOWN_ROLES.index(Role(membership.role)), str(membership.organisation)


def _line(role: str, person: User) -> str:
    return f"    {role:<54}{person.email:<38}{person.name}"


def _played(membership: Membership) -> str:
    organisation = f": {membership.organisation}" if membership.organisation else ""
    return f"{Role(membership.role).label}{organisation}"


def _samples(now: datetime) -> list[tuple[str, str]]:
    """One working link of each purpose, behind which there is still something to do."""
    waiting = {
        "bundle": _bundles_waiting(),
        "progress": _requests_waiting(),
        "measures": {0},
        "offers": {each.provider.pk for each in owing(localdate(now))},
    }
    found: dict[str, ContributionLink] = {}
    for link in open_links(now):
        if link.subject in waiting[link.purpose]:
            found.setdefault(link.purpose, link)
    return [(purpose, _address(found[purpose])) for purpose in PAGES if purpose in found]


def _bundles_waiting() -> set[int]:
    return set(QuestionBundle.objects.filter(state__in=["open", "returned"]).values_list("pk", flat=True))


def _requests_waiting() -> set[int]:
    """Whoever has not answered anything yet in the open round of the town."""
    procedure = current()
    opened = implementation.open_round(procedure) if procedure else None
    return {each.pk for each in implementation.requests(opened) if not each.answered_count} if opened else set()


def _address(link: ContributionLink) -> str:
    return absolute(in_town(PAGES[link.purpose], token_of(link)))
