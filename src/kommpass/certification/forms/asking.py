"""What everybody may ask about a certificate: by its number, or with the file."""

from django import forms
from django.utils.translation import gettext_lazy as _

LARGEST_FILE = 10 * 1024 * 1024
LARGEST_REQUEST = LARGEST_FILE + 64 * 1024
TOO_LARGE = _("Diese Datei ist zu groß. Eine Urkunde hat höchstens 10 MB.")


class NumberForm(forms.Form):
    number = forms.RegexField(
        r"^\s*[Kk]-\d{4}-\d{4,9}-\d{2,4}\s*$",
        label=_("Nummer des Zertifikats"),
        max_length=30,
        help_text=_("Sie steht auf der Urkunde, zum Beispiel K-2026-0012-01."),
        error_messages={"invalid": _("Eine Nummer sieht so aus: K-2026-0012-01.")},
    )

    def clean_number(self):
        return self.cleaned_data["number"].strip().upper()


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("Urkunde als PDF"), help_text=_("Die Datei wird geprüft und danach nicht aufgehoben. Höchstens 10 MB.")
    )

    @classmethod
    def too_large(cls) -> "FileForm":
        """The answer to an upload so large that nobody reads it."""
        form = cls({}, {})
        form.errors.clear()
        form.add_error("file", TOO_LARGE)
        return form

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(TOO_LARGE)
        return file
