"""How this room looks over all towns: its queries run in the scope they are asked in, of one town or, here, of all."""

from collections.abc import Callable
from typing import TypeVar

from kommpass.municipalities.across import across_municipalities

Found = TypeVar("Found")


def everywhere(look: Callable[..., Found], *args, **kwargs) -> Found:
    """What `look` finds over all towns. It gives values, not a query: outside of here nothing is seen."""
    with across_municipalities():
        return look(*args, **kwargs)
