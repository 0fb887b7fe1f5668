"""How the pages of the annual report are asked for."""

from kommpass.reporting.views.moving import note, paper_new, submit
from kommpass.reporting.views.reading import compare, document, sealed, sealed_field
from kommpass.reporting.views.received import (
    accept,
    received,
    received_compare,
    received_document,
    received_field,
    send_back,
)
from kommpass.reporting.views.writing import begin, field_text, overview, report, seal, section

__all__ = [
    "accept",
    "begin",
    "compare",
    "document",
    "field_text",
    "note",
    "overview",
    "paper_new",
    "received",
    "received_compare",
    "received_document",
    "received_field",
    "report",
    "seal",
    "sealed",
    "sealed_field",
    "section",
    "send_back",
    "submit",
]
