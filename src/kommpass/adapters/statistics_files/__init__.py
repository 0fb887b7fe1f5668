"""Reads files with statistics as they come: CSV, TSV, XLSX, JSON or one of them in a ZIP archive, into raw grids."""

from kommpass.adapters.plan_files.plan import FileRefused
from kommpass.adapters.statistics_files.reading import Sheets, read

__all__ = ["FileRefused", "Sheets", "read"]
