"""What a submission holds (kommpass/submission/1): the sealed copy that association and board read."""

from datetime import date

from django.utils.translation import override

from kommpass.agreement.documents import content_with_resolution
from kommpass.assessment.models import AuditorReport
from kommpass.audits.models import Procedure
from kommpass.participation.models import Attendance, Workshop
from kommpass.participation.queries import agreed_definition
from kommpass.stocktaking import queries as stocktaking

FORMAT = "kommpass/submission/1"


def build(procedure: Procedure, report: AuditorReport, *, number: int, letter: str, submitted_on: date) -> dict:
    """The adopted version with its resolution, the auditor's word, and how the town came to it.

    Not in it: answers of the questionnaire, comments, drafts, names of those who took part.
    """
    with override("de"):
        return {
            "format": FORMAT,
            "number": number,
            "submitted_on": submitted_on.isoformat(),
            "municipality": _town(procedure),
            "procedure": {
                "title": procedure.title,
                "round": procedure.round,
                "rung": str(procedure.rung_title),
                "scheme": str(procedure.scheme.title),
                "scheme_version": procedure.scheme_version,
                "themes": [str(procedure.scheme.module(key).title) for key in procedure.themes],
            },
            "letter": letter,
            "auditor": {
                "name": report.by_name,
                "verdict": str(report.get_verdict_display()),
                "text": report.text,
                "judgements": _named(procedure, report.judgements),
            },
            "process": process(procedure),
            "version_digest": report.version.digest,
            "agreement": _agreement(report),
        }


def _agreement(report: AuditorReport) -> dict:
    """The adopted text as everybody who decides may read it: without internal notes, which are not in it anyway."""
    return content_with_resolution(report.version)


def _town(procedure: Procedure) -> dict:
    town = procedure.municipality
    return {
        "name": town.name,
        "ags": town.ags,
        "population": town.population,
        "youth_office": town.has_youth_office,
        "county": town.county_name,
    }


def _named(procedure: Procedure, judgements: dict) -> list[dict]:
    """Criterion, answer and reason in words, in the order of the rubric."""
    rubric = procedure.scheme.rubric
    answers = {each.key: str(each.title) for each in rubric.answers}
    return [
        {
            "criterion": str(each.title),
            "answer": answers.get(judgements.get(each.key, {}).get("answer", ""), ""),
            "reason": judgements.get(each.key, {}).get("reason", ""),
        }
        for each in rubric.criteria
    ]


def process(procedure: Procedure) -> dict:
    """How it was worked on, in numbers: questions answered, workshops held, people reached."""
    counted = stocktaking.counts(procedure)
    definition = agreed_definition(procedure)
    return {
        "questions": counted.get("questions", 0),
        "questions_answered": counted.get("questions_answered", 0),
        "analyses": counted.get("analyses", 0),
        "family_definition": definition.text if definition else "",
        "workshops": _workshops(procedure),
    }


def _workshops(procedure: Procedure) -> list[dict]:
    reached: dict[int, int] = {}
    rows = Attendance.objects.filter(workshop__procedure=procedure).values_list("workshop", "count")
    for workshop, count in rows:
        reached[workshop] = reached.get(workshop, 0) + count
    held = Workshop.objects.filter(procedure=procedure).order_by("held_on", "pk")
    return [
        {
            "kind": str(each.get_kind_display()),
            "title": each.title,
            "held_on": each.held_on.isoformat() if each.held_on else "",
            "people": reached.get(each.pk, 0),
        }
        for each in held
    ]
