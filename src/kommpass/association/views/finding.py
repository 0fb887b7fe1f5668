"""Finds one thing of any town; what is not there does not exist for anybody (404)."""

from collections.abc import Callable
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.shortcuts import get_object_or_404

from kommpass.municipalities.across import across_municipalities

Thing = TypeVar("Thing", bound=Model)


def one_of(look: Callable[..., QuerySet[Thing]], *args, **which) -> Thing:
    """The one thing among those that `look` finds over all towns."""
    with across_municipalities():
        return get_object_or_404(look(*args), **which)
