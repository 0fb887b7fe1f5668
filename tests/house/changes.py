"""What a request has changed: every row of every town, counted or compared, whatever room it belongs to."""

from django.apps import apps
from django.db import models
from django_scopes import scopes_disabled

from kommpass.audits.models import JournalEntry, SentForm
from kommpass.municipalities.scope import MunicipalModel

HOUSEKEEPING = (SentForm,)  # remembers which forms were sent; says nothing about the town


def belonging_to_towns() -> list[type[models.Model]]:
    return [
        model for model in apps.get_models()
        if issubclass(model, MunicipalModel) and model not in HOUSEKEEPING
    ]  # fmt: skip


def entries() -> int:
    """How long the journals of all towns are together."""
    with scopes_disabled():
        return JournalEntry.objects.count()


def everything() -> dict[str, list]:
    """Every row of every town as it stands now."""
    with scopes_disabled():
        return {
            model._meta.label: sorted(map(repr, model._base_manager.order_by("pk").values()))
            for model in belonging_to_towns()
        }  # fmt: skip


def differences(before: dict[str, list], after: dict[str, list]) -> list[str]:
    """The models of which a row is new, gone or different."""
    return [label for label in before if before[label] != after[label]]


def over_the_border() -> list[str]:
    """Rows that point to something of another town."""
    found = []
    with scopes_disabled():
        for model in belonging_to_towns():
            for field in model._meta.get_fields():
                inside = field.is_relation and field.concrete and issubclass(field.related_model, MunicipalModel)
                if not inside:
                    continue
                if field.many_to_many:
                    found += _pairs_over_the_border(model, field)
                    continue
                elsewhere = model._base_manager.filter(**{f"{field.name}__isnull": False}).exclude(
                    **{f"{field.name}__municipality": models.F("municipality")}
                )
                found += [f"{model._meta.label}.{field.name} {row.pk}" for row in elsewhere]
    return found


def _pairs_over_the_border(model, field) -> list[str]:
    through = getattr(model, field.name).through
    ours, theirs = field.m2m_field_name(), field.m2m_reverse_field_name()
    pairs = through._base_manager.exclude(**{f"{ours}__municipality": models.F(f"{theirs}__municipality")})
    return [f"{model._meta.label}.{field.name} {pair.pk}" for pair in pairs]
