"""What the office of the association does with a certificate: issue, sign, suspend, reinstate, withdraw."""

from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from kommpass.assessment.queries import blocking_conditions, granting_decision
from kommpass.audits.door import requires
from kommpass.certification import actions, queries
from kommpass.certification.forms import IssueForm, StepForm
from kommpass.certification.views.town import certificate_of, show
from kommpass.ui.pages import respond


@require_http_methods(["GET", "POST"])
@requires("certificate.issue")
def issue(request):
    """Issue on the announced decision, with the term as the award says it; the document is made at once."""
    procedure, today = request.procedure, timezone.localdate()
    form = IssueForm(request.POST if request.method == "POST" else None, procedure=procedure, today=today)
    done = None
    if form.is_valid():
        done = actions.issue_and_sign(procedure=procedure, **form.award, by=request.actor, at=timezone.now())
    decision = granting_decision(procedure)
    context = {
        "form": form,
        "decision": decision,
        "issued": queries.issued_on(decision) if decision else None,
        "blocking": blocking_conditions(decision) if decision else [],
    }
    return respond(request, "certification/issue.html", context, done=done)


@require_POST
@requires("certificate.issue")
def sign(request, certificate_id: int):
    """Make the document where that failed before, or anew after the key was replaced."""
    found = certificate_of(certificate_id)
    actions.sign_certificate(certificate=found, by=request.actor, at=timezone.now())
    return respond(request, "", {}, done=found)


@require_POST
@requires("certificate.change")
def step(request, certificate_id: int):
    """Suspend, reinstate or withdraw, with reason and day."""
    found = certificate_of(certificate_id)
    form = StepForm(request.POST, state=queries.standing(found, timezone.localdate()).state)
    if not form.is_valid():
        return show(request, found, step_form=form)
    actions.note_step(certificate=found, **form.cleaned_data, by=request.actor, at=timezone.now())
    return respond(request, "", {}, done=found)
