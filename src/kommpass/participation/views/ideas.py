"""Pages about ideas: the list with its filters, a new one, one with its answer."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommpass.audits.door import allowed, requires
from kommpass.participation import actions, queries
from kommpass.participation.forms import AnswerForm, IdeaFilter, IdeaForm
from kommpass.participation.models import Idea
from kommpass.participation.views.tabs import tabs, trail
from kommpass.ui.pages import respond

PER_PAGE = 50


@require_GET
@requires("participation.view")
def ideas(request):
    asked = IdeaFilter(request.GET or None, procedure=request.procedure)
    found = queries.ideas(request.procedure)
    if asked.is_valid():
        found = found.filter(**{name: value for name, value in asked.cleaned_data.items() if value})
    waiting = queries.unanswered(request.procedure)
    context = {
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "filter": asked,
        "filtered": asked.is_bound,
        "waiting": waiting,
        "may_write": allowed(request.actor, "idea.write", request.procedure),
        "tabs": tabs("ideas", unanswered=waiting),
    }
    return respond(request, "participation/ideas.html", context)


@require_http_methods(["GET", "POST"])
@requires("idea.write")
def idea_new(request):
    form = IdeaForm(request.POST or None, procedure=request.procedure)
    done = None
    if form.is_valid():
        data = form.cleaned_data
        data.pop("edition")
        done = actions.write_idea(procedure=request.procedure, **data, by=request.actor, at=timezone.now())
    context = {
        "form": form,
        "title": _("Idee aufschreiben"),
        "cancel_url": reverse("participation:ideas"),
        "breadcrumb": trail((_("Ideen"), reverse("participation:ideas")), (_("Neue Idee"), "")),
    }
    return respond(request, "ui/form.html", context, done=done)


@require_http_methods(["GET", "POST"])
@requires("idea.write")
def idea_edit(request, idea_id: int):
    found = get_object_or_404(queries.ideas(request.procedure), pk=idea_id)
    initial = {"field": found.field_id, "district": found.district_id}
    initial |= {name: getattr(found, name) for name in ("text", "source", "edition")}
    form = IdeaForm(request.POST or None, initial=initial, procedure=request.procedure)
    done = None
    if form.is_valid():
        data = form.cleaned_data
        seen = data.pop("edition")
        done = actions.edit_idea(idea=found, **data, seen=seen, by=request.actor, at=timezone.now())
    context = {
        "form": form,
        "title": _("Idee ändern"),
        "cancel_url": found.get_absolute_url(),
        "breadcrumb": trail((_("Ideen"), reverse("participation:ideas")), (_("Idee ändern"), "")),
    }
    return respond(request, "ui/form.html", context, done=done)


@require_GET
@requires("participation.view")
def idea(request, idea_id: int):
    found = get_object_or_404(queries.ideas(request.procedure), pk=idea_id)
    return respond(request, "participation/idea.html", _context(request, found))


@require_POST
@requires("idea.answer")
def idea_answer(request, idea_id: int):
    found = get_object_or_404(queries.ideas(request.procedure), pk=idea_id)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return respond(request, "participation/idea.html", _context(request, found, form))
    data = form.cleaned_data
    seen = data.pop("edition")
    actions.answer_idea(idea=found, **data, seen=seen, by=request.actor, at=timezone.now())
    return respond(request, "participation/idea.html", {}, done=found)


def _context(request, idea: Idea, form: AnswerForm | None = None) -> dict:
    may_answer = allowed(request.actor, "idea.answer", request.procedure)
    initial = {name: getattr(idea, name) for name in ("state", "reason", "public", "edition")}
    return {
        "idea": idea,
        "form": form or (AnswerForm(initial=initial) if may_answer else None),
        "may_write": allowed(request.actor, "idea.write", request.procedure),
        "breadcrumb": trail((_("Ideen"), reverse("participation:ideas")), (str(idea), "")),
    }
