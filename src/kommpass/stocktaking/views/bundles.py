"""Making bundles and sending them on their way: new, one per field, remind, return, close, pass on."""

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from kommpass.audits import queries as audits
from kommpass.audits.door import by_link, requires
from kommpass.domain.scheme_vocabulary import LEVELS
from kommpass.people.queries import post_address
from kommpass.stocktaking import actions, queries
from kommpass.stocktaking.forms import BundleForm, FieldsForm, PassOnForm, ReturnForm
from kommpass.stocktaking.models import QuestionBundle
from kommpass.stocktaking.views.answering import bundle_of
from kommpass.stocktaking.wording import level_label
from kommpass.ui.pages import respond


def _way(*more: tuple) -> list[tuple]:
    return [(_("Bestandsaufnahme"), reverse("stocktaking:overview")), *more]


@require_http_methods(["GET", "POST"])
@requires("bundle.create")
def bundle_new(request):
    """Choose questions, somebody who answers, and a day."""
    fields = list(audits.fields(request.procedure))
    free = queries.undelegated(request.procedure)
    chosen_field = next((each for each in fields if str(each.pk) == request.GET.get("field")), None)
    level = request.GET.get("level", "") if request.GET.get("level") in LEVELS else ""
    listed = [
        each
        for each in free
        if (not chosen_field or each.field in chosen_field.covers) and (not level or each.level == level)
    ]
    initial = {"title": queries.suggested_title(chosen_field)} if chosen_field else {}
    form = BundleForm(request.POST or None, initial=initial, today=timezone.localdate())
    ticked = set(request.POST.getlist("question")) if form.is_bound else None
    done = None
    if form.is_bound and not ticked:
        form.add_error(None, _("Bitte wählen Sie mindestens eine Frage."))
    elif form.is_bound and ticked - {each.key for each in free}:
        form.add_error(
            None, _("Einige dieser Fragen liegen inzwischen in einem anderen Paket. Bitte prüfen Sie die Auswahl.")
        )
    if form.is_bound and form.is_valid():
        done = _create(request, keys=[each.key for each in free if each.key in ticked], **form.cleaned_data)
    preselected = ticked if ticked is not None else {each.key for each in listed} if chosen_field or level else set()
    context = {
        "form": form,
        "groups": [(field, [each for each in listed if each.field in field.covers]) for field in fields],
        "preselected": preselected,
        "listed": listed,
        "delegated": len(request.procedure.scheme.questions) - len(free),
        "fields": fields,
        "chosen_field": chosen_field,
        "level": level,
        "levels": [(each, level_label(each)) for each in LEVELS],
        "breadcrumb": _way((_("Neues Fragenpaket"), "")),
    }
    status = 422 if form.is_bound and done is None else 200
    return respond(request, "stocktaking/bundle_new.html", context, done=done, status=status)


def _create(request, *, keys, organisation, email, title, due_on, note) -> str:
    created = actions.create_bundle(
        procedure=request.procedure,
        organisation=organisation,
        title=title,
        question_keys=keys,
        due_on=due_on,
        note=note,
        email=email or post_address(organisation),
        by=request.actor,
        at=timezone.now(),
    )
    if created.email:
        messages.success(request, _("Das Fragenpaket ist angelegt. Der Link ging an %s.") % created.email)
    else:
        messages.warning(
            request, _("Das Fragenpaket ist angelegt. Es ging keine E-Mail hinaus, weil keine Adresse hinterlegt ist.")
        )
    return reverse("stocktaking:overview")


