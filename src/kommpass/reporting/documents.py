"""The documents of a sealed report, all made from its sealed content; and the first draft of a paper about it."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from kommpass.adapters import documents
from kommpass.domain.canonical import canonical_json
from kommpass.reporting.models import SealedReport
from kommpass.reporting.received import received_view

KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json; charset=utf-8",
}
FORMS = {
    "report": ("pdf", "docx", "xlsx", "json"),
    "association": ("pdf", "docx", "xlsx", "json"),
    "committee": ("pdf", "docx"),
}
"""The report as it is kept; the standard form for the association; the short version for a committee."""
NAMES = {"report": "jahresbericht", "association": "jahresbericht-verein", "committee": "kurzfassung"}
WRITERS = {
    ("report", "pdf"): documents.report_pdf,
    ("report", "docx"): documents.report_docx,
    ("report", "xlsx"): documents.report_xlsx,
    ("association", "pdf"): documents.association_form_pdf,
    ("association", "docx"): documents.association_form_docx,
    ("association", "xlsx"): documents.report_xlsx,
    ("committee", "pdf"): documents.committee_report_pdf,
    ("committee", "docx"): documents.committee_report_docx,
}


def make(sealed: SealedReport, form: str, kind: str) -> bytes:
    """One document of a sealed report. Raises DocumentFailed with a sentence."""
    # Documents of the council speak German whoever asks for them.
    with override("de"):
        if (form, kind) == ("report", "json"):
            return sealed.canonical.encode()
        content = received_view(sealed.content) if form == "association" else sealed.content
        if kind == "json":
            return canonical_json(content).encode()
        return WRITERS[form, kind](content, content_hash=sealed.digest)


def proposed_texts(sealed: SealedReport) -> dict:
    """A first draft of the paper with which a committee takes note of the report; people edit it before it goes out."""
    content, summary = sealed.content, sealed.summary
    words = {"report": content["title"], "number": sealed.number, "digest": sealed.digest[:12]} | summary
    facts = [
        _(
            "Von %(total)d Maßnahmen der Zielvereinbarung sind %(done)d umgesetzt und %(under_way)d in Arbeit; "
            "%(overdue)d sind überfällig. Der Stand ist der des Stichtags; der Bericht liegt bei."
        )
        % words,
        *(each["text"] for each in content["sections"] if each["text"]),
    ]
    return {
        "proposed_resolution": _(
            "Der Bericht „%(report)s“ in der Fassung %(number)d (Prüfsumme %(digest)s) wird zur Kenntnis genommen."
        )
        % words,
        "facts_text": "\n\n".join(facts),
        "financial": _("Der Bericht selbst verursacht keine Kosten."),
        "attachments": _("%(report)s, Fassung %(number)d; Kurzfassung für den Ausschuss") % words,
    }
