"""Scheme versions: read one, compare two, and see whom a newer one would touch. The files are the source."""

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kommpass.association import queries
from kommpass.association.forms import CompareForm
from kommpass.association.queries.schemes import file_of
from kommpass.audits.catalogue import schemes as all_schemes
from kommpass.audits.door import requires
from kommpass.domain.schemes import Scheme
from kommpass.ui.pages import respond


@require_GET
@requires("schemes.view", procedure=False)
def schemes(request):
    """All versions of this installation, and how many procedures work with each."""
    return respond(request, "association/schemes.html", {"lines": queries.scheme_lines(), "form": CompareForm()})


@require_GET
@requires("schemes.view", procedure=False)
def scheme(request, scheme_key: str, scheme_version: str):
    """One version in full, so that nobody has to read its file."""
    found = _scheme(scheme_key, scheme_version)
    path, shipped = file_of(found)
    context = {
        "scheme": found,
        "path": path,
        "shipped": shipped,
        "phases": [(each, found.gate_after(each.key)) for each in found.phases],
        "fields": [(each, [_question(found, one) for one in found.questions_of(each.key)]) for each in found.fields],
        "groups": [
            (_("Der Weg"), found.rubric.of_group("process")),
            (_("Die Zielvereinbarung"), found.rubric.of_group("agreement")),
        ],
        "breadcrumb": _trail((str(found.title), "")),
    }
    return respond(request, "association/scheme.html", context)


def _question(scheme: Scheme, question) -> dict:
    groups = [scheme.target_group(key).title for key in question.target_groups]
    return {"question": question, "options": scheme.options_of(question), "groups": groups}


@require_GET
@requires("schemes.view", procedure=False)
def compare(request):
    """What differs between any two versions."""
    form = CompareForm(request.GET or None)
    found = queries.compared(form.cleaned_data["old"], form.cleaned_data["new"]) if form.is_valid() else None
    context = {"form": form, "comparison": found, "breadcrumb": _trail((_("Vergleich"), ""))}
    return respond(request, "association/compare.html", context)


@require_GET
@requires("schemes.view", procedure=False)
def upgrades(request, scheme_key: str, scheme_version: str):
    """Which active procedures a change to this version would touch, each with its preview. Nothing is changed here."""
    found = _scheme(scheme_key, scheme_version)
    page = reverse("association:scheme", args=[scheme_key, scheme_version])
    context = {
        "scheme": found,
        "upgrades": queries.upgrades(found),
        "breadcrumb": _trail((f"{found.title} {found.version}", page), (_("Wen ein Wechsel betrifft"), "")),
    }
    return respond(request, "association/upgrades.html", context)


def _scheme(key: str, version: str) -> Scheme:
    found = all_schemes().get((key, version))
    if found is None:
        raise Http404
    return found


def _trail(*steps: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Verfahren und Fassungen"), reverse("association:schemes")), *steps]
