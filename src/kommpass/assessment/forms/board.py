"""What members of the board fill in beside the rubric: decision, recusal, answer to an objection."""

from datetime import date

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kommpass.agreement.forms.typed import long_text
from kommpass.assessment.forms.choices import YesNoField


class DecideForm(forms.Form):
    """The decision follows the opinion; typed are its day and its reasons."""

    decided_on = forms.DateField(label=_("entschieden am"))
    text = long_text(_("Begründung für die Kommune"), required=True, rows=5)

    def __init__(self, *args, earliest: date, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.earliest, self.today = earliest, today

    def clean_decided_on(self):
        day = self.cleaned_data["decided_on"]
        if day > self.today:
            raise forms.ValidationError(_t("Eine Entscheidung kann nicht in der Zukunft liegen."))
        if day < self.earliest:
            raise forms.ValidationError(_t("Die Entscheidung kann nicht vor dem Gutachten liegen."))
        return day


class RecuseForm(forms.Form):
    reason = long_text(_("Grund der Befangenheit"), required=True, rows=3)


class ObjectionAnswerForm(forms.Form):
    upheld = YesNoField(
        label=_("Ist der Widerspruch berechtigt?"),
        yes=_("ja: der Gutachterausschuss schreibt ein neues Gutachten und entscheidet neu"),
        no=_("nein: es bleibt bei der Entscheidung"),
    )
    text = long_text(_("Begründung"), required=True, rows=5)
