"""How the view of mayor and council is narrowed down. Everything stands in the address, so it can be passed on."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kommpass.implementation.queries import MeasureStanding


class CouncilFilter(forms.Form):
    """By field of action and by district: only what leads somewhere is offered, and no query is asked."""

    field = forms.ChoiceField(label=_("Handlungsfeld"), required=False)
    district = forms.ChoiceField(label=_("Stadtteil"), required=False)

    def __init__(self, data, *, rows: list[MeasureStanding], districts: dict[int, dict[int, str]]):
        super().__init__(data)
        self.rows, self.districts = rows, districts
        places = sorted({each.measure.goal.field for each in rows}, key=lambda each: each.number)
        names = {key: name for found in districts.values() for key, name in found.items()}
        self._offer("field", [(each.pk, str(each)) for each in places])
        self._offer("district", sorted(names.items(), key=lambda pair: pair[1]))
        if not names:
            del self.fields["district"]

    def _offer(self, name: str, choices: list[tuple]) -> None:
        self.fields[name].choices = [("", _("alle")), *((str(key), label) for key, label in choices)]

    @property
    def found(self) -> list[MeasureStanding]:
        """The rows that fit; a wrong filter is left out rather than answered with a mistake."""
        self.is_valid()
        field, district = self.cleaned_data.get("field"), self.cleaned_data.get("district")
        return [
            each
            for each in self.rows
            if (not field or str(each.measure.goal.field_id) == field)
            and (not district or int(district) in self.districts.get(each.measure.pk, {}))
        ]

    @property
    def narrowed(self) -> bool:
        return any(self.cleaned_data.values()) if self.is_valid() else False
