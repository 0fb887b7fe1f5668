"""Auditors: their licences, the towns they guide, the towns they must not guide."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommpass.assessment import actions as assessment
from kommpass.association import actions, queries
from kommpass.association.forms import ConflictForm, LicenceForm, NewLicenceForm
from kommpass.association.queries.auditors import AuditorLine
from kommpass.association.views.finding import one_of
from kommpass.association.views.tables import csv_table
from kommpass.audits.door import requires
from kommpass.municipalities.scope import within
from kommpass.ui.pages import respond


@require_GET
@requires("auditor.assign", procedure=False)
def auditors(request):
    """Everybody with a licence or a mandate; whoever guides without a licence stands out."""
    found = queries.everywhere(queries.auditors, timezone.localdate())
    context = {
        "page": Paginator(found, 50).get_page(request.GET.get("page")),
        "unlicensed": [each for each in found if each.towns and not each.licensed],
        "table_url": reverse("association:auditors-table"),
    }
    return respond(request, "association/auditors.html", context)


@require_GET
@requires("auditor.assign", procedure=False)
def auditors_table(request):
    head = (
        _("Name"), _("Zulassung"), _("zugelassen seit"), _("zugelassen bis"), _("begleitet"), _("Interessenkonflikte"),
    )  # fmt: skip
    found = queries.everywhere(queries.auditors, timezone.localdate())
    rows = (
        [
            each.person.name,
            each.label,
            each.licence and each.licence.since,
            each.licence and each.licence.until,
            ", ".join(str(town) for town in each.towns),
            ", ".join(str(conflict.municipality) for conflict in each.conflicts),
        ]
        for each in found
    )
    return csv_table("auditorinnen-und-auditoren", head, rows)


@require_http_methods(["GET", "POST"])
@requires("auditor.assign", procedure=False)
def licence_add(request):
    """A first licence, by the address with which somebody signs in."""
    form, done = NewLicenceForm(request.POST or None, initial={"since": timezone.localdate()}), None
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("since", "until", "note")}
        actions.license_auditor(person=form.person, **given, by=request.actor, at=timezone.now())
        done = reverse("association:auditor", args=[form.person.pk])
    context = {
        "title": _("Zulassung erteilen"),
        "form": form,
        "submit_label": _("Zulassung eintragen"),
        "cancel_url": reverse("association:auditors"),
        "breadcrumb": _trail((_("Zulassung erteilen"), "")),
    }
    return respond(request, "ui/form.html", context, done=done)


@require_http_methods(["GET", "POST"])
@requires("auditor.assign", procedure=False)
def auditor(request, auditor_id: int):
    """One auditor: renew or correct the licence; towns and conflicts below."""
    line = _line(auditor_id)
    initial = {"since": timezone.localdate()}
    if line.licence:
        initial = {name: getattr(line.licence, name) for name in ("since", "until", "note")}
    form, done = LicenceForm(request.POST or None, initial=initial), None
    if form.is_valid():
        actions.license_auditor(person=line.person, **form.cleaned_data, by=request.actor, at=timezone.now())
        messages.success(request, _("Die Zulassung ist eingetragen."))
        done = request.path
    context = {"line": line, "form": form, "conflict_form": ConflictForm()}
    return respond(request, "association/auditor.html", context | {"breadcrumb": _own_trail(line)}, done=done)


@require_POST
@requires("auditor.assign", procedure=False)
def licence_end(request, auditor_id: int):
    """The licence is over from tomorrow on. Mandates stay until somebody else is assigned: the page says so."""
    line = _line(auditor_id)
    if line.licence is None:
        raise Http404
    actions.license_auditor(
        person=line.person,
        since=line.licence.since,
        until=timezone.localdate(),
        note=line.licence.note,
        by=request.actor,
        at=timezone.now(),
    )
    return respond(request, "", {}, done=reverse("association:auditor", args=[auditor_id]))


@require_POST
@requires("conflict.declare", procedure=False)
def conflict_add(request, auditor_id: int):
    """Somebody is too near to a town: they get no mandate there."""
    line, form = _line(auditor_id), ConflictForm(request.POST)
    if not form.is_valid():
        context = {"title": _("Interessenkonflikt eintragen"), "kicker": line.person.name, "form": form}
        return respond(request, "ui/form.html", context | {"breadcrumb": _own_trail(line)})
    with within(form.cleaned_data["town"]):
        assessment.declare_conflict(
            person=line.person, reason=form.cleaned_data["reason"], by=request.actor, at=timezone.now()
        )
    return respond(request, "", {}, done=reverse("association:auditor", args=[auditor_id]))


@require_POST
@requires("conflict.declare", procedure=False)
def conflict_end(request, declared_id: int):
    """The office notes that a conflict is over."""
    conflict = one_of(queries.open_conflicts, pk=declared_id)
    _line(conflict.person_id)
    with within(conflict.municipality):
        assessment.end_conflict(conflict=conflict, by=request.actor, at=timezone.now())
    return respond(request, "", {}, done=reverse("association:auditor", args=[conflict.person_id]))


def _line(person_id: int) -> AuditorLine:
    """An auditor of the list; nobody else's conflicts are on these pages."""
    found = queries.everywhere(queries.auditors, timezone.localdate())
    line = next((each for each in found if each.person.pk == person_id), None)
    if line is None:
        raise Http404
    return line


def _trail(*steps: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Auditorinnen und Auditoren"), reverse("association:auditors")), *steps]


def _own_trail(line: AuditorLine) -> list[tuple[str, str]]:
    return _trail((line.person.name, ""))
