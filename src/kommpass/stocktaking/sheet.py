"""The questionnaire with its answers as CSV and XLSX, in which no text can become a formula."""

import csv
import io
from collections.abc import Sequence

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _

from kommpass.stocktaking.models import Answer, Finding
from kommpass.stocktaking.queries import Entry
from kommpass.stocktaking.wording import level_label

# What a spreadsheet program would read as the beginning of a formula, also after blanks and in wide letters.
FORMULA_SIGNS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def header() -> list[str]:
    return [
        _("Handlungsfeld"), _("Nummer"), _("Frage"), _("Zuständige Ebene"), _("Fragenpaket"), _("Beantwortet durch"),
        _("Stand"), _("Antwort"), _("Grund"), _("Wer bietet es an?"), _("Handlungsbedarf"), _("Quellen"),
        _("Anmerkung"), _("Letzter Durchgang"), _("beantwortet am"), _("beantwortet von"),
    ]  # fmt: skip


def row(field_title: str, entry: Entry) -> list[str]:
    answer, bundle = entry.answer, entry.answer.bundle
    kind = Answer.Kind(answer.kind)
    state = kind.label if answer.confirmed else _("noch zu bestätigen: %s") % kind.label
    return [
        field_title,
        entry.key,
        entry.text,
        level_label(entry.question.level),
        bundle.title if bundle else "",
        bundle.organisation.name if bundle else "",
        str(state),
        entry.shown if answer.kind == Answer.Kind.VALUE else "",
        answer.reason,
        answer.provided_by,
        _("ja") if answer.action_needed else "",
        answer.sources,
        answer.comment,
        entry.previous_shown,
        f"{timezone.localtime(answer.answered_at):%d.%m.%Y}" if answer.answered_at else "",
        answer.answered_by_name,
    ]


def harmless(text: str) -> str:
    """An apostrophe before what a spreadsheet would take for a formula.

    >>> harmless("=1+1"), harmless("Ja")
    ("'=1+1", 'Ja')
    """
    begins = text.lstrip()
    return f"'{text}" if begins.startswith(FORMULA_SIGNS) or text.startswith(("\t", "\r", "\n")) else text


def as_csv(rows: Sequence[Sequence[str]]) -> bytes:
    """Semicolons and a byte order mark: so that a German Excel opens it by a double click."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(header())
    writer.writerows([harmless(cell) for cell in each] for each in rows)
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(rows: Sequence[Sequence[str]], findings: Sequence[Finding]) -> bytes:
    """Two sheets: the answers, and the strengths and needs."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        wrap, head = book.add_format({"text_wrap": True, "valign": "top"}), book.add_format({"bold": True, "bottom": 1})
        widths = (24, 9, 60, 20, 24, 24, 20, 40, 30, 24, 16, 40, 40, 30, 14, 24)
        _fill(book.add_worksheet(_("Antworten")), header(), rows, widths, wrap, head)
        found = [
            [str(each.field), each.get_kind_display(), each.text, ", ".join(each.question_keys)] for each in findings
        ]
        titles = [_("Handlungsfeld"), _("Art"), _("Befund"), _("Fragen")]
        _fill(book.add_worksheet(_("Befunde")), titles, found, (30, 12, 90, 30), wrap, head)
    return buffer.getvalue()


def _fill(sheet, titles, rows, widths, wrap, head) -> None:
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width, wrap)
    sheet.write_row(0, 0, titles, head)
    for number, cells in enumerate(rows, start=1):
        for column, cell in enumerate(cells):
            sheet.write_string(number, column, cell)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, len(rows)), len(titles) - 1)
