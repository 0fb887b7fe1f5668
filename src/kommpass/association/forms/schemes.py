"""Which two versions are compared."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kommpass.audits.catalogue import schemes


class CompareForm(forms.Form):
    old = forms.ChoiceField(label=_("Von"))
    new = forms.ChoiceField(label=_("Nach"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.known = {f"{key}:{version}": each for (key, version), each in sorted(schemes().items())}
        choices = [(name, f"{each.version} · {each.title}") for name, each in self.known.items()]
        self.fields["old"].choices = self.fields["new"].choices = choices

    def clean_old(self):
        return self.known[self.cleaned_data["old"]]

    def clean_new(self):
        return self.known[self.cleaned_data["new"]]
