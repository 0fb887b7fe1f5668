"""How the list of what became of the measures is narrowed down. Everything stands in the address."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kommpass.domain.progress import DONE, EXPLAINED, Freshness, Light
from kommpass.implementation.models import SelfAssessment
from kommpass.implementation.queries import MeasureStanding

SILENT, ANY_DONE, ANY_ENDED, DELAYED = "none", "any_done", "any_ended", "any_delayed"


class ProgressFilter(forms.Form):
    """Choices are made of the rows themselves: only what leads somewhere is offered, and no query is asked."""

    field = forms.ChoiceField(label=_("Handlungsfeld"), required=False)
    responsible = forms.ChoiceField(label=_("Zuständig"), required=False)
    state = forms.ChoiceField(label=_("Stand"), required=False)
    light = forms.ChoiceField(label=_("Ampel"), required=False)
    district = forms.ChoiceField(label=_("Stadtteil"), required=False)
    fresh = forms.ChoiceField(label=_("Zuletzt gemeldet"), required=False)
    overdue = forms.BooleanField(label=_("nur überfällige"), required=False)

    def __init__(self, data, *, rows: list[MeasureStanding], districts: dict[int, dict[int, str]]):
        super().__init__(data)
        self.rows, self.districts = rows, districts
        places = {each.measure.goal.field for each in rows}
        owners = {each.measure.responsible for each in rows if each.measure.responsible}
        names = {key: name for found in districts.values() for key, name in found.items()}
        self._offer("field", ((each.pk, str(each)) for each in sorted(places, key=lambda each: each.number)))
        self._offer("responsible", ((each.pk, each.name) for each in sorted(owners, key=lambda each: each.name)))
        self._offer("district", sorted(names.items(), key=lambda pair: pair[1]))
        several = [(ANY_DONE, _("umgesetzt, auch als Daueraufgabe")), (ANY_ENDED, _("anders beendet als vereinbart"))]
        self._offer("state", [*SelfAssessment.State.choices, *several, (SILENT, _("noch nie gemeldet"))])
        self._offer("light", [*SelfAssessment.Light.choices, (DELAYED, _("verzögert oder gefährdet"))])
        self._offer("fresh", ((each.value, _t(each.label)) for each in Freshness))
        if not names:
            del self.fields["district"]

    def _offer(self, name: str, choices: Iterable[tuple]) -> None:
        self.fields[name].choices = [("", _("alle")), *((str(key), label) for key, label in choices)]

    @property
    def found(self) -> list[MeasureStanding]:
        """The rows that fit; a wrong filter is left out rather than answered with a mistake."""
        self.is_valid()
        wanted = {name: value for name, value in self.cleaned_data.items() if value}
        return [row for row in self.rows if all(self._fits(row, name, value) for name, value in wanted.items())]

    def _fits(self, row: MeasureStanding, name: str, value: str) -> bool:
        match name:
            case "field":
                return str(row.measure.goal.field_id) == value
            case "responsible":
                return str(row.measure.responsible_id) == value
            case "district":
                return int(value) in self.districts.get(row.measure.pk, {})
            case "light":
                late = row.light in (Light.YELLOW, Light.RED)
                return late if value == DELAYED else row.light == value
            case "fresh":
                return row.freshness.value == value
            case "overdue":
                return row.overdue
        return _in_state(row, value)


def _in_state(row: MeasureStanding, value: str) -> bool:
    several = {SILENT: {None}, ANY_DONE: DONE, ANY_ENDED: EXPLAINED}
    return row.state in several.get(value, {value})
