"""Fills a town's own Word template (Word-Vorlage) with a frozen version, without trusting the template.

What a template may use, with the same names as the frozen version:

- `title`, `preamble`, `family_definition`, `process`, `budget_clause`, `project_lead`, `auditor`
- `municipality.name`, `municipality.ags`
- `procedure.title`, `.round`, `.rung`, `.scheme`, `.scheme_version`
- `version.number`, `.frozen_on`, `.kind`, `.reason`
- `resolution.body`, `.date`, `.paper`, `.result`, `.votes`, `.conditions` (all empty before the
  council has resolved; `{% if resolution %}` asks for that)
- `fields`: each `number`, `title`, `strengths`, `needs`, `strategic_goals`: each `text`, `goals`:
  each `number`, `title`, `description`, `measures`: each `number`, `title`, `description`,
  `responsible`, `post`, `outside`, `partners`, `start`, `due`, `target_groups`, `districts`,
  `themes`, `cost_once`, `cost_yearly`, `funding`, `subject_to_budget`, `staff_effort`,
  `references`, `indicators` (`name`, `unit`, `baseline`, `target`, `source`), `steps` (`title`,
  `due`), `origins` (`kind`, `text`), `also_serves`, `status` (`label`, `period`, `light`, `text`)
- `measures`: all measures one after another, for a simple table
- `content_hash` (Prüfsumme), `paper_mark` (Vermerk such as "Entwurf")
- in the template of a council paper also `paper`: `reference`, `title`, `lead`, `contributing`,
  `public`, `chain` (`body`, `date`, `role`, `result`), `proposed_resolution`, `facts`, `financial`,
  `attachments`

Dates and amounts are written with filters: `{{ measure.due|datum }}`, `{{ measure.cost_once|euro
}}`, `{{ measure.partners|join(", ") }}`. Loops over table rows are `{%tr for m in measures %}` ...
`{%tr endfor %}`, over paragraphs `{%p for field in fields %}` ... `{%p endfor %}`.
"""

import io
from datetime import UTC, datetime, time

from django.utils.translation import gettext as _
from docxtpl import DocxTemplate
from jinja2 import TemplateSyntaxError, UndefinedError

from kommpass.adapters.documents.clean_text import clean
from kommpass.adapters.documents.failures import TemplateRefused
from kommpass.adapters.documents.outline import frozen_on, measures_of
from kommpass.adapters.documents.same_bytes import without_clock
from kommpass.adapters.documents.template_language import NotInTemplates, template_language
from kommpass.adapters.documents.template_safety import refuse_unsafe_file
from kommpass.adapters.documents.wording import UNDATED, day_of


class NotYet(dict):
    """The resolution before there is one: every part is empty, and `{% if resolution %}` is false."""

    def __bool__(self) -> bool:
        return False


EMPTY_MEASURE = {
    "description": "",
    "responsible": "",
    "post": "",
    "outside": False,
    "partners": [],
    "start": "",
    "due": "",
    "target_groups": [],
    "districts": [],
    "themes": [],
    "cost_once": None,
    "cost_yearly": None,
    "funding": "",
    "subject_to_budget": False,
    "staff_effort": "",
    "references": [],
    "indicators": [],
    "steps": [],
    "origins": [],
    "also_serves": [],
    "status": [],
}
NO_RESOLUTION = {"body": "", "date": "", "paper": "", "result": "", "votes": "", "conditions": []}


def fill(
    template: bytes, *, content: dict, content_hash: str, paper_mark: str = "", paper: dict | None = None
) -> bytes:
    """The town's template with the content in it, or TemplateRefused with one sentence."""
    refuse_unsafe_file(template)
    content = _complete(content)
    context = {
        **content,
        "resolution": content.get("resolution") or NotYet(NO_RESOLUTION),
        "measures": [place.measure for place in measures_of(content)],
        "content_hash": content_hash,
        "paper_mark": clean(paper_mark),
    }
    if paper is not None:
        context["paper"] = paper
    try:
        document = DocxTemplate(io.BytesIO(template))
        document.render(context, jinja_env=template_language(), autoescape=True)
        title = paper.get("title") if paper is not None else content.get("title")
        _sign_file(document.docx.core_properties, title or "", frozen_on(content))
        written = io.BytesIO()
        document.save(written)
        return without_clock(written.getvalue())
    except Exception as problem:  # whatever a foreign template breaks is the template's fault, and said in one sentence
        raise TemplateRefused(_sentence(problem)) from problem


def _complete(content: dict) -> dict:
    """The same content with every attribute of every measure there, so that a template may name each."""

    def completed(goal: dict) -> dict:
        measures = [{**EMPTY_MEASURE, **measure} for measure in goal.get("measures") or []]
        return {"description": "", **goal, "measures": measures}

    fields = [
        {**field, "strategic_goals": [
            {**strategic, "goals": [completed(goal) for goal in strategic.get("goals") or []]}
            for strategic in field.get("strategic_goals") or []
        ]}
        for field in content.get("fields") or []
    ]  # fmt: skip
    return {**content, "fields": fields}


def _sign_file(properties, title: str, day: str) -> None:
    properties.title, properties.language = title[:255], "de-DE"
    properties.created = properties.modified = datetime.combine(day_of(day) or UNDATED, time(), UTC)


def _sentence(problem: Exception) -> str:
    """What is wrong with the template, as one German sentence."""
    if isinstance(problem, NotInTemplates):
        return str(problem)
    if isinstance(problem, UndefinedError):
        name = ((problem.message or "").split("'")[-2:-1] or ["?"])[0]
        if "has no attribute" not in (problem.message or ""):
            name = ((problem.message or "").split("'")[1:2] or ["?"])[0]
        return _("Die Word-Vorlage verwendet die Angabe „%(name)s“, die es nicht gibt.") % {"name": name}
    if isinstance(problem, TemplateSyntaxError):
        place = _place(problem)
        return _("Die Word-Vorlage enthält einen Fehler in einem Platzhalter in der Nähe von „%(place)s“.") % {
            "place": place
        }
    return _(
        "Die Word-Vorlage konnte nicht ausgefüllt werden. "
        "Bitte prüfen Sie die Platzhalter oder speichern Sie sie neu als DOCX."
    )


def _place(problem: TemplateSyntaxError) -> str:
    """The words of the template around the mistake."""
    lines = [line.strip() for line in getattr(problem, "docx_context", [])]
    nearest = problem.lineno - 1 - max(problem.lineno - 4, 0)
    around = [line for line in [*lines[nearest : nearest + 1], *lines] if line]
    return around[0][:80] if around else "?"
