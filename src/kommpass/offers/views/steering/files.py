"""The matrix as a file: CSV for whatever reads tables, XLSX with transitions and with what was counted beside it."""

import csv
import io
from collections.abc import Sequence
from datetime import date

import xlsxwriter
from django.utils.translation import gettext as _

from kommpass.adapters.documents.clean_text import clean
from kommpass.adapters.documents.excel_chart import SAFE
from kommpass.adapters.documents.excel_sheet import Column, Looks, fill_overview, fill_sheet
from kommpass.domain.offers.prevention_chain import EVERY
from kommpass.domain.offers.vocabularies import LIFE_PHASES, TARGET_GROUPS
from kommpass.offers.models import Transition
from kommpass.offers.queries.steering.matrix import Chain
from kommpass.offers.telling import day, label_of

# What a spreadsheet program would read as the beginning of a formula, also after blanks and in wide letters.
FORMULA_SIGNS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
BROKEN_BEGINNINGS = ("\t", "\r", "\n")


def table(found: Chain) -> tuple[list[str], list[list[str | int]]]:
    """Headings and lines; the last line and the last column are totals, in which every offer counts once."""
    columns = [*found.columns.words, (EVERY, _("Angebote zusammen"))]
    lines = [*found.rows.words, (EVERY, _("Angebote zusammen"))]
    head = [found.rows.label, *(name for _key, name in columns)]
    return head, [[name, *(found.matrix.number(row, key) for key, _name in columns)] for row, name in lines]


def as_csv(found: Chain) -> bytes:
    """Semicolons and a byte order mark, so that a German Excel opens it by a double click; no text is a formula."""
    head, lines = table(found)
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows([_harmless(cell) for cell in line] for line in clean([head, *lines]))
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(found: Chain, transitions: Sequence[Transition], today: date) -> bytes:
    """Three sheets: the matrix, the transitions, and what was counted; no cell is ever a formula."""
    head, lines = clean(table(found))
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, SAFE) as workbook:
        looks = Looks(workbook)
        columns = [Column(heading, 34 if place == 0 else 16) for place, heading in enumerate(head)]
        fill_sheet(workbook.add_worksheet(_("Matrix")), columns, lines, looks)
        titles = [_("Übergang"), _("von"), _("nach"), _("wer übergibt"), _("wer übernimmt"), _("Form"), _("Lücke"),
                  _("Anmerkung")]  # fmt: skip
        handed = clean([_line(each) for each in transitions])
        fill_sheet(workbook.add_worksheet(_("Übergänge")), [Column(each, 28) for each in titles], handed, looks)
        fill_overview(workbook.add_worksheet(_("Gezählt wurde")), clean(what_was_counted(found, today)), looks)
    return written.getvalue()


def what_was_counted(found: Chain, today: date) -> list[tuple[str, str]]:
    """What the numbers mean: without it nobody can read them next year."""
    return [
        (_("Stand"), day(today)),
        (_("Spalten"), found.columns.label),
        (_("Auswahl"), selection(found) or _("alle veröffentlichten Angebote")),
        (_("Angebote in der Matrix"), str(found.matrix.total)),
        (_("vorbei und nicht mitgezählt"), str(found.over)),
        (
            _("Zählweise"),
            _("Ein Angebot zählt in jeder seiner Lebensphasen und Spalten einmal und in jeder Summe einmal."),
        ),
    ]


def selection(found: Chain) -> str:
    """To what the matrix was narrowed, in words; "" where everything counts."""
    asked = found.question
    parts = [_("nur für: %s") % label_of(TARGET_GROUPS, asked.target_group)] if asked.target_group else []
    parts += [_("nur kostenlose")] if asked.free else []
    parts += [_("nur ohne Stufen erreichbare")] if asked.step_free else []
    return ", ".join(parts)


def _line(each: Transition) -> list[str]:
    return [
        each.title,
        label_of(LIFE_PHASES, each.from_phase),
        label_of(LIFE_PHASES, each.to_phase),
        str(each.giver or _("niemand benannt")),
        str(each.taker or _("niemand benannt")),
        each.form,
        _("ja") if each.gap else _("nein"),
        each.note,
    ]


def _harmless(cell: str | int) -> str | int:
    if isinstance(cell, int):
        return cell
    dangerous = cell.lstrip().startswith(FORMULA_SIGNS) or cell.startswith(BROKEN_BEGINNINGS)
    return f"'{cell}" if dangerous else cell
