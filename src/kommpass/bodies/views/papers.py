"""Pages about papers: the overview with all chains, one paper, its form and its print view."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kommpass.audits.door import allowed, requires
from kommpass.bodies import actions, queries
from kommpass.bodies.forms.papers import PaperForm, StationForm
from kommpass.bodies.models import Paper
from kommpass.bodies.views.tabs import tabs, trail
from kommpass.ui.pages import respond

PER_PAGE = 20
FIELDS = (
    "title",
    "purpose",
    "reference",
    "public",
    "proposed_resolution",
    "facts_text",
    "financial",
    "attachments",
)


@require_GET
@requires("bodies.view")
def overview(request):
    purpose = request.GET.get("purpose", "")
    found = queries.papers(request.procedure)
    if purpose in Paper.Purpose.values:
        found = found.filter(purpose=purpose)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    context = {
        "page": page,
        "purposes": Paper.Purpose.choices,
        "purpose": purpose,
        "meetings": queries.meetings_from(today)[:6],
        "lead_days": request.procedure.municipality.paper_lead_days,
        "tabs": tabs("papers"),
        "may_draft": allowed(request.actor, "paper.draft", request.procedure),
    }
    return respond(request, "bodies/overview.html", context)


@require_GET
@requires("bodies.view")
def decisions(request):
    standing = queries.decisions(request.procedure).filter(queries.STANDING)
    page = Paginator(standing, 50).get_page(request.GET.get("page"))
    return respond(request, "bodies/decisions.html", {"page": page, "tabs": tabs("decisions")})


@require_GET
@requires("bodies.view")
def paper(request, paper_id: int):
    found = get_object_or_404(queries.papers(request.procedure), pk=paper_id)
    return respond(request, "bodies/paper.html", paper_context(request, found))


def paper_context(request, paper: Paper, form: StationForm | None = None) -> dict:
    """Everything the page of a paper shows: also used when the form for a new station comes back with mistakes."""
    today = timezone.localdate()
    may_plan = allowed(request.actor, "consultation.plan", request.procedure)
    stations = list(paper.consultations.all())
    decisions = list(queries.decisions(request.procedure).filter(paper=paper))
    return {
        "paper": paper,
        "stations": stations,
        "decisions": decisions,
        "decided": bool(decisions),
        "form": form or (StationForm(today=today, auto_id="id_station_%s") if may_plan else None),
        "form_open": form is not None or not stations,
        "meetings": queries.meetings_from(today)[:8],
        "may_draft": allowed(request.actor, "paper.draft", request.procedure),
        "may_plan": may_plan,
        "may_record": allowed(request.actor, "consultation.record", request.procedure),
        "may_register": allowed(request.actor, "decision.register", request.procedure),
        "today": today,
        "breadcrumb": trail((str(paper), "")),
    }


@require_http_methods(["GET", "POST"])
@requires("paper.draft")
def paper_new(request):
    form = PaperForm(request.POST or None)
    done = None
    if form.is_valid():
        data = form.cleaned_data
        data.pop("edition")
        done = actions.draft_paper(procedure=request.procedure, **data, by=request.actor, at=timezone.now())
    context = {
        "form": form,
        "title": _("Neue Vorlage"),
        "intro": _("Schreiben Sie zuerst, was beschlossen werden soll. Danach legen Sie die Beratungsfolge an."),
        "submit_label": _("Vorlage anlegen"),
        "cancel_url": reverse("bodies:overview"),
        "breadcrumb": trail((_("Neue Vorlage"), "")),
    }
    return respond(request, "ui/form.html", context, done=done)


@require_http_methods(["GET", "POST"])
@requires("paper.draft")
def paper_edit(request, paper_id: int):
    found = get_object_or_404(queries.papers(request.procedure), pk=paper_id)
    initial = {name: getattr(found, name) for name in FIELDS}
    initial |= {"lead": found.lead_id, "contributing": found.contributing.all(), "edition": found.edition}
    form = PaperForm(request.POST or None, initial=initial, paper=found)
    done = None
    if form.is_valid():
        data = form.cleaned_data
        seen = data.pop("edition")
        done = actions.edit_paper(paper=found, **data, seen=seen, by=request.actor, at=timezone.now())
    context = {
        "form": form,
        "title": _("Vorlage bearbeiten"),
        "kicker": str(found),
        "cancel_url": found.get_absolute_url(),
        "breadcrumb": trail((str(found), found.get_absolute_url()), (_("Bearbeiten"), "")),
    }
    return respond(request, "ui/form.html", context, done=done)


@require_GET
@requires("bodies.view")
def paper_print(request, paper_id: int):
    found = get_object_or_404(queries.papers(request.procedure), pk=paper_id)
    context = {"paper": found, "content": queries.paper_content(found), "decision": queries.standing_decision(found)}
    return respond(request, "bodies/paper_print.html", context)
