"""What a tenant is. Only this file and across.py import django_scopes."""

from contextlib import contextmanager

from django.conf import settings
from django.db import models
from django.urls import get_script_prefix, set_script_prefix
from django_scopes import ScopedManager, get_scope, scope

from kommpass.municipalities.row_security import tell_database


@contextmanager
def within(municipality):
    """One municipality: what queries see, whom new rows belong to, where links lead."""
    outside, before = get_script_prefix(), town()
    set_script_prefix(f"{settings.FORCE_SCRIPT_NAME or ''}/{municipality.slug}/")
    tell_database(str(municipality.pk))
    try:
        with scope(municipality=municipality):
            yield municipality
    finally:
        set_script_prefix(outside)
        tell_database(str(before.pk) if before else "")


def town():
    """The municipality of this block, or None outside of one."""
    return get_scope().get("municipality")


def here():
    """The key of the municipality of this block. Outside of one there is none: the database refuses."""
    municipality = town()
    return municipality and municipality.pk


class MunicipalModel(models.Model):
    """Base of everything that belongs to one municipality. A query outside of one raises."""

    municipality = models.ForeignKey(
        "municipalities.Municipality",
        on_delete=models.PROTECT,
        related_name="+",
        default=here,
        editable=False,
    )

    objects = ScopedManager(municipality="municipality")

    class Meta:
        abstract = True
