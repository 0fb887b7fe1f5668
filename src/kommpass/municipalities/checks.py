"""A start-up check: every model belongs to one municipality, or says aloud that it is shared."""

from django.apps import apps
from django.core.checks import Error, register

from kommpass.municipalities.scope import MunicipalModel

SHARED = {
    "municipalities.Municipality",
    "people.User",
    "certification.SigningKey",
    "association.AuditorLicence",
    "association.BoardMeeting",
    "association.Ceremony",
    "people.InstallationRole",
    "people.CalendarKey",
}


@register()
def every_model_has_a_home(app_configs, **kwargs):
    ours = [model for model in apps.get_models() if model.__module__.startswith("kommpass.")]
    return [
        Error(
            f"{model._meta.label} has no municipality.",
            hint="Inherit from MunicipalModel, or add it to SHARED.",
            obj=model,
            id="kommpass.E001",
        )
        for model in ours
        if not issubclass(model, MunicipalModel) and model._meta.label not in SHARED
    ]
