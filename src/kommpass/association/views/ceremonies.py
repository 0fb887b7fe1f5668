"""Ceremonies: planned, with the towns that get their certificates there and the number of people."""

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommpass.association import actions, queries
from kommpass.association.forms import CeremonyForm, GuestForm
from kommpass.association.models import Ceremony, CeremonyGuest
from kommpass.association.views.finding import one_of
from kommpass.association.views.tables import csv_table
from kommpass.audits.door import requires
from kommpass.ui.pages import respond
from kommpass.ui.templatetags.ui import words

FIELDS = ("title", "held_on", "place", "note")


@require_GET
@requires("ceremony.plan", procedure=False)
def ceremonies(request):
    found = queries.everywhere(lambda: list(queries.ceremonies()))
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    return respond(request, "association/ceremonies.html", {"page": page, "today": timezone.localdate()})


@require_http_methods(["GET", "POST"])
@requires("ceremony.plan", procedure=False)
def ceremony_add(request):
    form, done = CeremonyForm(request.POST or None), None
    if form.is_valid():
        done = _page(actions.plan_ceremony(**form.cleaned_data, by=request.actor, at=timezone.now()))
    context = {
        "title": _("Verleihung planen"),
        "form": form,
        "submit_label": _("Verleihung eintragen"),
        "cancel_url": reverse("association:ceremonies"),
        "breadcrumb": _trail((_("Verleihung planen"), "")),
    }
    return respond(request, "ui/form.html", context, done=done)


@require_http_methods(["GET", "POST"])
@requires("ceremony.plan", procedure=False)
def ceremony_edit(request, ceremony_id: int):
    found = one_of(queries.ceremonies, pk=ceremony_id)
    form = CeremonyForm(request.POST or None, initial={name: getattr(found, name) for name in FIELDS})
    done = None
    if form.is_valid():
        actions.change_ceremony(ceremony=found, **form.cleaned_data, by=request.actor, at=timezone.now())
        done = _page(found)
    context = {
        "title": _("Verleihung ändern"),
        "form": form,
        "cancel_url": _page(found),
        "breadcrumb": _trail((found.title, _page(found)), (_("Ändern"), "")),
    }
    return respond(request, "ui/form.html", context, done=done)


@require_GET
@requires("ceremony.plan", procedure=False)
def ceremony(request, ceremony_id: int):
    """Who comes, with how many people, and who could be invited."""
    found = one_of(queries.ceremonies, pk=ceremony_id)
    return respond(request, "association/ceremony.html", _context(found, GuestForm(certificates=_waiting(found))))


@require_POST
@requires("ceremony.plan", procedure=False)
def invite(request, ceremony_id: int):
    """Invite a town with its certificate; a second time changes the number of people."""
    found = one_of(queries.ceremonies, pk=ceremony_id)
    coming = [each.certificate for each in _guests(found)]
    form = GuestForm(request.POST, certificates=[*_waiting(found), *coming])
    if not form.is_valid():
        return respond(request, "association/ceremony.html", _context(found, form))
    actions.invite_to_ceremony(ceremony=found, **form.cleaned_data, by=request.actor, at=timezone.now())
    return respond(request, "", {}, done=_page(found))


@require_POST
@requires("ceremony.plan", procedure=False)
def guest_drop(request, guest_id: int):
    """A town does not come after all."""
    guest = one_of(queries.guests, pk=guest_id)
    actions.take_off_ceremony(guest=guest, by=request.actor, at=timezone.now())
    return respond(request, "", {}, done=_page(guest.ceremony))


@require_GET
@requires("ceremony.plan", procedure=False)
def ceremony_print(request, ceremony_id: int):
    """The list for the entrance and the stage."""
    found = one_of(queries.ceremonies, pk=ceremony_id)
    return respond(request, "association/ceremony_print.html", {"ceremony": found, "guests": _guests(found)})


@require_GET
@requires("ceremony.plan", procedure=False)
def ceremony_table(request, ceremony_id: int):
    found = one_of(queries.ceremonies, pk=ceremony_id)
    head = (_("Kommune"), _("Zertifikat"), _("Verfahren"), _("Stufe"), _("Personen"))
    rows = (
        [
            each.municipality.name,
            each.certificate.number,
            words(each.certificate.procedure.scheme.title),
            words(each.certificate.rung_title),
            each.people,
        ]
        for each in _guests(found)
    )
    return csv_table(f"verleihung-{found.held_on:%Y-%m-%d}", head, rows)


def _context(ceremony: Ceremony, form: GuestForm) -> dict:
    return {
        "ceremony": ceremony,
        "guests": _guests(ceremony),
        "form": form,
        "anybody": bool(form.certificates),
        "breadcrumb": _trail((ceremony.title, "")),
    }


def _guests(ceremony: Ceremony) -> list[CeremonyGuest]:
    return queries.everywhere(lambda: list(queries.guests().filter(ceremony=ceremony)))


def _waiting(ceremony: Ceremony) -> list:
    return queries.everywhere(lambda: list(queries.waiting(ceremony.held_on)))


def _page(ceremony: Ceremony) -> str:
    return reverse("association:ceremony", args=[ceremony.pk])


def _trail(*steps: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Verleihungen"), reverse("association:ceremonies")), *steps]
