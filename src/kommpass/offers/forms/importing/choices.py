"""What to do with rows of a list that are likely there already, and with what the list no longer has."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kommpass.offers.models import Origin


class ImportChoicesForm(forms.Form):
    """One answer for each such row, and ticks for what is to end."""

    WHAT = (("new", _("als neues Angebot anlegen")), ("same", _("ist dieses Angebot")), ("out", _("weglassen")))

    def __init__(self, *args, likely: list[Mapping[str, Any]], gone: list[Origin], **kwargs):
        super().__init__(*args, **kwargs)
        self.likely, self.gone = likely, gone
        for each in likely:
            self.fields[f"pair-{each['place']}"] = forms.ChoiceField(
                label=_("Was ist diese Zeile?"),
                choices=self.WHAT,
                required=False,
                initial="new",
                widget=forms.RadioSelect,
            )
        offered = [(str(each.pk), each.offer.title) for each in gone]
        self.fields["end"] = forms.MultipleChoiceField(choices=offered, required=False)

    @property
    def likely_rows(self) -> list[tuple]:
        return [(each, self[f"pair-{each['place']}"]) for each in self.likely]

    @property
    def pairs(self) -> dict[int, str]:
        """The place of each such row, and "out" or the key of the offer that it is."""
        chosen = {each["place"]: (self.cleaned_data[f"pair-{each['place']}"], each["offer"]) for each in self.likely}
        return {
            place: "out" if what == "out" else str(offer)
            for place, (what, offer) in chosen.items()
            if what in ("same", "out")
        }

    @property
    def end(self) -> list[int]:
        return [int(key) for key in self.cleaned_data["end"]]
