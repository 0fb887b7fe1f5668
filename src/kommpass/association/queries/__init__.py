"""The look across all towns: only what was submitted or decided, never a draft."""

from kommpass.association.queries.auditors import auditors, candidates, licences, open_conflicts
from kommpass.association.queries.board import agenda, meeting_lines, meetings, own_cases, to_be_put_on
from kommpass.association.queries.ceremonies import ceremonies, guests, waiting
from kommpass.association.queries.contracts import contracts, instalments, procedures
from kommpass.association.queries.decisions import conditions
from kommpass.association.queries.everywhere import everywhere
from kommpass.association.queries.overview import ProcedureLine, TownLine, towns_with_procedures
from kommpass.association.queries.practice import examples, search
from kommpass.association.queries.register import entries, narrowed
from kommpass.association.queries.reports import reports
from kommpass.association.queries.schemes import compared, scheme_lines, upgrades
from kommpass.association.queries.statistics import statistics
from kommpass.association.queries.town import town_sheet
from kommpass.association.queries.towns import InstalledTown, free_address, installed_towns, reserved_addresses

__all__ = [
    "InstalledTown",
    "ProcedureLine",
    "TownLine",
    "agenda",
    "auditors",
    "candidates",
    "ceremonies",
    "compared",
    "conditions",
    "contracts",
    "entries",
    "everywhere",
    "examples",
    "free_address",
    "guests",
    "installed_towns",
    "instalments",
    "licences",
    "meeting_lines",
    "meetings",
    "narrowed",
    "open_conflicts",
    "own_cases",
    "procedures",
    "reports",
    "reserved_addresses",
    "scheme_lines",
    "search",
    "statistics",
    "to_be_put_on",
    "town_sheet",
    "towns_with_procedures",
    "upgrades",
    "waiting",
]
