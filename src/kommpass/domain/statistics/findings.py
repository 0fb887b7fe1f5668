"""What was understood of a sheet, in German sentences, and where people should look twice."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Finding:
    """One thing that was understood. `doubt` says that it is a guess somebody has to confirm.

    `message` and `values` are its translatable parts.
    """

    message: str
    values: Mapping[str, object] = field(default_factory=dict)
    doubt: bool = False

    @property
    def sentence(self) -> str:
        return self.message.format(**self.values)


@dataclass(frozen=True)
class CellError:
    """A cell that is no fact, and why. `sheet` is "" for files with only one; `column` is a letter or a JSON key."""

    sheet: str
    row: int
    column: str
    message: str
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        return self.message.format(**self.values)

    def __str__(self) -> str:
        sheet = f"Blatt {self.sheet}, " if self.sheet else ""
        return f"{sheet}Zeile {self.row}, Spalte {self.column}: {self.sentence}"


def some(names: list[str] | tuple[str, ...], most: int = 8) -> str:
    """Names for a sentence, not all of them where there are many.

    >>> some(["a", "b"]), some(["a", "b", "c"], 2)
    ('„a“, „b“', '„a“, „b“ und 1 weitere')
    """
    said = ", ".join(f"„{name}“" for name in names[:most])
    return said if len(names) <= most else f"{said} und {len(names) - most} weitere"
