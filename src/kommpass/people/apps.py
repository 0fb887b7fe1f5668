"""Finds the rooms that say what falls due for a person: each in its file dues.py."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PeopleConfig(AppConfig):
    name = "kommpass.people"

    def ready(self):
        autodiscover_modules("dues")
