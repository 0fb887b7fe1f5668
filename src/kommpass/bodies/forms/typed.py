"""What all forms of this room share: texts have an end, days are sensible."""

from datetime import date

from django import forms
from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

EARLIEST = date(1990, 1, 1)
LATEST_YEARS_AHEAD = 10


class Typed:
    """A form whose long texts have a limit, with a sentence that says so."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        sentence = _("Dieser Text ist zu lang: höchstens %(limit_value)d Zeichen. Längeres gehört in eine Anlage.")
        for field in self.fields.values():
            if isinstance(field.widget, forms.Textarea):
                field.validators.append(MaxLengthValidator(settings.LONGEST_TEXT, message=sentence))

    def sensible_day(self, name: str, today: date) -> date | None:
        """Years like 0226 and 20266 are typing mistakes."""
        day = self.cleaned_data.get(name)
        if day and not EARLIEST <= day <= date(today.year + LATEST_YEARS_AHEAD, 12, 31):
            self.add_error(name, gettext("Bitte prüfen Sie das Jahr."))
        return day
