"""Which input makes sense for results, votes and decisions."""

from datetime import date

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kommpass.bodies import queries
from kommpass.bodies.actions.decisions import ACCEPTED as ACCEPTED_BY_RESULT
from kommpass.bodies.actions.results import ACCEPTED
from kommpass.bodies.forms.typed import Typed
from kommpass.bodies.models import Body, Consultation, Decision
from kommpass.domain.consultations import (
    StationRole,
    StationState,
    refusal_of,
    refusal_of_votes,
    results_by_hand,
)


class VotingForm(Typed, forms.Form):
    """How a body voted. Every field may stay empty."""

    manner = forms.ChoiceField(
        label=_("Mehrheit"), choices=[("", _("keine Angabe")), *Consultation.Manner.choices], required=False
    )
    votes_yes = forms.IntegerField(label=_("Ja"), min_value=0, max_value=9999, required=False)
    votes_no = forms.IntegerField(label=_("Nein"), min_value=0, max_value=9999, required=False)
    votes_abstain = forms.IntegerField(label=_("Enthaltungen"), min_value=0, max_value=9999, required=False)
    conditions = forms.CharField(
        label=_("Bedingungen"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        help_text=_("Eine je Zeile, zum Beispiel: unter Haushaltsvorbehalt."),
    )

    def clean_conditions(self):
        return [line.strip() for line in self.cleaned_data["conditions"].splitlines() if line.strip()]

    def check_votes(self, body: Body, accepted: bool | None) -> None:
        data = self.cleaned_data
        votes = tuple(data.get(name) for name in ("votes_yes", "votes_no", "votes_abstain"))
        sentence = refusal_of_votes(votes, manner=data.get("manner", ""), members=body.members_count, accepted=accepted)
        if sentence and not {"votes_yes", "votes_no", "votes_abstain"} & set(self.errors):
            self.add_error("votes_yes", gettext(sentence))


class ResultForm(VotingForm):
    """What came out at a station that does not decide, or that could not decide yet."""

    state = forms.ChoiceField(label=_("Ergebnis"))
    changes_text = forms.CharField(
        label=_("Was geändert wurde"),
        widget=forms.Textarea,
        required=False,
        help_text=_("Nötig bei „mit Änderungen empfohlen“."),
    )
    result_text = forms.CharField(
        label=_("Aus der Niederschrift"),
        widget=forms.Textarea,
        required=False,
        help_text=_("Zum Beispiel: mit großer Mehrheit; Nachfragen zum Stellenplan."),
    )
    referred_to = forms.ModelChoiceField(
        None,
        label=_("Verwiesen an"),
        required=False,
        empty_label=_("nicht verwiesen"),
        help_text=_("Dieses Gremium wird als weitere Station in die Beratungsfolge aufgenommen."),
    )
    referred_on = forms.DateField(label=_("Dessen Sitzung am"), required=False)

    field_order = ["state", "manner", "votes_yes", "votes_no", "votes_abstain", "conditions"]

    def __init__(self, *args, station: Consultation, today: date, **kwargs):
        self.station, self.today = station, today
        super().__init__(*args, **kwargs)
        role, state = StationRole(station.role), StationState(station.state)
        self.fields["state"].choices = [("", _("bitte wählen"))] + [
            (each.value, _(each.label)) for each in results_by_hand(role, state)
        ]
        self.fields["referred_to"].queryset = Body.objects.all()
        if station.decides:
            for name in ("manner", "votes_yes", "votes_no", "votes_abstain", "conditions", "changes_text"):
                del self.fields[name]

    def clean(self):
        data = self.cleaned_data
        self.sensible_day("referred_on", self.today)
        if not data.get("state"):
            return data
        to = StationState(data["state"])
        sentence = refusal_of(
            role=StationRole(self.station.role), state=StationState(self.station.state), to=to,
            meeting_on=self.station.meeting_on, today=self.today,
        )  # fmt: skip
        if sentence:
            self.add_error("state", gettext(sentence))
        if to == StationState.RECOMMENDED_WITH_CHANGES and not data.get("changes_text"):
            self.add_error("changes_text", gettext("Bitte schreiben Sie auf, was geändert wurde."))
        if to == StationState.REFERRED and not data.get("referred_to"):
            self.add_error("referred_to", gettext("Bitte wählen Sie das Gremium, an das verwiesen wurde."))
        self.check_votes(self.station.body, ACCEPTED.get(to))
        return data


class TakeBackForm(Typed, forms.Form):
    reason = forms.CharField(
        label=_("Warum nehmen Sie das Ergebnis zurück?"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Der Grund und das alte Ergebnis stehen im Protokoll."),
    )


class DecisionForm(VotingForm):
    """What the body decided. Day and number are needed; votes are not."""

    decided_on = forms.DateField(label=_("Beschlossen am"))
    reference = forms.CharField(label=_("Vorlagennummer"), max_length=60)
    result = forms.ChoiceField(label=_("Ergebnis"), choices=[("", _("bitte wählen")), *Decision.Result.choices])
    changes_text = forms.CharField(
        label=_("Was geändert wurde"),
        widget=forms.Textarea,
        required=False,
        help_text=_("Nötig bei „mit Änderungen beschlossen“."),
    )
    wording = forms.CharField(
        label=_("Wortlaut des Beschlusses"),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
        help_text=_("Vorbelegt mit dem Beschlussvorschlag. Bitte so eintragen, wie beschlossen wurde."),
    )
    skipped_reason = forms.CharField(
        label=_("Warum wurde trotz offener Stationen entschieden?"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )

    field_order = [
        "decided_on",
        "reference",
        "result",
        "changes_text",
        "wording",
        "manner",
        "votes_yes",
        "votes_no",
        "votes_abstain",
        "conditions",
        "skipped_reason",
    ]
    first_time = True

    def __init__(self, *args, station: Consultation, today: date, **kwargs):
        self.station, self.today = station, today
        super().__init__(*args, **kwargs)
        way, earlier = queries.way_to(station)
        self.still_open = [earlier[position].body.name for position in way.still_open]
        if not self.still_open:
            del self.fields["skipped_reason"]
        else:
            self.fields["skipped_reason"].help_text = _("Noch offen: %s.") % ", ".join(self.still_open)

    def clean(self):
        data = self.cleaned_data
        decided_on = self.sensible_day("decided_on", self.today)
        meeting_on = self.station.meeting_on
        if decided_on and decided_on > self.today:
            self.add_error("decided_on", gettext("Ein Beschluss kann nicht in der Zukunft liegen."))
        elif self.first_time and decided_on and meeting_on and decided_on < meeting_on:
            sentence = gettext("Der Beschluss läge vor der Sitzung vom %s. Bitte prüfen Sie den Tag.")
            self.add_error("decided_on", sentence % f"{meeting_on:%d.%m.%Y}")
        if data.get("result") == Decision.Result.ADOPTED_WITH_CHANGES and not data.get("changes_text"):
            self.add_error("changes_text", gettext("Bitte schreiben Sie auf, was geändert wurde."))
        if self.first_time and self.still_open and not data.get("skipped_reason"):
            self.add_error("skipped_reason", gettext("Bitte geben Sie an, warum trotzdem entschieden wurde."))
        self.check_votes(self.station.body, ACCEPTED_BY_RESULT.get(data.get("result")))
        return data


class CorrectionForm(DecisionForm):
    """The same once more, and why. The first entry stays readable."""

    correction_reason = forms.CharField(
        label=_("Warum wird berichtigt?"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Zum Beispiel: Stimmenzahl nach der genehmigten Niederschrift."),
    )
    field_order = ["correction_reason", *DecisionForm.field_order]
    first_time = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("skipped_reason", None)
