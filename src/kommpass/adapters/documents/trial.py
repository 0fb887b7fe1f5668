"""Tries a town's Word template on an invented agreement, so that a broken one is refused before it is kept."""

from kommpass.adapters.documents.word import agreement_docx, council_paper_docx

TRIAL_PAPER = {
    "reference": "0001/2027",
    "title": "Probe",
    "lead": "Probe",
    "contributing": ["Probe"],
    "public": True,
    "chain": [{"body": "Rat", "date": "2027-01-31", "role": "Entscheidung", "result": ""}],
    "proposed_resolution": "Probe",
    "facts": "Probe",
    "financial": "",
    "attachments": ["Probe"],
}
_MEASURE = {
    "id": "m", "number": "1.1.1", "title": "Probe", "description": "Probe", "responsible": "Probe", "post": "",
    "outside": False, "partners": ["Probe"], "start": "2027", "due": "2027-12", "target_groups": ["Probe"],
    "districts": ["Probe"], "themes": ["Probe"], "cost_once": "1.00", "cost_yearly": None, "funding": "",
    "subject_to_budget": True, "staff_effort": "", "references": ["Probe"],
    "indicators": [{"name": "Probe", "unit": "", "baseline": "", "target": "Probe", "source": ""}],
    "steps": [{"id": "s", "title": "Probe", "due": "2027"}], "origins": [{"kind": "Befund", "text": "Probe"}],
    "also_serves": [], "status": [{"label": "Probe", "period": "2027", "light": "green", "text": "Probe"}],
}  # fmt: skip
TRIAL_AGREEMENT = {
    "format": "kommpass/agreement/1",
    "title": "Probe",
    "municipality": {"name": "Probe", "ags": ""},
    "procedure": {"title": "Probe", "round": 1, "rung": "Probe", "scheme": "Probe", "scheme_version": "1"},
    "version": {"number": 1, "frozen_on": "2027-01-31", "kind": "draft_for_council", "reason": ""},
    "project_lead": "", "auditor": "", "preamble": "Probe", "family_definition": "Probe", "process": "Probe",
    "budget_clause": "Probe",
    "fields": [
        {
            "id": "f", "number": "1", "title": "Probe", "strengths": ["Probe"], "needs": ["Probe"],
            "strategic_goals": [
                {
                    "id": "g", "text": "Probe",
                    "goals": [
                        {"id": "z", "number": "1.1", "title": "Probe", "description": "", "measures": [_MEASURE]}
                    ],
                }
            ],
        }
    ],
    "resolution": None,
}  # fmt: skip


def check_template(purpose: str, template: bytes) -> None:
    """Fill the template ("agreement" or "paper") with a trial. Raises TemplateRefused with the mistake."""
    if purpose == "paper":
        council_paper_docx(TRIAL_PAPER, TRIAL_AGREEMENT, template, content_hash="0" * 64)
    else:
        agreement_docx(TRIAL_AGREEMENT, template, content_hash="0" * 64)
