"""Council papers as documents, and the town's own Word templates."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from kommpass.agreement import actions, documents
from kommpass.agreement.forms import TemplateForm
from kommpass.agreement.models import WordTemplate
from kommpass.audits.door import requires
from kommpass.bodies.queries import papers
from kommpass.ui.pages import respond


@require_GET
@requires("bodies.view")
def paper_download(request, paper_id: int, kind: str):
    """The council paper as PDF or Word."""
    paper = get_object_or_404(papers(request.procedure), pk=paper_id)
    if kind not in documents.PAPER_KINDS:
        raise Http404
    response = HttpResponse(documents.make_paper(paper, kind), content_type=documents.PAPER_KINDS[kind])
    name = f"vorlage-{paper.pk}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_http_methods(["GET", "POST"])
@requires("template.upload")
def templates(request):
    """Bring along an own Word template; it is tried out before it is kept."""
    form, done = TemplateForm(request.POST or None, request.FILES or None), None
    if form.is_valid():
        file = form.cleaned_data["file"]
        actions.upload_template(
            procedure=request.procedure,
            purpose=form.cleaned_data["purpose"],
            name=file.name[:200],
            content=file.read(),
            by=request.actor,
            at=timezone.now(),
        )
        done = "agreement:templates"
    context = {"form": form, "templates": WordTemplate.objects.defer("content")}
    return respond(request, "agreement/templates.html", context, done=done)
