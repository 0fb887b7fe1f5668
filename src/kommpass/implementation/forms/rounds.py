"""Beginning a round, and whom to write to."""

from datetime import date

from django import forms
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kommpass.implementation.models import StatusRequest
from kommpass.ui.forms import RowsField

EARLIEST, YEARS_AHEAD = date(1990, 1, 1), 10


class RoundForm(forms.Form):
    """A new round: its name, the time it asks about, and until when answers are wanted."""

    title = forms.CharField(label=_("Titel"), max_length=150, help_text=_("So heißt die Statusrunde überall."))
    period_from = forms.DateField(label=_("Berichtszeitraum von"))
    period_until = forms.DateField(
        label=_("Berichtszeitraum bis"),
        help_text=_("Mehrere Jahre dürfen in einer Runde zusammengefasst sein."),
    )
    due_on = forms.DateField(label=_("Antwort erbeten bis"))

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self):
        cleaned = super().clean()
        latest = date(self.today.year + YEARS_AHEAD, 12, 31)
        for name in ("period_from", "period_until", "due_on"):
            day = cleaned.get(name)
            if day and not EARLIEST <= day <= latest:
                self.add_error(name, _t("Bitte prüfen Sie das Jahr."))
        first, last = cleaned.get("period_from"), cleaned.get("period_until")
        if first and last and last < first:
            self.add_error("period_until", _t("Der Zeitraum endet, bevor er beginnt."))
        if cleaned.get("due_on") and cleaned["due_on"] < self.today:
            self.add_error("due_on", _t("Dieser Tag ist schon vorbei. Bitte lassen Sie den Zuständigen etwas Zeit."))
        return cleaned


class AskForm(forms.Form):
    """To whom the mails go: everybody, those who still owe an answer, or the chosen ones."""

    WHOM = [("all", _("alle")), ("owing", _("alle, die noch etwas schulden")), ("chosen", _("die ausgewählten"))]

    whom = forms.ChoiceField(choices=WHOM)
    request = RowsField(queryset=StatusRequest.objects.none(), required=False)

    def __init__(self, *args, asked: QuerySet[StatusRequest], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["request"].queryset = asked

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("whom") == "chosen" and not cleaned.get("request") and "request" not in self.errors:
            raise forms.ValidationError(_t("Bitte kreuzen Sie an, wem Sie schreiben möchten."))
        return cleaned

    @property
    def chosen(self) -> QuerySet[StatusRequest]:
        asked = self.fields["request"].queryset
        match self.cleaned_data["whom"]:
            case "all":
                return asked
            case "owing":
                return asked.filter(answered_count__lt=F("measure_count"))
        return asked.filter(pk__in=self.cleaned_data["request"])
