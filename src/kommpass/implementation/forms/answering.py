"""What somebody says of one measure: state, light, one paragraph, a new date, values of its indicators."""

from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kommpass.agreement.forms.typed import PartialDateField, long_text
from kommpass.agreement.models import Indicator, Measure
from kommpass.domain.moments import PartialDate
from kommpass.domain.progress import ENDED, Light, MeasureState, needs_reason
from kommpass.domain.targets import TargetRefused, describe, from_json, parse_decimal
from kommpass.implementation.actions import Reading
from kommpass.implementation.figures import german
from kommpass.implementation.models import IndicatorReading, SelfAssessment, StatusRound

LARGEST_VALUE = Decimal(10) ** 14
NUMBERS = {"number", "percentage", "range"}
YES_NO = [("", _("keine Angabe")), ("ja", _("ja")), ("nein", _("nein"))]


class NumberField(forms.CharField):
    """A number as people type it: "1.234,5" or "40 %"; the cleaned value is a Decimal or None."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def __init__(self, **kwargs):
        super().__init__(max_length=40, required=False, **kwargs)

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        try:
            number = parse_decimal(text)
        except TargetRefused as refused:
            raise forms.ValidationError(_t(refused.message).format(**refused.values)) from None
        if abs(number) >= LARGEST_VALUE:
            raise forms.ValidationError(_t("Diese Zahl ist zu groß."))
        return number

    def prepare_value(self, value):
        return german(value) if isinstance(value, Decimal) else value


class MomentField(PartialDateField):
    """A day, month or year on which something happened, kept as a letter would write it."""

    def clean(self, value):
        text = super().clean(value)
        return PartialDate.parse(text).german if text else ""


@dataclass(frozen=True)
class Gauge:
    """An indicator on the form: what it is to reach, what was said last, and its fields."""

    indicator: Indicator
    last: IndicatorReading | None
    value: forms.BoundField
    as_of: forms.BoundField
    source: forms.BoundField

    @property
    def target(self) -> str:
        return describe(from_json(self.indicator.target))

    @property
    def last_value(self) -> str:
        return str(self.last) if self.last else ""


@dataclass(frozen=True)
class Radios:
    """A choice on the form, and what is chosen."""

    field: forms.BoundField
    chosen: str | None


class AnswerForm(forms.Form):
    """The answer to one measure. A page of many measures holds many of these, each with its prefix."""

    state = forms.ChoiceField(
        label=_("Stand"),
        choices=SelfAssessment.State.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Bitte wählen Sie, wie weit die Maßnahme ist.")},
    )
    light = forms.ChoiceField(
        label=_("Ampel"),
        choices=SelfAssessment.Light.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Bitte wählen Sie, ob es nach Plan geht.")},
    )
    text = long_text(
        _("Was ist geschehen, und warum?"),
        rows=3,
        help_text=_("Ein Absatz. Nötig ab „verzögert“, und wenn die Maßnahme anders endet als vereinbart."),
    )
    expected = PartialDateField(
        label=_("Neuer Termin"),
        required=False,
        help_text=_("Nur wenn die Frist nicht zu halten ist: ein Tag, ein Monat („Juni 2028“) oder ein Jahr."),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)

    def __init__(
        self,
        data,
        *,
        round: StatusRound,
        measure: Measure,
        last: SelfAssessment | None,
        given: SelfAssessment | None,
        readings: dict[int, list[IndicatorReading]],
    ):
        super().__init__(data, prefix=f"m{measure.pk}", initial=_shown(last, given))
        self.round, self.measure, self.given = round, measure, given
        self.readings, self._given_key = readings, given.pk if given else None
        for each in measure.indicators.all():
            self._add_indicator(each)

    def _add_indicator(self, indicator: Indicator) -> None:
        """Three fields; what was said of it in this round already stands in them."""
        said = [each for each in self.readings.get(indicator.pk, ()) if each.assessment_id == self._given_key]
        own = said[-1] if said else None
        self.fields[f"value-{indicator.pk}"] = _field_for(indicator, own)
        self.fields[f"as_of-{indicator.pk}"] = PartialDateField(
            label=_t("Stand dieses Werts"),
            required=False,
            initial=own.as_of if own else "",
            help_text=_t("Leer: Ende des Berichtszeitraums (%s).") % f"{self.round.period_until:%d.%m.%Y}",
        )
        self.fields[f"source-{indicator.pk}"] = forms.CharField(
            label=_t("Quelle"), max_length=200, required=False, initial=own.source if own else indicator.source
        )

    @cached_property
    def radios(self) -> list[Radios]:
        """State and light, drawn plainly: a page of a hundred measures has over a thousand of these buttons."""
        return [Radios(self[name], self[name].value()) for name in ("state", "light")]

    @cached_property
    def gauges(self) -> list[Gauge]:
        fields = ("value", "as_of", "source")
        return [
            Gauge(each, (self.readings.get(each.pk) or [None])[-1], *(self[f"{name}-{each.pk}"] for name in fields))
            for each in self.measure.indicators.all()
        ]

    def clean(self):
        cleaned = super().clean()
        self._refuse_late_and_unseen()
        state, light = cleaned.get("state"), cleaned.get("light")
        if not state or not light:
            return cleaned
        if needs_reason(MeasureState(state), Light(light)) and not cleaned.get("text") and "text" not in self.errors:
            self.add_error("text", _t("Bitte schreiben Sie in einem Satz, woran es liegt."))
        if state in ENDED and cleaned.get("expected"):
            if cleaned["expected"] != self.initial.get("expected"):
                self.add_error("expected", _t("Was schon abgeschlossen ist, braucht keinen neuen Termin."))
            cleaned["expected"] = ""
        return cleaned

    def _refuse_late_and_unseen(self) -> None:
        """Nobody's words are lost: what came too late, or crossed somebody else's answer, stays in the fields."""
        if not self.round.open:
            raise forms.ValidationError(
                _t(
                    "Diese Statusrunde ist inzwischen abgeschlossen, Ihre Angaben wurden nicht mehr gespeichert. "
                    "Bitte schicken Sie den Text der Koordination."
                )
            )
        if self.given and self.cleaned_data.get("seen") != str(self.given.pk):
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = str(self.given.pk)
            words = {"name": self.given.by_name, "said": self.given}
            raise forms.ValidationError(
                _t(
                    "Inzwischen hat %(name)s geantwortet: „%(said)s“. Ihr Text ist nicht verloren. "
                    "Wenn Ihre Angaben gelten sollen, senden Sie sie bitte noch einmal."
                )
                % words
            )

    @property
    def said(self) -> dict:
        """What goes to the action."""
        cleaned = self.cleaned_data
        return {
            **{name: cleaned[name] for name in ("state", "light", "text", "expected")},
            "readings": [self._reading(each) for each in self.measure.indicators.all() if self._has_value(each)],
        }

    def _has_value(self, indicator: Indicator) -> bool:
        return self.cleaned_data[f"value-{indicator.pk}"] not in (None, "")

    def _reading(self, indicator: Indicator) -> Reading:
        value, as_of, source = (self.cleaned_data[f"{name}-{indicator.pk}"] for name in ("value", "as_of", "source"))
        kind = {"value": value} if isinstance(value, Decimal) else {"words": value}
        return Reading(indicator, as_of=as_of, source=source, **kind)


def _shown(last: SelfAssessment | None, given: SelfAssessment | None) -> dict:
    """An answer of this round to be changed; else state and light as they were, and an empty paragraph."""
    if given:
        names = ("state", "light", "text", "expected")
        return {name: getattr(given, name) for name in names} | {"seen": given.pk}
    if last:
        return {"state": last.state, "light": last.light, "expected": last.expected}
    return {}


def _field_for(indicator: Indicator, own: IndicatorReading | None) -> forms.Field:
    """A number, yes or no, a date, or words: whatever the target can be compared with."""
    kind = indicator.target["kind"]
    if kind in NUMBERS:
        unit = "%" if kind == "percentage" else indicator.unit or indicator.target.get("unit", "")
        label = _t("Wert heute in %s") % unit if unit else _t("Wert heute")
        return NumberField(label=label, initial=own.value if own else None)
    words = own.words if own else ""
    if kind == "yesno":
        return forms.ChoiceField(label=_t("Ist es da?"), choices=YES_NO, required=False, initial=words)
    if kind == "date":
        return MomentField(label=_t("Seit wann gibt es das?"), required=False, initial=words)
    return forms.CharField(label=_t("Wie ist es heute?"), max_length=200, required=False, initial=words)
