"""The register of facilities, and the rules of what every district is to have."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommpass.audits.door import allowed, requires
from kommpass.domain.offers.prevention_chain import UNKNOWN
from kommpass.offers.actions import steering as actions
from kommpass.offers.forms.steering import CoverageRuleForm, RegisterFilter
from kommpass.offers.models import CoverageRule
from kommpass.offers.queries.steering.register import Judged, Register, facilities, judged
from kommpass.offers.queries.steering.register import register as register_of
from kommpass.offers.views.steering.tabs import tabs, trail
from kommpass.ui.pages import respond

PER_PAGE = 50


@require_GET
@requires("prevention.view", procedure=False)
def register(request):
    """What the rules want and what there is, the numbers by kind and district, and every facility."""
    found = register_of(timezone.localdate())
    asked = RegisterFilter(request.GET or None, kinds=found.kinds_there, districts=found.districts.words)
    kind, district = asked.chosen
    page = Paginator(found.chosen(kind, district), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "register": found,
        "rules": [(each, _districts(each)) for each in judged(found)],
        "lines": _lines(found),
        "page": page,
        "facilities": facilities(page.object_list),
        "filter": asked,
        "filtered": bool(kind or district),
        "unplaced": found.matrix.number(column=UNKNOWN),
        "unplaced_url": _address("", UNKNOWN),
        "may_write": allowed(request.actor, "prevention.write"),
        "may_edit_town": allowed(request.actor, "town.configure"),
        "tabs": tabs("register"),
    }
    return respond(request, "offers/steering/register.html", context)


def _districts(each: Judged) -> list[tuple]:
    """What a rule wants of each district, with the address of the facilities that count there."""
    return [(wanted, _address(each.rule.facility, wanted.where) if wanted.have else "") for wanted in each.districts]


def _lines(found: Register) -> list[tuple]:
    """The numbers by kind and district, each with the address of its facilities."""
    columns = [*found.districts.names, ""]
    return [
        (name, [(found.matrix.number(kind, column), _address(kind, column)) for column in columns])
        for kind, name in (*found.kinds_there, ("", _("Einrichtungen zusammen")))
    ]


def _address(kind: str, district: str) -> str:
    asked = {name: value for name, value in (("kind", kind), ("district", district)) if value}
    return f"{reverse('offers:register')}?{urlencode(asked)}#facilities"


@require_http_methods(["GET", "POST"])
@requires("prevention.write", procedure=False)
def coverage_new(request):
    form = CoverageRuleForm(request.POST or None)
    done = None
    if form.is_valid():
        data = form.cleaned_data
        data.pop("edition")
        actions.add_coverage_rule(**data, by=request.actor, at=timezone.now())
        done = "offers:register"
    return respond(request, "offers/steering/coverage_form.html", _page(form, _("Regel aufstellen")), done=done)


@require_http_methods(["GET", "POST"])
@requires("prevention.write", procedure=False)
def coverage_edit(request, rule_id: int):
    found = get_object_or_404(CoverageRule, pk=rule_id)
    initial = {name: getattr(found, name) for name in (*CoverageRuleForm.Meta.fields, "edition")}
    form = CoverageRuleForm(request.POST or None, initial=initial)
    done = None
    if form.is_valid():
        data = form.cleaned_data
        seen = data.pop("edition")
        actions.change_coverage_rule(rule=found, **data, seen=seen, by=request.actor, at=timezone.now())
        done = "offers:register"
    context = _page(form, _("Regel ändern")) | {"rule": found}
    return respond(request, "offers/steering/coverage_form.html", context, done=done)


@require_POST
@requires("prevention.write", procedure=False)
def coverage_remove(request, rule_id: int):
    found = get_object_or_404(CoverageRule, pk=rule_id)
    actions.remove_coverage_rule(rule=found, by=request.actor, at=timezone.now())
    return respond(request, "offers/steering/register.html", {}, done="offers:register")


def _page(form: CoverageRuleForm, title: str) -> dict:
    return {
        "form": form,
        "title": title,
        "intro": _("Eine Regel sagt, was es in jedem Stadtteil geben soll. Das Verzeichnis zeigt dann, wo es fehlt."),
        "cancel_url": reverse("offers:register"),
        "breadcrumb": trail((_("Einrichtungen"), reverse("offers:register")), (title, "")),
    }
