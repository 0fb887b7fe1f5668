"""What every page knows: the town, the procedure, who is asking, and which doors stand open."""

from django.conf import settings
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from kommpass.audits.door import allowed
from kommpass.audits.once import fresh_token
from kommpass.audits.queries import choices
from kommpass.config.navigation import INSTALLATION, TOWN, Way, mark_active, with_headings
from kommpass.domain.permissions import NOBODY
from kommpass.people.addresses import of_installation
from kommpass.sockets import every


def house(request):
    """Context of all templates. Costs no query: the door has already asked."""
    by, procedure = getattr(request, "actor", NOBODY), getattr(request, "procedure", None)
    if by.via == "account":
        procedure = procedure or None  # a public page looks it up only now, for the ways of who is signed in
    town = getattr(request, "municipality", None)
    return {
        "town": town,
        "procedure": procedure,
        "procedures": SimpleLazyObject(lambda: choices(procedure) if allowed(by, "procedure.view") else []),
        "actor": by,
        "once": SimpleLazyObject(fresh_token),
        "navigation": with_headings(
            mark_active([way.drawn() for way in _ways(town) if _open(way, by, procedure)], request.get_full_path())
        ),
        "role_label": ", ".join(sorted(_(role.label) for role in by.roles)),
        "home_url": _home(town, by, procedure),
        "login_url": of_installation("account_login"),
        "logout_url": of_installation("account_logout"),
        "set_language_url": reverse("set_language"),
        "account_url": of_installation("profile"),
        "person_links": _ways_out(request),
        "footer_links": _footer(town),
        "product_version": settings.VERSION,
        "demo": settings.DEMO,
    }


def _home(town, by, procedure) -> str:
    """Where the name of the town leads: into the cockpit for whom it opens, else to the public page."""
    if town is None:
        return of_installation("start")
    return reverse("cockpit:home" if allowed(by, "procedure.view", procedure) else "portal:home")


def _ways(town) -> tuple[Way, ...]:
    """The ways of the town with those of the optional modules it uses, or the ways of the installation."""
    if town is None:
        return INSTALLATION
    extras = (item for module in every() if town.uses(module.key) for item in module.nav)
    return (*TOWN, *(Way(item.label, item.url, item.action, needs_procedure=False) for item in extras))


def _open(way: Way, by, procedure) -> bool:
    if (way.needs_procedure and procedure is None) or (way.needs_organisation and not by.organisations):
        return False
    return by.via == "account" and allowed(by, way.action, procedure)


def _ways_out(request) -> list[dict]:
    links = [{"label": _("Meine Kommunen"), "url": of_installation("home")}]
    if settings.DEMO:
        links.append({"label": _("Ausgegangene E-Mails"), "url": of_installation("notices:mails")})
    return links


def _footer(town) -> list[dict]:
    links = [
        {"label": _("Impressum"), "url": reverse("portal:imprint") if town else of_installation("imprint")},
        {"label": _("Datenschutz"), "url": reverse("portal:privacy") if town else of_installation("privacy")},
        {
            "label": _("Barrierefreiheit"),
            "url": reverse("portal:accessibility") if town else of_installation("accessibility"),
        },
    ]
    if town:
        links.append({"label": _("Leichte Sprache"), "url": reverse("portal:easy")})
    return links
