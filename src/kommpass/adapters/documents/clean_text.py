"""Takes out of texts what no document may hold: control characters, half characters, hidden marks.

Word and Excel files with control characters do not open, and a text whose direction is turned by hidden marks
could show the council something else than what was frozen.
"""

import re
from collections.abc import Callable
from typing import Any

FORBIDDEN = re.compile(
    "[\\x00-\\x08\\x0e-\\x1f\\x7f-\\x9f\\ud800-\\udfff"  # controls and half characters
    "\\u202a-\\u202e\\u2066-\\u2069"  # hidden marks that turn the direction of reading
    "\\ufeff\\ufff9-\\ufffb\\ufffe\\uffff\\ufdd0-\\ufdef]"  # byte order marks, anchors, no characters at all
)
LINE_ENDS = re.compile("\\r\\n?|[\\x0b\\x0c\\x85\\u2028\\u2029]")
EMPTY_LINE = re.compile(r"\n[ \t]*\n")


def clean(value: Any) -> Any:
    """The same value with every text in it cleaned; lines end in a newline only."""
    return each_text(value, lambda text: FORBIDDEN.sub("", LINE_ENDS.sub("\n", text)))


def each_text(value: Any, change: Callable[[str], str]) -> Any:
    """The same value with every text in it changed, however deep it lies."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: each_text(item, change) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [each_text(item, change) for item in value]
    return value


def paragraphs(text: str | None) -> list[str]:
    """The paragraphs of a text: an empty line ends one."""
    return [part.strip() for part in EMPTY_LINE.split(text or "") if part.strip()]
