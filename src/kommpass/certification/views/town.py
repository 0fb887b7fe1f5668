"""The certificate inside the town: what holds, what held, what comes next; its document, logo and proofs."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from kommpass.assessment.queries import blocking_conditions, granting_decision
from kommpass.audits.door import allowed, requires
from kommpass.certification import actions, queries
from kommpass.certification.forms import ProofForm, StepForm
from kommpass.certification.logo import logo as draw_logo
from kommpass.certification.models import Certificate
from kommpass.certification.timeline import timeline
from kommpass.domain.validity import Proof
from kommpass.ui.pages import respond

STEPS_UNTIL = ("lapsed", "withdrawn")


def certificate_of(certificate_id: int) -> Certificate:
    """A certificate of this town; of another one it does not exist."""
    return get_object_or_404(queries.certificates(), pk=certificate_id)


@require_GET
@requires("certificate.view")
def overview(request):
    """The certificate that holds, all others with the lapses between them, and what comes next."""
    procedure, by, today = request.procedure, request.actor, timezone.localdate()
    found = queries.standings(today)
    own = queries.of_scheme(found, procedure.scheme_key)
    leading = queries.leading(own)
    decision = granting_decision(procedure)
    waiting = decision if decision and not queries.issued_on(decision) else None
    due = sorted(queries.coming(own, today), key=lambda each: each.due_on)
    context = {
        "leading": leading,
        "days_left": leading.days_left(today) if leading else None,
        "since": queries.running_lapse(own, today),
        "timeline": timeline(sorted(own, key=_begin), today) if own else None,
        "others": [each for each in found if each not in own],
        "deadlines": [each.on_day(today) for each in due],
        "decision": waiting,
        "blocking": blocking_conditions(waiting) if waiting else [],
        "may_issue": allowed(by, "certificate.issue", procedure),
        "may_take_logo": allowed(by, "logo.download", procedure),
    }
    return respond(request, "certification/overview.html", context)


def _begin(found: queries.Standing):
    return found.certificate.valid_from_on, found.certificate.pk


@require_GET
@requires("certificate.view")
def certificate(request, certificate_id: int):
    """One certificate: what it says, its document, what happened to it later."""
    return show(request, certificate_of(certificate_id))


def show(request, certificate: Certificate, *, step_form: StepForm | None = None, proof_form: ProofForm | None = None):
    """The page of a certificate, with the forms as they came back."""
    by, today = request.actor, timezone.localdate()
    found = queries.standing(certificate, today)
    may_change = allowed(by, "certificate.change", certificate.procedure) and found.state not in STEPS_UNTIL
    may_prove = allowed(by, "permanence.record", certificate.procedure) and certificate.permanent
    context = {
        "certificate": certificate,
        "content": certificate.content,
        "found": found,
        "days_left": found.days_left(today),
        "documents": queries.documents().filter(certificate=certificate),
        "steps": sorted(certificate.steps.all(), key=lambda each: each.pk, reverse=True),
        "years": queries.years_of_proof(certificate, today),
        "proof_kinds": [kind.label for kind in Proof],
        "step_form": step_form or (StepForm(state=found.state) if may_change else None),
        "proof_form": proof_form or (ProofForm(certificate=certificate, today=today) if may_prove else None),
        "step_open": step_form is not None,
        "proof_open": proof_form is not None,
        "may_sign": allowed(by, "certificate.issue", certificate.procedure),
        "may_take_logo": allowed(by, "logo.download", certificate.procedure),
        "sees_reasons": allowed(by, "assessment.view", certificate.procedure),
    }
    return respond(request, "certification/certificate.html", context)


@require_POST
@requires("permanence.record")
def proof(request, certificate_id: int):
    """A year's fee or workshop of a permanent award, noted by the coordination or the office."""
    found = certificate_of(certificate_id)
    form = ProofForm(request.POST, certificate=found, today=timezone.localdate())
    if not form.is_valid():
        return show(request, found, proof_form=form)
    actions.record_proof(certificate=found, **form.cleaned_data, by=request.actor, at=timezone.now())
    return respond(request, "", {}, done=found)


@require_GET
@requires("certificate.view")
def document(request, document_id: int, kind: str):
    """The signed document, exactly as it was signed."""
    if kind != "pdf":
        raise Http404
    found = get_object_or_404(queries.documents().defer(None), pk=document_id)
    name = f"urkunde-{request.municipality.slug}-{found.certificate.number}.pdf"
    return _file(bytes(found.pdf), "application/pdf", name)


@require_GET
@requires("logo.download")
def logo(request, certificate_id: int):
    """Our mark for the town, while its certificate carries it."""
    found = queries.standing(certificate_of(certificate_id), timezone.localdate())
    name = f"zeichen-{request.municipality.slug}-gueltig-bis-{found.certificate.valid_until or found.logo_until}.svg"
    return _file(draw_logo(found).encode(), "image/svg+xml", name)


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
