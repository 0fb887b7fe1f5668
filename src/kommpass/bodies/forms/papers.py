"""Which input makes sense for bodies, meetings, papers and stations. Forms look, actions write."""

from datetime import date

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kommpass.bodies import queries
from kommpass.bodies.forms.typed import Typed
from kommpass.bodies.models import Body, Consultation, Meeting, Paper
from kommpass.domain.consultations import StationState
from kommpass.people.queries import departments, organisations
from kommpass.ui.forms import RowsField


class BodyForm(Typed, forms.ModelForm):
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Body
        fields = ["name", "short", "kind", "authoritative", "members_count"]
        help_texts = {
            "short": _("So steht es in Listen, zum Beispiel „JHA“."),
            "authoritative": _("Wie der Rat: Nur Beschlüsse solcher Gremien zählen für die nächste Phase."),
            "members_count": _("Stimmberechtigte Mitglieder. 0, wenn die Zahl nicht feststeht."),
        }

    def __init__(self, *args, body: Body | None = None, **kwargs):
        self.body = body
        super().__init__(*args, **kwargs)

    def clean_name(self):
        name = self.cleaned_data["name"]
        twins = Body.objects.filter(name__iexact=name)
        if (twins.exclude(pk=self.body.pk) if self.body else twins).exists():
            raise forms.ValidationError(gettext("Ein Gremium mit diesem Namen gibt es schon."))
        return name


class MeetingForm(Typed, forms.ModelForm):
    class Meta:
        model = Meeting
        fields = ["held_on", "place", "note"]
        help_texts = {"note": _("Zum Beispiel: gemeinsame Sitzung, Beginn 17 Uhr.")}

    def __init__(self, *args, body: Body, today: date, **kwargs):
        self.body, self.today = body, today
        super().__init__(*args, **kwargs)

    def clean(self):
        held_on = self.sensible_day("held_on", self.today)
        if held_on and queries.meetings().filter(body=self.body, held_on=held_on).exists():
            self.add_error("held_on", gettext("Für diesen Tag ist schon eine Sitzung dieses Gremiums eingetragen."))
        return self.cleaned_data


class PaperForm(Typed, forms.ModelForm):
    lead = forms.ModelChoiceField(None, label=_("Federführung"), required=False, empty_label=_("noch offen"))
    contributing = RowsField(
        None, label=_("Beteiligte Dienststellen"), required=False, widget=forms.CheckboxSelectMultiple
    )
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Paper
        fields = [
            "title",
            "purpose",
            "reference",
            "public",
            "proposed_resolution",
            "facts_text",
            "financial",
            "attachments",
        ]
        help_texts = {
            "reference": _("Aus dem Ratsinformationssystem. Die Nummer darf später folgen; ein Beschluss braucht sie."),
            "public": _("Nichtöffentliche Vorlagen erscheinen nie auf der öffentlichen Seite."),
            "proposed_resolution": _("Der Satz, über den abgestimmt wird."),
            "facts_text": _("Worum es geht, und was bisher geschah."),
            "financial": _("Einmalige und laufende Kosten, Deckung, Folgekosten. „Keine“ ist auch eine Auskunft."),
            "attachments": _("Eine Anlage je Zeile."),
        }

    field_order = [
        "title",
        "purpose",
        "reference",
        "public",
        "lead",
        "contributing",
        "proposed_resolution",
        "facts_text",
        "financial",
        "attachments",
    ]

    def __init__(self, *args, paper: Paper | None = None, **kwargs):
        self.paper = paper
        super().__init__(*args, **kwargs)
        self.fields["lead"].queryset = departments()
        self.fields["contributing"].queryset = organisations()

    def clean_reference(self):
        reference = self.cleaned_data["reference"].strip()
        same = Paper.objects.filter(reference=reference)
        if reference and (same.exclude(pk=self.paper.pk) if self.paper else same).exists():
            raise forms.ValidationError(gettext("Diese Vorlagennummer ist schon vergeben."))
        return reference


class StationForm(Typed, forms.ModelForm):
    body = forms.ModelChoiceField(None, label=_("Gremium"), empty_label=_("bitte wählen"))
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Consultation
        fields = ["role", "meeting_on", "position", "agenda_item", "public"]
        help_texts = {
            "meeting_on": _("Darf noch offen sein. Ein neuer Tag erscheint von selbst im Sitzungskalender."),
            "position": _("1 ist die erste Station."),
        }

    field_order = ["body", "role", "meeting_on", "position", "agenda_item", "public"]

    def __init__(self, *args, today: date, station: Consultation | None = None, **kwargs):
        self.today, self.station = today, station
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = Body.objects.all()
        if station is None:
            del self.fields["position"], self.fields["agenda_item"]

    def clean(self):
        day = self.sensible_day("meeting_on", self.today)
        on_agenda = self.station is not None and self.station.state == StationState.ON_AGENDA
        if on_agenda and not day and "meeting_on" not in self.errors:
            sentence = gettext("Diese Station steht auf der Tagesordnung und braucht den Tag der Sitzung.")
            self.add_error("meeting_on", sentence)
        return self.cleaned_data
