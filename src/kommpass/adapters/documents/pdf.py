"""Sets the PDF: tagged (PDF/UA-1), for the archive (PDF/A-2a), the same bytes for the same frozen version.

User texts reach typst as JSON and are drawn as strings; they are never markup, whatever they look like.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

from django.utils.translation import gettext as _

from kommpass.adapters.documents.agreement_blocks import agreement_blocks, cover_facts
from kommpass.adapters.documents.clean_text import clean, each_text
from kommpass.adapters.documents.failures import DocumentFailed
from kommpass.adapters.documents.fonts import CODE_FACES, TEXT_FACES, font_folder
from kommpass.adapters.documents.outline import frozen_on, subject_of
from kommpass.adapters.documents.paper_blocks import paper_blocks
from kommpass.adapters.documents.wording import UNDATED, VERSION_KINDS, day_of, short

TEMPLATES = Path(__file__).parent / "templates"
TYPESETTER = Path(__file__).parent / "typesetter.py"
STANDARDS = ["ua-1", "a-2a"]
MOST_SECONDS = 120

STAND_IN = "□"
JOINER, EMOJI_MARK = "\u200d", "\ufe0f"
STAND_IN_NOTE = (
    f"Zeichen, für die die Schrift keine Form hat, stehen hier als {STAND_IN}. Die Word-Fassung enthält sie."
)
MISSING_SHAPE = re.compile(r'(?:the text|the codepoint) `"(.+?)"`')
RUST_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")

# A word that hyphenation cannot divide (an address, a row of letters) may break after 14 characters.
# Looked at word by word: one pattern for the whole text would take minutes for a long row of brackets.
LONG_WORD = re.compile(r"(?<!\S)\S{17,}")
LETTERS_IN_A_ROW = re.compile(r"[^\W\d_]{60}")
ADDRESS_SIGN = re.compile(r"[\d_/.:@=&?#%+*~\\-]")
BREAK_HERE = "\u200b"


def agreement_pdf(content: dict, *, content_hash: str, paper_mark: str = "") -> bytes:
    """The target agreement (Zielvereinbarung) as PDF; `paper_mark` stands on every page (such as Entwurf)."""
    content = clean(content)
    town = (content.get("municipality") or {}).get("name") or ""
    kind = (content.get("version") or {}).get("kind") or ""
    return set_pages(
        {
            "title": content.get("title") or "Zielvereinbarung",
            "author": town,
            "above_title": (content.get("procedure") or {}).get("scheme") or "",
            "below_title": " · ".join(filter(None, [town, VERSION_KINDS.get(kind, kind)])),
            "cover": True,
            "facts": cover_facts(content, content_hash),
            "subject": subject_of(content),
            "blocks": agreement_blocks(content, content_hash),
            **_frame(content_hash, paper_mark),
        },
        day=frozen_on(content),
    )


def council_paper_pdf(paper: dict, content: dict, *, content_hash: str, paper_mark: str = "") -> bytes:
    """The council paper (Vorlage) about this version of the agreement as PDF."""
    paper, content = clean(paper), clean(content)
    reference = f"Vorlage {paper.get('reference') or ''}".strip()
    return set_pages(
        {
            "title": paper.get("title") or "Vorlage",
            "author": (content.get("municipality") or {}).get("name") or "",
            "above_title": reference,
            "below_title": (content.get("municipality") or {}).get("name") or "",
            "cover": False,
            "facts": [],
            "subject": f"{reference} · {subject_of(content)}",
            "blocks": paper_blocks(paper, content, content_hash),
            **_frame(content_hash, paper_mark),
        },
        day=frozen_on(content),
    )


def _frame(content_hash: str, paper_mark: str) -> dict:
    """What stands on every page."""
    return {
        "mark": short(clean(paper_mark), 80),
        "footer": f"Prüfsumme {content_hash[:16]}…" if content_hash else "",
    }


def set_pages(data: dict, *, day: str, template: str = "document.typ", drawings: dict[str, str] | None = None) -> bytes:
    """Set the document; characters no typeface has are replaced by a visible stand-in, and a note says so.

    `day` (ISO) is written into the file instead of the clock's. `drawings` are SVG texts, which stay as they are.
    """
    dated = day_of(day) or UNDATED
    faces = {"text_faces": TEXT_FACES, "code_faces": CODE_FACES, "date": [dated.year, dated.month, dated.day]}
    data = {"note": "", **each_text(data, _breakable), **faces, **(drawings or {})}
    pdf, diagnostic = _typeset(data, template)
    if pdf is None and (missing := _missing_characters(diagnostic)):
        stand_ins = {ord(character): STAND_IN for character in missing} | {ord(JOINER): "", ord(EMOJI_MARK): ""}
        replaced = each_text(data, lambda text: text.translate(stand_ins))
        pdf, diagnostic = _typeset({**replaced, "note": STAND_IN_NOTE}, template)
    if pdf is None:
        raise _failed(diagnostic)
    return pdf


def _typeset(data: dict, template: str) -> tuple[bytes | None, str]:
    """The PDF, or None and what typst has to say about it."""
    faces = font_folder()
    order = {
        "template": str(TEMPLATES / template),
        "root": str(TEMPLATES),
        "font_paths": [str(faces)] if faces.is_dir() else [],
        "standards": STANDARDS,
        "data": data,
    }
    command = [sys.executable, "-I", str(TYPESETTER)]
    try:
        done = subprocess.run(
            command, input=json.dumps(order).encode(), capture_output=True, timeout=MOST_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise _failed(str(problem)) from problem
    diagnostic = done.stderr.decode(errors="replace")
    return (done.stdout, "") if done.returncode == 0 and done.stdout.startswith(b"%PDF") else (None, diagnostic)


def _failed(cause: str) -> DocumentFailed:
    sentence = _(
        "Das PDF konnte nicht gesetzt werden. Es wurde nichts gespeichert. "
        "Bitte laden Sie solange die Word-Fassung und melden Sie den Fehler der Administration."
    )
    return DocumentFailed(sentence, cause=cause)


def _missing_characters(diagnostic: str) -> set[str]:
    """The characters typst could not draw with any typeface, read from its report."""
    found = "".join(MISSING_SHAPE.findall(diagnostic))
    return set(RUST_ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), found)) - set("\\")


def _breakable(text: str) -> str:
    """The same text with places to break in words that would run off the page."""
    return LONG_WORD.sub(lambda word: _broken(word[0]), text)


def _broken(word: str) -> str:
    if not ADDRESS_SIGN.search(word) and not LETTERS_IN_A_ROW.search(word):
        return word
    return BREAK_HERE.join(re.findall(r"\S{1,14}", word))
