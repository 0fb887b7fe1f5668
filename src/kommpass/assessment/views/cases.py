"""One case before the board: the page, who sits, who must not."""

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kommpass.assessment import actions, queries
from kommpass.assessment.forms import MembersForm, RecuseForm, RecuseMemberForm
from kommpass.assessment.models import ReviewCase
from kommpass.assessment.views.asking import ask_again
from kommpass.assessment.views.case_page import everything_of
from kommpass.audits.door import requires
from kommpass.people.models import User
from kommpass.ui.pages import respond


def case_of(request, case_id: int) -> ReviewCase:
    """A case this person may see; for all others, and for whoever is recused, it does not exist."""
    return get_object_or_404(queries.cases(request.actor), pk=case_id)


@require_GET
@requires("board.view")
def case(request, case_id: int):
    """Who sits, what is handed in, opinion, decision; and what this person can do next."""
    found = case_of(request, case_id)
    return respond(request, "assessment/case.html", everything_of(found, request.actor, timezone.localdate()))


@require_POST
@requires("case.open")
def seat(request, case_id: int, second: bool = False):
    """Give further members a seat; `second`: to answer an objection."""
    found = case_of(request, case_id)
    members = queries.board()
    form = MembersForm(request.POST, members=members, reasons=queries.unseatable(members, found))
    if not form.is_valid():
        return ask_again(request, form, title=_("Mitglieder einsetzen"), about=found)
    actions.seat_members(case=found, **form.cleaned_data, second=second, by=request.actor, at=timezone.now())
    return respond(request, "", {}, done=found)


@require_POST
@requires("case.recuse")
def recuse(request, case_id: int):
    """Declare oneself recused. From now on the case does not exist for this person."""
    found = case_of(request, case_id)
    form = RecuseForm(request.POST)
    if not form.is_valid():
        return ask_again(request, form, title=_("Ich bin befangen"), about=found)
    person = get_object_or_404(User, pk=request.actor.id)
    actions.recuse(case=found, reviewer=person, **form.cleaned_data, by=request.actor, at=timezone.now())
    messages.success(request, _("Ihre Befangenheit ist eingetragen. Diesen Fall sehen Sie nicht mehr."))
    return respond(request, "", {}, done="assessment:overview")


@require_POST
@requires("case.recuse")
def recuse_member(request, case_id: int):
    """The office notes that a member is recused."""
    found = case_of(request, case_id)
    form = RecuseMemberForm(request.POST, members=queries.board())
    if not form.is_valid():
        return ask_again(request, form, title=_("Befangenheit eintragen"), about=found)
    actions.recuse(case=found, **form.cleaned_data, by=request.actor, at=timezone.now())
    own = form.cleaned_data["reviewer"].pk == request.actor.id
    return respond(request, "", {}, done="assessment:overview" if own else found)
