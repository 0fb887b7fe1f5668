"""A table as a file: semicolons and a byte order mark, so that a German Excel opens it by a double click."""

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

from kommpass.stocktaking.sheet import harmless


def csv_table(name: str, head: Sequence[object], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """One line for each row; no text in it can become a formula."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([str(each) for each in head])
    writer.writerows([harmless(_cell(each)) for each in row] for row in rows)
    response = HttpResponse(text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _cell(value: object) -> str:
    """Days as a German spreadsheet reads them; nothing stays empty."""
    if value is None:
        return ""
    return f"{value:%d.%m.%Y}" if hasattr(value, "strftime") else str(value)
