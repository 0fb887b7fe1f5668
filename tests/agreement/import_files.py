"""Plan files for the tests: written here, as a town hall would write them."""

import io

from openpyxl import Workbook

HEADERS = (
    "Handlungsfeld",
    "Ziel",
    "Nr.",
    "Maßnahme",
    "Beschreibung",
    "Zuständig",
    "Beginn",
    "Frist",
    "Priorität",
    "Finanzierung",
    "Zielgruppe",
    "Bemerkung",
    "Sachstand 2024",
    "Ampel 2024",
)
ROWS = (
    (
        "Bildung und Erziehung",
        "Kitas öffnen länger",
        "B1",
        "Randzeiten in drei Kitas",
        "Montag bis Freitag",
        "Jugendamt",
        "2026",
        "31.12.2027",
        "hoch",
        "Haushalt",
        "Eltern, Kinder",
        "eilt",
        "Zwei Kitas haben begonnen",
        "gelb",
    ),
    ("Bildung und Erziehung", "Kitas öffnen länger", "B2", "Springerkräfte", "", "51", "", "März 2028", *("",) * 6),
    ("Senioren", "", "S1", "Telefonkette", "", "Seniorenbüro am Markt", *("",) * 8),
)


def as_csv(rows=ROWS, headers=HEADERS, encoding: str = "utf-8") -> bytes:
    lines = [";".join(f'"{cell}"' for cell in row) for row in (headers, *rows)]
    return "\r\n".join(lines).encode(encoding)


def as_xlsx(rows=ROWS, headers=HEADERS) -> bytes:
    book = Workbook()
    for row in (headers, *rows):
        book.active.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def many_rows(count: int) -> bytes:
    """A plan with so many measures, ten under a goal, each with a status."""
    rows = [
        (
            f"Bildung {n % 3}",
            f"Ziel {n // 10}",
            f"M{n}",
            f"Maßnahme {n}",
            "Text",
            "Jugendamt",
            "",
            "2028",
            "",
            "",
            "",
            "x",
            "läuft",
            "grün",
        )
        for n in range(count)
    ]
    return as_csv(rows)
