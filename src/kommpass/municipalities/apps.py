"""Registers the check that every model has a home."""

from django.apps import AppConfig


class MunicipalitiesConfig(AppConfig):
    name = "kommpass.municipalities"

    def ready(self):
        from kommpass.municipalities import checks  # noqa: F401, PLC0415 - models must be loaded first
