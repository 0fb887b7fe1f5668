"""Which input makes sense for workshops, cards, ideas and the family definition. Forms look, actions write."""

from datetime import date

from django import forms
from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kommpass.audits.models import Procedure
from kommpass.audits.queries import fields
from kommpass.municipalities.models import District
from kommpass.participation.actions.cards import LONGEST_CARD, MOST_AT_ONCE
from kommpass.participation.models import Attendance, Card, FamilyDefinition, Idea, Workshop

EARLIEST_YEAR, YEARS_AHEAD = 1990, 10


class Typed:
    """A form whose long texts have a limit, with a sentence that says so."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        sentence = _("Dieser Text ist zu lang: höchstens %(limit_value)d Zeichen. Bitte kürzen Sie ihn.")
        for field in self.fields.values():
            if isinstance(field.widget, forms.Textarea):
                field.validators.append(MaxLengthValidator(settings.LONGEST_TEXT, message=sentence))


class WorkshopForm(Typed, forms.ModelForm):
    groups = forms.MultipleChoiceField(
        label=_("Eingeladene Gruppen"),
        choices=Attendance.Group.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Workshop
        fields = ["kind", "title", "held_on", "starts", "until", "place", "agenda"]
        help_texts = {
            "kind": _("Foren, Befragungen, Veranstaltungen und Präventionskonferenzen zählen als Beteiligung."),
            "agenda": _("Was wann geschieht, und wer moderiert."),
        }  # fmt: skip

    field_order = ["kind", "title", "held_on", "starts", "until", "place", "groups", "agenda"]

    def __init__(self, *args, today: date, **kwargs):
        self.today = today
        super().__init__(*args, **kwargs)

    def clean(self):
        data = self.cleaned_data
        held_on, starts, until = data.get("held_on"), data.get("starts"), data.get("until")
        if held_on and not EARLIEST_YEAR <= held_on.year <= self.today.year + YEARS_AHEAD:
            self.add_error("held_on", gettext("Bitte prüfen Sie das Jahr."))
        if starts and until and until <= starts:
            self.add_error("until", gettext("Das Ende liegt vor dem Beginn."))
        return data


class MinutesForm(Typed, forms.Form):
    minutes = forms.CharField(
        label=_("Protokoll"), widget=forms.Textarea(attrs={"rows": 14}), required=False,
        help_text=_("Was besprochen und vereinbart wurde. Bitte keine Namen von Bürgerinnen und Bürgern."),
    )  # fmt: skip
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)


class AttendanceForm(forms.Form):
    """One number per group. Names are not asked."""

    def __init__(self, *args, workshop: Workshop, today: date, **kwargs):
        self.workshop, self.today = workshop, today
        super().__init__(*args, **kwargs)
        there = {each.group: each.count for each in workshop.attendance.all()}
        for group, label in Attendance.Group.choices:
            self.fields[group] = forms.IntegerField(
                label=label, min_value=0, max_value=100_000, required=False, initial=there.get(group)
            )

    def clean(self):
        if self.workshop.held_on > self.today:
            raise forms.ValidationError(
                gettext("Dieser Termin war noch nicht. Wie viele gekommen sind, tragen Sie bitte danach ein.")
            )
        return self.cleaned_data


class CardsForm(Typed, forms.Form):
    """Many cards at once: one per line."""

    kind = forms.ChoiceField(label=_("Art der Karten"), choices=Card.Kind.choices, initial=Card.Kind.IDEA)
    field = forms.ModelChoiceField(None, label=_("Handlungsfeld"), required=False, empty_label=_("ohne Handlungsfeld"))
    texts = forms.CharField(
        label=_("Karten"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Eine Karte je Zeile, wie an der Pinnwand."),
        error_messages={"required": _("Bitte schreiben Sie mindestens eine Karte.")},
    )

    def __init__(self, *args, procedure: Procedure, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["field"].queryset = fields(procedure)

    def clean_texts(self):
        texts = [line.strip(" \t-•*") for line in self.cleaned_data["texts"].splitlines()]
        texts = [text for text in texts if text]
        if not texts:
            raise forms.ValidationError(gettext("Bitte schreiben Sie mindestens eine Karte."))
        if len(texts) > MOST_AT_ONCE:
            raise forms.ValidationError(gettext("Auf einmal lassen sich höchstens 200 Karten anpinnen."))
        for place, text in enumerate(texts, start=1):
            if len(text) > LONGEST_CARD:
                sentence = gettext("Die Karte in Zeile %d ist zu lang: höchstens 500 Zeichen.")
                raise forms.ValidationError(sentence % place)
        return texts


class CardForm(Typed, forms.ModelForm):
    field = forms.ModelChoiceField(None, label=_("Handlungsfeld"), required=False, empty_label=_("ohne Handlungsfeld"))
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Card
        fields = ["text", "kind", "votes"]
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"votes": _("So viele Klebepunkte hat die Karte bekommen.")}

    field_order = ["text", "kind", "field", "votes"]

    def __init__(self, *args, procedure: Procedure, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["field"].queryset = fields(procedure)


class VotesForm(forms.Form):
    """The dots of all cards of a board."""

    def __init__(self, *args, cards, **kwargs):
        super().__init__(*args, **kwargs)
        for card in cards:
            self.fields[f"card_{card.pk}"] = forms.IntegerField(
                label=card.text, min_value=0, max_value=10_000, required=False, initial=card.votes
            )

    @property
    def votes(self) -> dict[int, int]:
        return {int(name.removeprefix("card_")): count or 0 for name, count in self.cleaned_data.items()}


class IdeaForm(Typed, forms.ModelForm):
    field = forms.ModelChoiceField(None, label=_("Handlungsfeld"), required=False, empty_label=_("noch offen"))
    district = forms.ModelChoiceField(None, label=_("Stadtteil"), required=False, empty_label=_("ganze Stadt"))
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Idea
        fields = ["text", "source"]
        help_texts = {"text": _("Bitte so, wie sie gesagt wurde, aber ohne Namen.")}

    field_order = ["text", "source", "field", "district"]

    def __init__(self, *args, procedure: Procedure, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["field"].queryset = fields(procedure)
        self.fields["district"].queryset = District.objects.all()


class AnswerForm(Typed, forms.ModelForm):
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Idea
        fields = ["state", "reason", "public"]
        widgets = {"state": forms.RadioSelect}
        help_texts = {
            "reason": _("Nötig, wenn die Idee nicht aufgegriffen wird: gibt es schon, liegt nicht bei uns …"),
            "public": _("Idee und Antwort erscheinen auf der öffentlichen Seite."),
        }  # fmt: skip

    def clean(self):
        data = self.cleaned_data
        if data.get("state") == Idea.State.DECLINED and not data.get("reason", "").strip():
            self.add_error("reason", gettext("Bitte begründen Sie, warum die Idee nicht aufgegriffen wird."))
        return data


class IdeaFilter(forms.Form):
    state = forms.ChoiceField(label=_("Stand"), choices=[("", _("alle")), *Idea.State.choices], required=False)
    source = forms.ChoiceField(label=_("Herkunft"), choices=[("", _("alle")), *Idea.Source.choices], required=False)
    field = forms.ModelChoiceField(None, label=_("Handlungsfeld"), required=False, empty_label=_("alle"))

    def __init__(self, *args, procedure: Procedure, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["field"].queryset = fields(procedure)


class DefinitionForm(Typed, forms.Form):
    text = forms.CharField(
        label=_("Wortlaut"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Ein Satz, den alle verstehen: Familie ist, wo Menschen füreinander Verantwortung tragen …"),
    )
    reason = forms.CharField(label=_("Begründung"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)


class AgreeForm(forms.Form):
    agreed_on = forms.DateField(label=_("Vereinbart am"))
    agreed_by = forms.CharField(
        label=_("Vereinbart von"),
        max_length=200,
        help_text=_("Zum Beispiel: Strategieworkshop, Steuerungsgruppe oder Rat."),
    )

    def __init__(self, *args, definition: FamilyDefinition, today: date, **kwargs):
        self.definition, self.today = definition, today
        super().__init__(*args, **kwargs)

    def clean_agreed_on(self):
        agreed_on = self.cleaned_data["agreed_on"]
        if agreed_on > self.today:
            raise forms.ValidationError(gettext("Dieser Tag liegt in der Zukunft. Bitte prüfen Sie ihn."))
        if agreed_on.year < EARLIEST_YEAR:
            raise forms.ValidationError(gettext("Bitte prüfen Sie das Jahr."))
        return agreed_on