@require_http_methods(["GET", "POST"])
@requires("bundle.create")
def bundles_per_field(request):
    """The proposal: one bundle for each field of action."""
    free = queries.undelegated(request.procedure)
    offers = [
        (field, [each for each in free if each.field in field.covers]) for field in audits.fields(request.procedure)
    ]
    offers = [(field, questions) for field, questions in offers if questions]
    form = FieldsForm(request.POST or None, today=timezone.localdate(), offers=offers)
    done = None
    if form.is_valid():
        for field, questions, organisation in form.chosen:
            actions.create_bundle(
                procedure=request.procedure,
                organisation=organisation,
                title=queries.suggested_title(field),
                question_keys=[each.key for each in questions],
                due_on=form.cleaned_data["due_on"],
                note=form.cleaned_data["note"],
                email=post_address(organisation),
                by=request.actor,
                at=timezone.now(),
            )
        number = len(form.chosen)
        messages.success(
            request, ngettext("%s Fragenpaket ist angelegt.", "%s Fragenpakete sind angelegt.", number) % number
        )
        done = "stocktaking:overview"
    context = {"form": form, "offers": offers, "breadcrumb": _way((_("Ein Paket je Handlungsfeld"), ""))}
    return respond(
        request, "stocktaking/bundles_per_field.html", context, done=done, status=422 if form.errors else 200
    )


def _bundle(request, pk: int) -> QuestionBundle:
    found = get_object_or_404(queries.answerable(request.actor, request.procedure), pk=pk)
    found.procedure = request.procedure
    return found


@require_POST
@requires("bundle.remind")
def bundle_remind(request, pk: int):
    bundle = _bundle(request, pk)
    actions.remind_bundle(bundle=bundle, by=request.actor, at=timezone.now())
    messages.success(request, _("Die Erinnerung ging an %s.") % bundle.email)
    return respond(request, "", {}, done=reverse("stocktaking:bundle", args=[pk]))


@require_POST
@requires("bundle.close")
def bundle_close(request, pk: int):
    bundle = _bundle(request, pk)
    actions.close_bundle(bundle=bundle, by=request.actor, at=timezone.now())
    messages.success(request, _("Das Fragenpaket „%s“ ist abgeschlossen.") % bundle.title)
    return respond(request, "", {}, done="stocktaking:overview")


@require_http_methods(["GET", "POST"])
@requires("bundle.return")
def bundle_return(request, pk: int):
    bundle = _bundle(request, pk)
    form = ReturnForm(request.POST or None)
    done = None
    if form.is_valid():
        actions.return_bundle(bundle=bundle, note=form.cleaned_data["note"], by=request.actor, at=timezone.now())
        messages.success(request, _("Das Fragenpaket ist zurückgegeben."))
        done = "stocktaking:overview"
    way = (bundle.title, reverse("stocktaking:bundle", args=[pk])), (_("Zurückgeben"), "")
    context = {"bundle": bundle, "form": form, "breadcrumb": _way(*way)}
    return respond(request, "stocktaking/bundle_return.html", context, done=done, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@requires("bundle.pass_on")
def bundle_pass_on(request, pk: int):
    """Pass a bundle on to a colleague, with an account."""
    bundle = _bundle(request, pk)
    way = (bundle.title, reverse("stocktaking:bundle", args=[pk])), (_("Weitergeben"), "")
    return _pass_on(request, bundle, "stocktaking/pass_on.html", "stocktaking:overview", breadcrumb=_way(*way))


@require_http_methods(["GET", "POST"])
@by_link("bundle", "bundle.pass_on")
def bundle_pass_on_by_link(request, token: str):
    """Pass a bundle on to a colleague, from the link in the mail. The answers stay."""
    bundle = bundle_of(request)
    bundle.procedure = request.procedure
    back = reverse("stocktaking:by-link", args=[token])
    return _pass_on(request, bundle, "stocktaking/pass_on_by_link.html", "stocktaking:passed-on", cancel=back)


def _pass_on(request, bundle: QuestionBundle, template: str, after: str, **context):
    form = PassOnForm(request.POST or None, initial={"organisation": bundle.organisation_id})
    done = None
    if form.is_valid():
        actions.pass_on_bundle(bundle=bundle, **form.cleaned_data, by=request.actor, at=timezone.now())
        messages.success(request, _("Die Fragen sind weitergegeben. Der Link ging an %s.") % form.cleaned_data["email"])
        done = after
    context = {"cancel": reverse("stocktaking:overview"), **context, "bundle": bundle, "form": form}
    return respond(request, template, context, done=done, status=422 if form.errors else 200)
