"""Registers the check that every model has a home, and the second lock on PostgreSQL."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class MunicipalitiesConfig(AppConfig):
    name = "kommpass.municipalities"

    def ready(self):
        from kommpass.municipalities import checks  # noqa: F401, PLC0415 - models must be loaded first
        from kommpass.municipalities.row_security import protect_tables  # noqa: PLC0415

        post_migrate.connect(protect_tables, dispatch_uid="kommpass-row-security")
