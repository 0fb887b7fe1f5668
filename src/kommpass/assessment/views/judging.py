"""Members of the board at work: the own judgement, the joint opinion, the decision, an objection."""

from datetime import timedelta

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kommpass.assessment import actions, queries
from kommpass.assessment.forms import DecideForm, ObjectionAnswerForm, OpinionForm, ReviewForm
from kommpass.assessment.judgements import agreed_answers, side_by_side
from kommpass.assessment.models import Objection, ReviewCase, Seat
from kommpass.assessment.views.asking import ask_again
from kommpass.assessment.views.cases import case_of
from kommpass.audits.door import requires
from kommpass.ui.pages import respond


def _judging_seat(case: ReviewCase, request) -> Seat:
    """The seat of whoever judges this case; those who only answer an objection have no form here."""
    return get_object_or_404(queries.seats(case).filter(second=False), reviewer=request.actor.id)


def _review_form(case: ReviewCase, data=None, **more) -> ReviewForm:
    return ReviewForm(data, rubric=case.procedure.scheme.rubric, **more)


@require_http_methods(["GET", "POST"])
@requires("review.write")
def review(request, case_id: int):
    """The own judgement: begun from the draft, handed in once."""
    case = case_of(request, case_id)
    seat = _judging_seat(case, request)
    if request.method == "GET" and hasattr(seat, "review"):
        return respond(request, "", {}, done=case)
    draft = getattr(seat, "draft", None)
    form = _review_form(case, request.POST or None, initial=ReviewForm.values_of(draft) if draft else None)
    done = None
    if form.is_valid():
        actions.hand_in_review(case=case, **form.judgement, by=request.actor, at=timezone.now())
        messages.success(request, _("Ihr Votum ist abgegeben."))
        done = case
    return respond(request, "assessment/review.html", {"form": form, "case": case, "draft": draft}, done=done)


@require_POST
@requires("review.write")
def review_draft(request, case_id: int):
    """Keep what is written so far, complete or not."""
    case = case_of(request, case_id)
    seat = _judging_seat(case, request)
    form = _review_form(case, request.POST, draft=True)
    if not form.is_valid():
        context = {"form": form, "case": case, "draft": getattr(seat, "draft", None)}
        return respond(request, "assessment/review.html", context)
    actions.save_review_draft(case=case, **form.judgement, by=request.actor, at=timezone.now())
    messages.success(request, _("Zwischengespeichert. Das liest niemand außer Ihnen."))
    return respond(request, "", {}, done=reverse("assessment:review", args=[case.pk]))


@require_http_methods(["GET", "POST"])
@requires("opinion.write")
def opinion(request, case_id: int):
    """The joint opinion: prefilled with the last one, or with what all agree on."""
    case = case_of(request, case_id)
    _judging_seat(case, request)
    rubric, today = case.procedure.scheme.rubric, timezone.localdate()
    reviews = queries.readable_reviews(case, request.actor) if queries.all_handed_in(case) else []
    last = queries.standing_opinion(case)
    initial = OpinionForm.values_of(last) if last else OpinionForm.values(agreed_answers(rubric, reviews))
    form = OpinionForm(
        request.POST or None,
        rubric=rubric,
        voices={each.criterion.key: each.voices for each in side_by_side(rubric, reviews)},
        today=today,
        initial=initial | {"answer_by": today + timedelta(days=queries.FACTUAL_CHECK_DAYS)},
    )
    done = None
    if form.is_valid():
        actions.write_opinion(case=case, **form.opinion, by=request.actor, at=timezone.now())
        done = case
    context = {"form": form, "case": case, "last": last, "ready": bool(reviews)}
    return respond(request, "assessment/opinion.html", context, done=done)


@require_POST
@requires("review.decide")
def decide(request, case_id: int):
    """Decide as the standing opinion proposes. Nobody outside learns of it yet."""
    case, today = case_of(request, case_id), timezone.localdate()
    _judging_seat(case, request)
    opinion = queries.standing_opinion(case)
    earliest = timezone.localdate(opinion.at) if opinion else today
    form = DecideForm(request.POST, earliest=earliest, today=today)
    if not form.is_valid():
        return ask_again(request, form, title=_("Entscheiden"), about=case)
    actions.decide(case=case, **form.cleaned_data, by=request.actor, at=timezone.now())
    return respond(request, "", {}, done=case)


@require_POST
@requires("objection.answer")
def objection_answer(request, objection_id: int):
    """A member who did not judge the case before says whether the objection is right."""
    found = get_object_or_404(
        Objection.objects.filter(decision__case__in=queries.cases(request.actor).values("pk")), pk=objection_id
    )
    case = found.decision.case
    form = ObjectionAnswerForm(request.POST)
    if not form.is_valid():
        return ask_again(request, form, title=_("Über den Widerspruch entscheiden"), about=case)
    actions.answer_objection(objection=found, **form.cleaned_data, by=request.actor, at=timezone.now())
    return respond(request, "", {}, done=case)
