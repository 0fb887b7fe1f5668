"""What a visitor needs to walk in: addresses, log-ins, and links that work without an account."""

from datetime import datetime

from django.conf import settings

from kommpass.demo.towns import TOWNS
from kommpass.domain.permissions import TOWN_ROLES, Role
from kommpass.municipalities.models import Municipality
from kommpass.municipalities.scope import within
from kommpass.people.addresses import absolute, door_of, in_town, of_installation
from kommpass.people.links import token_of
from kommpass.people.models import ContributionLink, InstallationRole, Membership, User
from kommpass.people.queries import members, open_links
from kommpass.stocktaking.models import QuestionBundle

PAGES = {"bundle": "stocktaking:by-link", "measures": "agreement:own-by-link"}
SAMPLES = {"bundle": "Fragen beantworten ohne Konto", "measures": "Maßnahmen bestätigen ohne Konto"}


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
    lines += [_line(Role(each.role).label, each.user) for each in everywhere]
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
    """One working link of each purpose: for questions still to be answered, and for measures."""
    waiting = set(QuestionBundle.objects.filter(state__in=["open", "returned"]).values_list("pk", flat=True))
    found: dict[str, ContributionLink] = {}
    for link in open_links(now):
        if link.purpose == "measures" or link.subject in waiting:
            found.setdefault(link.purpose, link)
    return [(purpose, _address(found[purpose])) for purpose in PAGES if purpose in found]


def _address(link: ContributionLink) -> str:
    return absolute(in_town(PAGES[link.purpose], token_of(link)))
