"""What is done with reports: begun, written, sealed, noted, submitted, returned, accepted."""

from kommpass.reporting.actions.moving import accept_report, note_report, return_report, submit_report
from kommpass.reporting.actions.writing import begin_report, seal_report, write_narrative

__all__ = [
    "accept_report",
    "begin_report",
    "note_report",
    "return_report",
    "seal_report",
    "submit_report",
    "write_narrative",
]
