"""Begins to listen to the journal when the house opens."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "kommpass.notices"

    def ready(self):
        from kommpass.audits.journal import recorded  # noqa: PLC0415 - models must be loaded first
        from kommpass.notices.news import tell  # noqa: PLC0415

        recorded.connect(tell, dispatch_uid="kommpass-news")
