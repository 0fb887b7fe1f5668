"""Answering a bundle: one form with all its questions, for people with an account and for holders of a link."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kommpass.audits import queries as audits
from kommpass.audits.door import allowed, by_link, requires
from kommpass.audits.models import FieldOfAction
from kommpass.people.links import LinkClosed
from kommpass.stocktaking import actions, queries
from kommpass.stocktaking.forms import AnswerForm, CommentForm, posted
from kommpass.stocktaking.models import QuestionBundle
from kommpass.ui.pages import respond


@dataclass
class Group:
    """The questions of one field of action inside a bundle."""

    field: FieldOfAction
    forms: list[AnswerForm]

    @property
    def anchor(self) -> str:
        return f"feld-{self.field.number}"

    @property
    def tally(self) -> queries.Tally:
        return queries.tally((form.entry.answer.kind, form.entry.answer.confirmed) for form in self.forms)


@require_http_methods(["GET", "POST"])
@requires("stocktaking.view")
def bundle(request, pk: int):
    """A bundle for people with an account: departments and providers answer, the coordination sees the same page."""
    found = get_object_or_404(queries.bundles(request.actor, request.procedure), pk=pk)
    here = reverse("stocktaking:bundle", args=[pk])
    return _answer(request, found, "stocktaking/bundle.html", here, reverse("stocktaking:pass-on", args=[pk]))


@require_http_methods(["GET", "POST"])
@by_link("bundle", "bundle.answer")
def bundle_by_link(request, token: str):
    """The same page as a letter, for whoever holds the link from the mail."""
    here = reverse("stocktaking:by-link", args=[token])
    pass_on = reverse("stocktaking:by-link-pass-on", args=[token])
    return _answer(request, bundle_of(request), "stocktaking/by_link.html", here, pass_on)


def bundle_of(request) -> QuestionBundle:
    """The bundle behind a contribution link."""
    found = queries.answerable(request.actor, request.procedure).filter(pk=request.link.subject).first()
    if found is None:
        raise LinkClosed(
            _("Diese Fragen liegen nicht mehr bei Ihnen: Sie wurden weitergegeben. Vielen Dank für Ihre Hilfe.")
        )
    return found


def _answer(request, bundle: QuestionBundle, template: str, here: str, pass_on: str):
    bundle.procedure = request.procedure
    if request.method == "GET":
        return _page(request, bundle, template, pass_on, _forms(bundle))
    forms = [form for form in _forms(bundle, request.POST) if form.is_bound]
    valid = [form for form in forms if form.is_valid()]
    saved = actions.save_answers(
        bundle=bundle, said={form.entry.key: form.said for form in valid}, by=request.actor, at=timezone.now()
    )
    troubled = {form.entry.key: form for form in forms if not form.is_valid()}
    for form in valid:
        if theirs := saved.conflicts.get(form.entry.key):
            form.met(theirs)
            troubled[form.entry.key] = form
    shown = [troubled.get(form.entry.key, form) for form in _forms(bundle)]
    submits = request.POST.get("intent") == "submit"
    waiting = [form.entry for form in shown if not form.is_bound and not form.entry.answer.done]
    still_open = waiting if submits else []
    if troubled or still_open:
        return _page(request, bundle, template, pass_on, shown, still_open=still_open, saved=len(saved.changed))
    if submits and bundle.with_respondent:
        actions.submit_bundle(bundle=bundle, by=request.actor, at=timezone.now())
        messages.success(request, _("Vielen Dank! Ihre Antworten sind abgegeben."))
        return respond(request, template, {}, done=here)
    done = sum(1 for form in shown if form.entry.answer.done)
    messages.success(
        request,
        _("Gespeichert. %(done)s von %(all)s Fragen sind beantwortet.") % {"done": done, "all": len(shown)},
    )
    group = request.POST.get("intent", "").removeprefix("save:")
    known = {each.anchor for each in _groups(bundle, shown)}
    return respond(request, template, {}, done=f"{here}#{group}" if group in known else here)


def _forms(bundle: QuestionBundle, data=None) -> list[AnswerForm]:
    """A form for each question; one the browser did not send stays unbound."""
    return [
        AnswerForm(data if data is not None and posted(data, entry) else None, entry)
        for entry in queries.entries_of_bundle(bundle)
    ]


def _groups(bundle: QuestionBundle, forms: list[AnswerForm]) -> list[Group]:
    groups = []
    for field in audits.fields(bundle.procedure):
        inside = [form for form in forms if form.entry.question.field in field.covers]
        if inside:
            groups.append(Group(field, inside))
    return groups


def _page(request, bundle, template, pass_on, forms, *, still_open=(), saved=0):
    can = {
        name: allowed(request.actor, f"bundle.{name}", bundle.procedure)
        for name in ("answer", "submit", "pass_on", "remind", "return", "close")
    }
    mistakes = [form for form in forms if form.is_bound]
    context = {
        "bundle": bundle,
        "groups": _groups(bundle, forms),
        "mistakes": mistakes,
        "still_open": still_open,
        "saved": saved,
        "tally": queries.tally((form.entry.answer.kind, form.entry.answer.confirmed) for form in forms),
        "writable": can["answer"] and bundle.writable_by(request.actor),
        "can": can,
        "pass_on_url": pass_on,
        "overdue": bundle.overdue(timezone.localdate()),
        "breadcrumb": [(_("Bestandsaufnahme"), reverse("stocktaking:overview")), (bundle.title, "")],
    }
    return respond(request, template, context, status=422 if mistakes or still_open else 200)


@require_http_methods(["GET", "POST"])
@requires("stocktaking.view")
def question(request, key: str):
    """One question alone: the coordination answers herself, and the auditor comments."""
    entry = queries.answer_to(request.actor, request.procedure, key)
    if entry is None or not queries.sees_all(request.actor):
        raise Http404
    form = AnswerForm(request.POST if request.method == "POST" else None, entry)
    done = None
    if request.method == "POST" and form.is_valid():
        saved = actions.answer_question(
            procedure=request.procedure, question_key=key, said=form.said, by=request.actor, at=timezone.now()
        )
        if theirs := saved.conflicts.get(key):
            form.met(theirs)
        else:
            messages.success(request, _("Die Antwort ist gespeichert."))
            done = reverse("stocktaking:question", args=[key])
    field = queries.field_of(audits.fields(request.procedure), entry.question.field)
    context = {
        "entry": entry,
        "form": form,
        "field": field,
        "closed": entry.answer.bundle and entry.answer.bundle.state == QuestionBundle.State.CLOSED,
        "may_answer": allowed(request.actor, "bundle.create", request.procedure),
        "may_comment": allowed(request.actor, "answer.comment", request.procedure),
        "comment_form": CommentForm(),
        "breadcrumb": _way(field, key),
    }
    status = 422 if form.is_bound and done is None else 200
    return respond(request, "stocktaking/question_page.html", context, done=done, status=status)


def _way(field: FieldOfAction | None, key: str) -> list[tuple]:
    way = [(_("Bestandsaufnahme"), reverse("stocktaking:overview"))]
    if field:
        way.append((str(field), reverse("stocktaking:field", args=[field.pk])))
    return [*way, (_("Frage %s") % key, "")]
