"""What the columns of a table are, judged by their names and by what stands in them."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kommpass.domain.statistics.signs import SIGNS, looks_like_number
from kommpass.domain.statistics.times import time_of
from kommpass.domain.statistics.vocabulary import Role, plain, role_of

_JUDGED = 3_000
_BARE_NAMES = ("name", "bezeichnung")
_KEYS = re.compile(r"Ebene \d+")
"""What the levels of keys in a JSON file are called."""


@dataclass(frozen=True)
class Column:
    """A column with all its cells, in the order of the rows."""

    name: str
    cells: Sequence[str]

    @cached_property
    def judged(self) -> list[str]:
        """Cells from all over the column, enough to tell what it is."""
        step = max(1, len(self.cells) // _JUDGED)
        return [cell.strip() for cell in self.cells[::step] if cell.strip()]

    @cached_property
    def distinct(self) -> set[str]:
        return {cell.strip() for cell in self.cells if cell.strip()}

    @property
    def is_empty(self) -> bool:
        return not self.judged

    @cached_property
    def is_numeric(self) -> bool:
        """Whether half of the cells that are no signs are numbers, or all of them are signs: a column all secret."""
        words = [cell for cell in self.judged if cell not in SIGNS]
        return bool(self.judged) and sum(map(looks_like_number, words)) * 2 >= len(words)

    @cached_property
    def has_codes(self) -> bool:
        """Whether numbers begin with a zero, as only keys do."""
        return any(cell[0] == "0" and cell[1:].isdecimal() and len(cell) > 1 for cell in self.judged)

    @cached_property
    def is_time(self) -> bool:
        return bool(self.judged) and all(time_of(cell) for cell in self.judged)


def roles_of(columns: Sequence[Column], known_areas: Collection[str] = ()) -> dict[str, Role]:
    """What each column is; those with figures are VALUE. Columns that nobody needs are ASIDE."""
    roles = {column.name: _role(column, known_areas) for column in columns}
    is_long = Role.VALUE in roles.values()
    for column in columns:
        if roles[column.name] is None:
            roles[column.name] = _unnamed(column, is_long)
    found = {name: role for name, role in roles.items() if role is not None}
    _choose_codes(found, columns)
    _choose_names(found, columns, is_long)
    _keep_first(found, columns, Role.MEASURE)
    _keep_first(found, columns, Role.TIME)
    _keep_first(found, columns, Role.AREA_KIND)
    _need_groups(found, columns)
    return found


def _role(column: Column, known_areas: Collection[str]) -> Role | None:
    """What the name says, as far as the cells do not contradict it."""
    role = role_of(column.name)
    if known_areas and column.judged and sum(cell in known_areas for cell in column.judged) * 2 > len(column.judged):
        return Role.AREA_CODE if column.has_codes else Role.AREA_NAME
    if role in (Role.UNIT, Role.QUALITY, Role.ASIDE):
        return role
    if column.is_empty:
        return Role.ASIDE if role is not Role.AREA_NAME else role
    if role is Role.TIME:
        return role if column.is_time else None
    if role is Role.MEASURE and column.is_time:
        return Role.TIME
    if role is Role.VALUE:
        return role if column.is_numeric else None
    if role is Role.AREA_NAME and column.is_numeric:
        return Role.AREA_CODE
    return role


def _unnamed(column: Column, is_long: bool) -> Role:
    """A column whose name says nothing: figures in a wide table, else perhaps an area or a group."""
    if (column.is_numeric and not column.has_codes) or time_of(column.name):
        return Role.ASIDE if is_long else Role.VALUE
    return Role.GROUP


def _choose_codes(roles: dict[str, Role], columns: Sequence[Column]) -> None:
    """The finest of several keys, or all parts of one key that stand under a common name."""
    codes = [column for column in columns if roles[column.name] is Role.AREA_CODE]
    heads = [column.name.split(" / ")[0] for column in codes]
    if len(codes) > 1 and len(set(heads)) == 1 and all(" / " in column.name for column in codes):
        return
    named = [column for column in columns if roles[column.name] is Role.AREA_NAME]
    if not codes:
        keys = [
            column
            for column in columns
            if roles[column.name] is Role.GROUP and column.has_codes and len(column.distinct) == len(column.cells)
        ]
        codes = keys[:1]
    elif named and any(role is Role.TIME for role in roles.values()):
        finest = max(len(column.distinct) for column in named)
        codes = [column for column in codes if len(column.distinct) <= 2 * finest]
    best = max(
        codes,
        key=lambda code: (any(_belongs(name, code) for name in named), code.has_codes, len(code.distinct)),
        default=None,
    )
    for column in columns:
        if column is best:
            roles[column.name] = Role.AREA_CODE
        elif roles[column.name] is Role.AREA_CODE:
            roles[column.name] = Role.ASIDE


def _choose_names(roles: dict[str, Role], columns: Sequence[Column], is_long: bool) -> None:
    """The names that belong to the key; levels that are blank in turn stay together; a bare "name" may be a measure."""
    code = next((column for column in columns if roles[column.name] is Role.AREA_CODE), None)
    names = [column for column in columns if roles[column.name] is Role.AREA_NAME]
    for column in names:
        others = len(names) > 1 or code is not None
        if is_long and others and plain(column.name) in _BARE_NAMES and not _belongs(column, code):
            roles[column.name] = Role.MEASURE
    names = [column for column in names if roles[column.name] is Role.AREA_NAME]
    if not names and not code:
        _name_by_content(roles, columns)
    if len(names) < 2:
        return
    nested = [column for column in names if len([cell for cell in column.cells if cell.strip()]) < len(column.cells)]
    fitting = [column for column in names if code is not None and _belongs(column, code)] or names
    best = max(fitting, key=lambda column: len(column.distinct))
    for column in names:
        if column is not best and not (column in nested and best in nested and code is None):
            roles[column.name] = Role.ASIDE


def _name_by_content(roles: dict[str, Role], columns: Sequence[Column]) -> None:
    """Without any word for areas: the first column of texts, or else the first keys of a JSON file."""
    texts = [column for column in columns if roles[column.name] is Role.GROUP and len(column.distinct) > 1]
    keys = [column for column in columns if roles[column.name] is Role.MEASURE and _KEYS.fullmatch(column.name)]
    for column in (texts or keys)[:1]:
        roles[column.name] = Role.AREA_NAME


def _belongs(column: Column, code: Column | None) -> bool:
    """Whether every code has one name in this column."""
    if code is None:
        return False
    pairs = set(zip(code.cells, column.cells, strict=True))
    return len(pairs) == len(set(code.cells))


def _keep_first(roles: dict[str, Role], columns: Sequence[Column], role: Role) -> None:
    for column in [column for column in columns if roles[column.name] is role][1:]:
        roles[column.name] = Role.ASIDE


def _need_groups(roles: dict[str, Role], columns: Sequence[Column]) -> None:
    """Only those columns of texts are groups without which rows would say the same; the others are put aside."""
    kept = (Role.AREA_CODE, Role.AREA_NAME, Role.AREA_KIND, Role.TIME, Role.MEASURE, Role.UNIT)
    keys = [column for column in columns if roles[column.name] in kept]
    open_ones = [column for column in columns if roles[column.name] is Role.GROUP]
    for column in open_ones:
        roles[column.name] = Role.ASIDE
    count = len(columns[0].cells) if columns else 0
    open_ones = [column for column in open_ones if 1 < len(column.distinct) < count]
    while open_ones and (now := _different(keys)) < count:
        best = max(open_ones, key=lambda column: _different([*keys, column]))
        if _different([*keys, best]) == now:
            break
        roles[best.name] = Role.GROUP
        keys.append(best)
        open_ones.remove(best)


def _different(columns: Sequence[Column]) -> int:
    return len(set(zip(*(column.cells for column in columns), strict=True))) if columns else 1


def named(roles: Mapping[str, Role], role: Role) -> tuple[str, ...]:
    return tuple(name for name, its in roles.items() if its is role)
