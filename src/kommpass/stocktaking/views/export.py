"""The questionnaire as a file: whoever may read answers gets exactly those."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from kommpass.audits import queries as audits
from kommpass.audits.door import requires
from kommpass.stocktaking import queries, sheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@requires("stocktaking.view")
def export(request, form: str):
    """All questions with their answers for coordination and auditor, the own ones for everybody else."""
    procedure = request.procedure
    answers = list(queries.answers(request.actor, procedure))
    questions = procedure.scheme.questions
    if not queries.sees_all(request.actor):
        own = {each.question_key for each in answers}
        questions = [each for each in questions if each.key in own]
    fields = list(audits.fields(procedure))
    rows = [
        sheet.row(str(queries.field_of(fields, entry.question.field) or ""), entry)
        for entry in queries.entries(procedure, questions, answers)
    ]
    if form == "csv":
        response = HttpResponse(sheet.as_csv(rows), content_type="text/csv; charset=utf-8")
    else:
        findings = list(queries.findings(request.actor, procedure))
        response = HttpResponse(sheet.as_xlsx(rows, findings), content_type=XLSX)
    name = f"bestandsaufnahme-{request.municipality.slug}-{timezone.localdate():%Y-%m-%d}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
