"""The documents of a version: PDF, Word, Excel and JSON from the same frozen content, and council papers."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from kommpass.adapters.documents import (
    agreement_docx,
    agreement_pdf,
    agreement_xlsx,
    council_paper_docx,
    council_paper_pdf,
)
from kommpass.agreement.models import Version, WordTemplate
from kommpass.bodies.models import Paper
from kommpass.bodies.queries import paper_content

KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json; charset=utf-8",
}
PAPER_KINDS = {"pdf": KINDS["pdf"], "docx": KINDS["docx"]}


def content_with_resolution(version: Version) -> dict:
    """The frozen content, and beside it the resolution that adopted it. The hash covers the frozen part alone."""
    content = version.content
    adoption = getattr(version, "adoption", None)
    if adoption is None:
        return content
    decision = adoption.decision
    return content | {
        "resolution": {
            "body": adoption.approved_by,
            "date": (decision.decided_on if decision else adoption.valid_from).isoformat(),
            "paper": decision.reference if decision else "",
            "result": str(decision.get_result_display()) if decision else _("genehmigt"),
            "votes": decision.votes if decision else "",
            "conditions": list(adoption.conditions),
        }
    }


def make(version: Version, kind: str) -> bytes:
    """One document of a version. Raises DocumentFailed or TemplateRefused with a sentence."""
    # Documents of the council speak German whoever asks for them.
    with override("de"):
        if kind == "json":
            return version.canonical.encode()
        content = content_with_resolution(version)
        if kind == "pdf":
            return agreement_pdf(content, content_hash=version.digest)
        if kind == "xlsx":
            return agreement_xlsx(content, content_hash=version.digest)
        return agreement_docx(content, own_template(WordTemplate.Purpose.AGREEMENT), content_hash=version.digest)


def make_paper(paper: Paper, kind: str) -> bytes:
    """The council paper with its chain; the agreement of its last tabled version is the annex."""
    with override("de"):
        tabling = paper.tablings.select_related("version").order_by("version__number").last()
        version = tabling.version if tabling else None
        content = version.content if version else {}
        digest = version.digest if version else ""
        if kind == "pdf":
            return council_paper_pdf(paper_content(paper), content, content_hash=digest)
        return council_paper_docx(
            paper_content(paper), content, own_template(WordTemplate.Purpose.PAPER), content_hash=digest
        )


def own_template(purpose: str) -> bytes | None:
    """The newest Word template the town brought along for this purpose."""
    found = WordTemplate.objects.filter(purpose=purpose).first()
    return bytes(found.content) if found else None


def proposed_texts(version: Version) -> dict:
    """A first draft of the paper's texts from the frozen content; people edit it before it goes out."""
    content = version.content
    town = content["municipality"]["name"]
    day = date_format(version.frozen_at, "d.m.Y")
    return {
        "proposed_resolution": _(
            "Die Zielvereinbarung %(town)s in der Fassung %(number)d vom %(day)s (Prüfsumme %(digest)s) "
            "wird beschlossen. "
            "Die Verwaltung wird beauftragt, die Maßnahmen umzusetzen und jährlich zu berichten."
        )
        % {"town": town, "number": version.number, "day": day, "digest": version.digest[:12]},
        "facts_text": "\n\n".join(text for text in (content["preamble"], content["process"]) if text)
        or _("Die Zielvereinbarung umfasst %(goals)d Ziele und %(measures)d Maßnahmen.")
        % {"goals": version.goal_count, "measures": version.measure_count},
        "financial": content["budget_clause"],
        "attachments": _("Zielvereinbarung, Fassung %d") % version.number,
    }
