"""The one form of the family portal that writes: a word that something is not correct."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kommpass.offers.models import Signal


class SignalForm(forms.Form):
    kind = forms.ChoiceField(label=_("Was stimmt nicht?"), choices=Signal.Kind.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Genauer"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Bitte keine Namen und nichts Persönliches. Wir fragen nicht, wer Sie sind."),
    )
    website = forms.CharField(required=False, widget=forms.HiddenInput)
