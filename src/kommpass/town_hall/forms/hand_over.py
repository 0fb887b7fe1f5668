"""Who goes, and who takes over."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kommpass.people import queries


class HandOverForm(forms.Form):
    leaving = forms.ModelChoiceField(label=_("Wer geht?"), queryset=None, empty_label=_("Bitte wählen"))
    successor = forms.ModelChoiceField(
        label=_("Wer übernimmt?"),
        queryset=None,
        empty_label=_("Bitte wählen"),
        help_text=_("Die Nachfolge muss hier schon mitarbeiten. Wenn nicht: bitte zuerst einladen."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.queryset = queries.people()

    def clean(self):
        given = super().clean()
        if given.get("leaving") and given.get("leaving") == given.get("successor"):
            self.add_error("successor", _("Bitte wählen Sie zwei verschiedene Personen."))
        return given
