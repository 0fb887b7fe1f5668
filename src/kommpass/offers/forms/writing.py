"""The form of an offer: the words of a town hall in, one document out. What cannot be true is said at its field."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kommpass.domain import opening_hours
from kommpass.domain.offers import vocabularies as lists
from kommpass.domain.offers.ages import UnreadableAge, read_age
from kommpass.domain.offers.checks import SUMMARY_LENGTH, TITLE_LENGTH, problems
from kommpass.domain.offers.content import Capacity, OfferContent
from kommpass.offers.telling import age

LINES = forms.Textarea(attrs={"rows": 3})


def choices(vocabulary: lists.Vocabulary):
    """The words of a list in the reader's language, as a form wants them."""
    return lambda: [(word.key, gettext(word.label)) for word in vocabulary.words if not word.retired]


class Words(forms.MultipleChoiceField):
    """Several words of one list, as checkboxes."""

    def __init__(self, vocabulary: lists.Vocabulary, **kwargs):
        kwargs.setdefault("label", _(vocabulary.label))
        super().__init__(choices=choices(vocabulary), required=False, widget=forms.CheckboxSelectMultiple, **kwargs)


class AgeField(forms.CharField):
    """An age as it is written ("8 Monate", "3 Jahre"); gives months, or None where it is open."""

    def __init__(self, *, last: bool = False, **kwargs):
        self.last = last
        super().__init__(required=False, max_length=30, **kwargs)

    def clean(self, value):
        written = super().clean(value)
        if not written:
            return None
        try:
            found = read_age(written)
        except UnreadableAge as unreadable:
            raise forms.ValidationError(gettext(unreadable.message)) from None
        return found.last if self.last else found.first

    def prepare_value(self, value):
        return age(value, last=self.last) if isinstance(value, int) else value


class OfferForm(forms.Form):
    """Everything about an offer but its places, prices and contacts, which are rows of their own."""

    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=_("Name des Angebots"), max_length=TITLE_LENGTH)
    subtitle = forms.CharField(label=_("Untertitel"), max_length=TITLE_LENGTH, required=False)
    summary = forms.CharField(
        label=_("Kurz gesagt"),
        max_length=SUMMARY_LENGTH,
        required=False,
        widget=LINES,
        help_text=_("Ein bis zwei Sätze, höchstens 200 Zeichen. Das steht in der Trefferliste."),
    )
    text = forms.CharField(
        label=_("Beschreibung"), required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 6})
    )
    url = forms.CharField(label=_("Internetseite"), required=False, max_length=300)
    topics = Words(lists.TOPICS)
    facility = forms.ChoiceField(label=_("Art der Einrichtung"), required=False)
    min_months = AgeField(label=_("Alter von"), help_text=_("Zum Beispiel „8 Monate“ oder „3 Jahre“."))
    max_months = AgeField(last=True, label=_("Alter bis"), help_text=_("Einschließlich. Leer heißt: nach oben offen."))
    life_phases = Words(lists.LIFE_PHASES, help_text=_("Leer lassen, wenn das Alter alles sagt."))
    target_groups = Words(lists.TARGET_GROUPS)
    languages = Words(lists.LANGUAGES, label=_("Gesprochene Sprachen"))
    interpreting = forms.CharField(label=_("Sprachmittlung"), required=False, max_length=300)
    formats = Words(lists.FORMATS)
    times_typed = forms.CharField(
        label=_("Zeiten"),
        required=False,
        max_length=2_000,
        widget=LINES,
        help_text=_(
            "Schreiben Sie, wie Sie es sagen: „Mo–Fr 8–12 Uhr, nicht in den Ferien“ oder „jeden 1. Mittwoch 15–17 Uhr“."
        ),
    )
    runs_from = forms.DateField(label=_("Läuft von"), required=False)
    runs_until = forms.DateField(label=_("Läuft bis"), required=False)
    access = Words(lists.ACCESS, label=_("Wie kann man teilnehmen?"))
    registration = forms.CharField(label=_("Anmeldung"), required=False, max_length=2_000, widget=LINES)
    registration_url = forms.CharField(label=_("Anmeldung im Internet"), required=False, max_length=300)
    documents = forms.CharField(label=_("Was mitzubringen ist"), required=False, max_length=2_000, widget=LINES)
    cost = forms.ChoiceField(label=_("Kosten"), widget=forms.RadioSelect, required=False)
    cost_note = forms.CharField(label=_("Hinweis zu den Kosten"), required=False, max_length=500)
    unit = forms.CharField(
        label=_("Was gezählt wird"), required=False, max_length=60, help_text=_("Zum Beispiel „Plätze U3“.")
    )
    maximum = forms.IntegerField(label=_("Plätze insgesamt"), required=False, min_value=0, max_value=100_000)
    available = forms.IntegerField(label=_("Davon frei"), required=False, min_value=0, max_value=100_000)
    as_of = forms.DateField(label=_("Stand"), required=False)
    prevention = Words(lists.PREVENTION, help_text=_("Nur für die Planung, nicht öffentlich."))

    def __init__(self, *args, content: OfferContent | None = None, **kwargs):
        self.before = content or OfferContent()
        kwargs["initial"] = {**initial(self.before), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.fields["facility"].choices = [("", gettext("keine")), *choices(lists.FACILITIES)()]
        asked = ("free", "paid", "unknown")
        self.fields["cost"].choices = [(key, gettext(lists.COSTS.labels[key])) for key in asked]

    def content(self, **rows) -> OfferContent:
        """The document as it was written, with these rows; everything the form does not ask stays as it was."""
        data = dict(self.cleaned_data)
        data.pop("edition")
        reading = opening_hours.read(data["times_typed"])
        unchanged = data["times_typed"] == self.before.times_typed
        told = {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}
        numbers = {name: told.pop(name) for name in ("unit", "maximum", "available", "as_of")}
        return self.before.having(
            **told
            | {
                "cost": told["cost"] or "unknown",
                "runs_from": _iso(told["runs_from"]),
                "runs_until": _iso(told["runs_until"]),
                "times": self.before.times if unchanged else reading.schedules,
                "times_text": self.before.times_text if unchanged else reading.unread,
                "capacity": self._capacity(numbers),
            }
            | rows
        )

    def _capacity(self, numbers: dict) -> Capacity | None:
        if not any(value not in (None, "") for name, value in numbers.items() if name != "as_of"):
            return None
        before = self.before.capacity or Capacity()
        return Capacity(
            unit=numbers["unit"],
            maximum=numbers["maximum"],
            available=numbers["available"],
            as_of=_iso(numbers["as_of"]),
            min_months=before.min_months,
            max_months=before.max_months,
        )

    def say_problems(self, content: OfferContent) -> bool:
        """Put what cannot be true beside its field; True when there was nothing to say."""
        found = problems(content)
        for problem in found:
            sentence = gettext(problem.message).format(**problem.values)
            self.add_error(problem.field if problem.field in self.fields else _NEAR.get(problem.field), sentence)
        return not found


_NEAR = {"capacity": "available", "times": "times_typed"}


def initial(content: OfferContent) -> dict:
    """What the form shows of a document."""
    capacity = content.capacity or Capacity()
    shown = {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in vars(content).items()
        if name in OfferForm.base_fields
    }
    return shown | {
        "unit": capacity.unit,
        "maximum": capacity.maximum,
        "available": capacity.available,
        "as_of": capacity.as_of,
    }


def _iso(day) -> str:
    return day.isoformat() if day else ""
