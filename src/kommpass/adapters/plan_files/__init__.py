"""Reads existing plans from CSV, TSV, XLSX and LocalZero JSON: rows, status entries and problems."""

from kommpass.adapters.plan_files.guessing import MUENSTER, guess_mapping
from kommpass.adapters.plan_files.mapping import (
    COLUMN_LABELS,
    Mapping,
    MappingRefused,
    Round,
    load_mapping,
    mapping_from_dict,
)
from kommpass.adapters.plan_files.plan import Plan, PlanRow, PlanStatus, Problem
from kommpass.adapters.plan_files.reading import read_plan

__all__ = [
    "COLUMN_LABELS",
    "MUENSTER",
    "Mapping",
    "MappingRefused",
    "Plan",
    "PlanRow",
    "PlanStatus",
    "Problem",
    "Round",
    "guess_mapping",
    "load_mapping",
    "mapping_from_dict",
    "read_plan",
]
