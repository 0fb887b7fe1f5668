"""What it takes to plan a meeting of the board or a ceremony, and to say what comes first."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kommpass.agreement.forms.typed import long_text
from kommpass.association.queries.board import ItemLine
from kommpass.certification.models import Certificate

MOST_ITEMS = 99


class BoardMeetingForm(forms.Form):
    held_on = forms.DateField(label=_("Tag der Sitzung"))
    place = forms.CharField(label=_("Ort"), max_length=150, required=False)
    note = long_text(_("Hinweis"), rows=3, help_text=_("Alle Mitglieder lesen ihn, zum Beispiel: Beginn 10 Uhr."))


class CeremonyForm(forms.Form):
    title = forms.CharField(label=_("Titel"), max_length=150)
    held_on = forms.DateField(label=_("Tag"))
    place = forms.CharField(label=_("Ort"), max_length=150, required=False)
    note = long_text(_("Hinweis"), rows=3)


class AgendaForm(forms.Form):
    """A number for each case that is to be treated; without a number it is not on the agenda."""

    def __init__(self, *args, rows: Sequence[ItemLine], **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = rows
        for row in rows:
            self.fields[f"case-{row.key}"] = forms.IntegerField(
                label=_t("Platz von %s") % row.town, min_value=1, max_value=MOST_ITEMS, required=False,
                initial=row.place or None,
            )  # fmt: skip

    def drawn(self):
        """The rows with their fields, for the table."""
        return [(row, self[f"case-{row.key}"]) for row in self.rows]

    @property
    def order(self) -> list[int]:
        """The keys of the chosen cases in the wanted order; of two with one number the upper one comes first."""
        places = [(self.cleaned_data[f"case-{row.key}"], row.key) for row in self.rows]
        return [key for place, key in sorted(((p, k) for p, k in places if p), key=lambda pair: pair[0])]


class GuestForm(forms.Form):
    certificate = forms.ChoiceField(label=_("Zertifikat"))
    people = forms.IntegerField(label=_("Personen"), min_value=0, max_value=999, initial=2)

    def __init__(self, *args, certificates: Sequence[Certificate], **kwargs):
        super().__init__(*args, **kwargs)
        self.certificates = {str(each.pk): each for each in certificates}
        self.fields["certificate"].choices = [
            (key, f"{each.municipality.name} · {each.number}") for key, each in self.certificates.items()
        ]

    def clean_certificate(self):
        return self.certificates[self.cleaned_data["certificate"]]
