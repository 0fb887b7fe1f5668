"""The overview of the stocktaking: how far each field is, which bundles are out, who still owes answers."""

from django.contrib import messages
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from kommpass.audits.door import allowed, requires
from kommpass.stocktaking import actions, queries
from kommpass.ui.pages import respond


@require_GET
@requires("stocktaking.view")
def overview(request):
    """Everything for coordination and auditor; departments and providers see their own bundles."""
    today = timezone.localdate()
    bundles = list(queries.bundles(request.actor, request.procedure))
    tallies, asked = queries.bundle_tallies(bundles), queries.questions_back(bundles)
    rows = [
        {
            "bundle": each,
            "tally": tallies[each.pk],
            "overdue": each.overdue(today),
            "questions_back": asked.get(each.pk, 0),
        }
        for each in bundles
    ]
    if not queries.sees_all(request.actor):
        return respond(request, "stocktaking/own_bundles.html", {"rows": rows})
    fields = queries.progress(request.procedure)
    context = {
        "rows": rows,
        "fields": fields,
        "tally": queries.in_total(fields),
        "undelegated": sum(each.tally.total - each.delegated for each in fields),
        "owed": queries.who_owes(request.procedure, today),
        "undelivered": queries.undelivered(bundles),
        "may_create": allowed(request.actor, "bundle.create", request.procedure),
        "prefilled": queries.prefilled(request.procedure),
        "may_prefill": request.procedure.predecessor_id and allowed(request.actor, "answer.prefill", request.procedure),
    }
    return respond(request, "stocktaking/overview.html", context)


@require_http_methods(["GET", "POST"])
@requires("answer.prefill")
def prefill(request):
    """What the last round said, before it is taken over."""
    before = queries.previous_answers(request.procedure)
    if request.procedure.predecessor is None:
        raise Http404
    if request.method == "POST":
        taken = actions.prefill_answers(procedure=request.procedure, by=request.actor, at=timezone.now())
        messages.success(
            request,
            ngettext(
                "%s Antwort aus dem letzten Durchgang ist vorbelegt und muss noch bestätigt werden.",
                "%s Antworten aus dem letzten Durchgang sind vorbelegt und müssen noch bestätigt werden.",
                len(taken),
            )
            % len(taken),
        )
        return respond(request, "", {}, done="stocktaking:overview")
    asked = {each.key: each for each in request.procedure.scheme.questions}
    context = {
        "before": before,
        "predecessor": request.procedure.predecessor,
        "kept": [each for each in before if each.key in asked],
        "gone": [each for each in before if each.key not in asked],
        "reworded": [
            (each, queries.difference(str(each.question.text), str(asked[each.key].text)))
            for each in before
            if each.key in asked and str(asked[each.key].text) != str(each.question.text)
        ],
        "new": len(asked.keys() - {each.key for each in before}),
        "breadcrumb": [(_("Bestandsaufnahme"), reverse("stocktaking:overview")), (_("Letzter Durchgang"), "")],
    }
    return respond(request, "stocktaking/prefill.html", context)


@require_GET
@requires("stocktaking.view")
def result(request):
    """The points of a scored scheme. A scheme without points has no such page."""
    found = queries.result(request.procedure) if queries.sees_all(request.actor) else None
    if found is None:
        raise Http404
    context = {
        "result": found,
        "bars": [
            (each.title, each.score.percent, "good" if each.score.reached else "warn")
            for each in found.fields
            if each.score.maximum
        ],
        "breadcrumb": [(_("Bestandsaufnahme"), reverse("stocktaking:overview")), (_("Ergebnis"), "")],
    }
    return respond(request, "stocktaking/result.html", context)
