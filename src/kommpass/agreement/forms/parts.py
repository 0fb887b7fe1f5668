"""Steps, indicators and origins of a measure."""

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kommpass.agreement.forms.typed import PartialDateField
from kommpass.audits.models import Procedure
from kommpass.domain.targets import TargetRefused, from_form
from kommpass.participation.models import Card, Idea
from kommpass.stocktaking.models import Finding

KINDS = [
    ("number", _("Zahl")),
    ("percentage", _("Prozent")),
    ("range", _("Spanne, zum Beispiel 10 bis 14")),
    ("date", _("Termin")),
    ("yesno", _("Ja oder Nein")),
    ("qualitative", _("in Worten")),
]


class StepForm(forms.Form):
    title = forms.CharField(label=_("Schritt"), max_length=300)
    due = PartialDateField(label=_("bis"), required=False)


class IndicatorForm(forms.Form):
    """An indicator with its target; the kind of the target decides which fields count."""

    name = forms.CharField(label=_("Indikator"), max_length=200, help_text=_("Woran sehen Sie, dass es wirkt?"))
    baseline = forms.CharField(label=_("Ausgangswert"), max_length=100, required=False)
    kind = forms.ChoiceField(label=_("Art des Zielwerts"), choices=KINDS)
    value = forms.CharField(label=_("Zielwert"), max_length=40, required=False)
    low = forms.CharField(label=_("von"), max_length=40, required=False)
    high = forms.CharField(label=_("bis"), max_length=40, required=False)
    unit = forms.CharField(label=_("Einheit"), max_length=60, required=False, help_text=_("zum Beispiel „Schulen“"))
    text = forms.CharField(label=_("in Worten"), max_length=500, required=False)
    by = forms.CharField(label=_("bis wann"), max_length=40, required=False)
    source = forms.CharField(label=_("Quelle"), max_length=200, required=False)

    def clean(self):
        cleaned = super().clean()
        given = {name: cleaned.get(name, "") for name in ("value", "low", "high", "unit", "text", "by")}
        try:
            cleaned["target"] = from_form(cleaned.get("kind", ""), **given)
        except TargetRefused as refused:
            self.add_error(
                refused.field if refused.field in self.fields else None, _t(refused.message).format(**refused.values)
            )
        return cleaned

    @property
    def indicator(self) -> dict:
        return {name: self.cleaned_data[name] for name in ("name", "baseline", "unit", "source", "target")}


class OriginForm(forms.Form):
    """Where it comes from: one of the findings, cards and ideas of this procedure."""

    finding = forms.ModelChoiceField(label=_("Befund"), queryset=Finding.objects.none(), required=False)
    card = forms.ModelChoiceField(label=_("Ergebniskarte"), queryset=Card.objects.none(), required=False)
    idea = forms.ModelChoiceField(label=_("Idee"), queryset=Idea.objects.none(), required=False)

    def __init__(self, *args, procedure: Procedure, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["finding"].queryset = Finding.objects.filter(field__procedure=procedure)
        self.fields["card"].queryset = Card.objects.filter(workshop__procedure=procedure)
        self.fields["idea"].queryset = Idea.objects.filter(procedure=procedure)

    def clean(self):
        cleaned = super().clean()
        chosen = [name for name in ("finding", "card", "idea") if cleaned.get(name)]
        if len(chosen) != 1:
            raise forms.ValidationError(_t("Bitte wählen Sie genau einen Befund, eine Karte oder eine Idee."))
        return cleaned
