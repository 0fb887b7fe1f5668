"""The pages of the procedure itself: begin it, plan it, shape it; and its journal."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommpass.audits import actions, queries
from kommpass.audits.actions.shape import preview_upgrade
from kommpass.audits.archive import journal_lines
from kommpass.audits.catalogue import schemes
from kommpass.audits.door import allowed, requires
from kommpass.audits.forms import (
    ChoiceForm,
    ContractForm,
    LeadForm,
    MergeForm,
    PlanForm,
    ReasonForm,
    StartForm,
    ThemesForm,
)
from kommpass.ui.pages import respond

STATE_CHANGES = {
    "pause": (actions.pause_procedure, "procedure.pause"),
    "resume": (actions.resume_procedure, "procedure.resume"),
    "withdraw": (actions.withdraw_procedure, "procedure.withdraw"),
    "lapse": (actions.lapse_procedure, "procedure.lapse"),
}


@require_http_methods(["GET", "POST"])
@requires("procedure.start", procedure=False)
def start(request):
    """Begin a round. The balance of the last one leads here with what fits (scheme, rung, title in the address)."""
    proposed = {name: request.GET[name] for name in ("scheme", "rung", "title") if name in request.GET}
    form = StartForm(request.POST or None, initial={"title": f"Audit {request.municipality}"} | proposed)
    done = None
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("scheme_key", "scheme_version", "rung", "title")}
        begun = actions.start_procedure(**given, by=request.actor, at=timezone.now())
        request.session[queries.session_key()] = begun.pk
        done = "cockpit:home"
    return respond(request, "audits/start.html", {"form": form}, done=done)


@require_POST
@requires("procedure.view")
def choose(request):
    """Work in another procedure of the town, or read one that is over: remembered until the log-out."""
    form = ChoiceForm(request.POST)
    if not form.is_valid():
        raise Http404
    request.session[queries.session_key()] = form.cleaned_data["procedure_id"].pk
    return respond(request, "", {}, done="cockpit:home")


@require_GET
@requires("procedure.view")
def overview(request):
    """The procedure with everything that can be set, in one place."""
    procedure = request.procedure
    newer = [
        each
        for (key, _version), each in schemes().items()
        if key == procedure.scheme_key and each.version > procedure.scheme_version
    ]
    context = {
        "phases": queries.phases(procedure),
        "fields": queries.fields(procedure),
        "contract_form": ContractForm(
            initial={"signed_on": procedure.contract_signed_on, "auditor_name": procedure.auditor_name}
        ),
        "lead_form": LeadForm(initial={"post": procedure.project_lead_id}),
        "themes_form": ThemesForm(
            procedure=procedure, initial={"themes": procedure.themes, "edition": procedure.edition}
        ),
        "merge_form": MergeForm(procedure=procedure),
        "may_configure": allowed(request.actor, "procedure.configure", procedure),
        "themes": [procedure.scheme.module(key).title for key in procedure.themes],
        "reason_form": ReasonForm(),
        "may_start": allowed(request.actor, "procedure.start"),
        "newer": newer,
    }
    return respond(request, "audits/overview.html", context)


@require_http_methods(["GET", "POST"])
@requires("procedure.plan")
def plan(request, key: str):
    phase = get_object_or_404(request.procedure.phases, key=key)
    phase.procedure = request.procedure
    form = PlanForm(
        request.POST or None, initial={"planned_from": phase.planned_from, "planned_until": phase.planned_until}
    )
    done = None
    if form.is_valid():
        actions.plan_phase(phase=phase, **form.cleaned_data, by=request.actor, at=timezone.now())
        done = "audits:overview"
    return respond(request, "audits/plan.html", {"form": form, "phase": phase}, done=done)


@require_POST
@requires("procedure.plan")
def contract(request):
    form, done = ContractForm(request.POST), None
    if form.is_valid():
        actions.sign_contract(procedure=request.procedure, **form.cleaned_data, by=request.actor, at=timezone.now())
        done = "audits:overview"
    return respond(request, "audits/one_form.html", {"form": form}, done=done)


@require_POST
@requires("procedure.plan")
def lead(request):
    form, done = LeadForm(request.POST), None
    if form.is_valid():
        actions.name_project_lead(procedure=request.procedure, **form.cleaned_data, by=request.actor, at=timezone.now())
        done = "audits:overview"
    return respond(request, "audits/one_form.html", {"form": form}, done=done)


@require_POST
@requires("procedure.configure")
def themes(request):
    form, done = ThemesForm(request.POST, procedure=request.procedure), None
    if form.is_valid():
        actions.choose_themes(
            procedure=request.procedure,
            themes=form.cleaned_data["themes"],
            seen=form.cleaned_data["edition"],
            by=request.actor,
            at=timezone.now(),
        )
        done = "audits:overview"
    return respond(request, "audits/one_form.html", {"form": form}, done=done)


@require_POST
@requires("procedure.configure")
def merge(request):
    form, done = MergeForm(request.POST, procedure=request.procedure), None
    if form.is_valid():
        given = form.cleaned_data
        actions.merge_fields(
            procedure=request.procedure,
            fields=given["fields_"],
            title=given["title"],
            by=request.actor,
            at=timezone.now(),
        )
        done = "audits:overview"
    return respond(request, "audits/one_form.html", {"form": form}, done=done)


@require_POST
@requires("procedure.view")
def state(request, change: str):
    """Pause, resume, withdraw, lapse: the action asks for the right it needs."""
    if change not in STATE_CHANGES:
        raise Http404
    form, done = ReasonForm(request.POST), None
    if form.is_valid():
        action, _right = STATE_CHANGES[change]
        action(procedure=request.procedure, reason=form.cleaned_data["reason"], by=request.actor, at=timezone.now())
        done = "audits:overview"
    return respond(request, "audits/one_form.html", {"form": form}, done=done)


@require_http_methods(["GET", "POST"])
@requires("scheme.upgrade")
def upgrade(request, version: str):
    """What a newer scheme version would change; and the step itself."""
    procedure = request.procedure
    if (procedure.scheme_key, version) not in schemes():
        raise Http404
    done = None
    if request.method == "POST":
        actions.upgrade_scheme(procedure=procedure, version=version, by=request.actor, at=timezone.now())
        done = "audits:overview"
    context = {"changes": preview_upgrade(procedure, version), "new": schemes()[procedure.scheme_key, version]}
    return respond(request, "audits/upgrade.html", context, done=done)


@require_GET
@requires("procedure.view")
def scheme(request):
    """The scheme as it is pinned: phases, gates, rungs, rubric; nobody has to read a TOML file."""
    return respond(request, "audits/scheme.html", {"scheme": request.procedure.scheme})


@require_GET
@requires("journal.view")
def journal(request):
    page = Paginator(queries.journal(), 50).get_page(request.GET.get("page"))
    return respond(
        request, "audits/journal.html", {"page": page, "may_export": allowed(request.actor, "journal.export")}
    )


@require_POST
@requires("journal.view")
def journal_verify(request):
    return respond(
        request,
        "audits/verified.html",
        {"broken": _sentence(queries.broken_journal()), "count": queries.journal_length()},
    )


def _sentence(broken) -> str:
    """Where the chain breaks, in the language of the page; empty if it is whole."""
    return _(broken.message).format(label=broken.label) if broken else ""


@require_GET
@requires("journal.export")
def journal_export(request):
    """The journal for the archive: one JSON object per line, with its hashes."""
    response = HttpResponse(journal_lines(), content_type="application/x-ndjson; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="protokoll-{request.municipality.slug}.jsonl"'
    return response
