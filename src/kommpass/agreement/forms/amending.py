"""Proposing and deciding later changes."""

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kommpass.agreement.forms.typed import PartialDateField, long_text
from kommpass.agreement.models import Agreement, Amendment, Goal
from kommpass.bodies.models import Decision
from kommpass.people.models import Organisation

Kind = Amendment.Kind


FOREIGN = {
    Kind.EDITORIAL: ("due",),
    Kind.WORDING: ("due",),
    Kind.DEADLINE_SHIFT: ("title", "description"),
    Kind.DROP: ("title", "description", "due"),
}


class AmendmentForm(forms.Form):
    """What shall change and why. Empty fields stay as they are."""

    kind = forms.ChoiceField(label=_("Art der Änderung"), choices=Kind.choices, widget=forms.RadioSelect)
    title = forms.CharField(label=_("Neuer Titel"), max_length=300, required=False)
    description = long_text(_("Neue Beschreibung"))
    due = PartialDateField(label=_("Neue Frist"), required=False)
    goal = forms.ModelChoiceField(
        label=_("Unter welchem Ziel (nur bei neuen Maßnahmen)"), queryset=Goal.objects.none(), required=False
    )
    responsible = forms.ModelChoiceField(
        label=_("Zuständig (nur bei neuen Maßnahmen)"), queryset=Organisation.objects.none(), required=False
    )
    reason = long_text(_("Begründung"), required=True, rows=3)

    def __init__(self, *args, agreement: Agreement, measure=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["goal"].queryset = agreement.goals.all()
        self.fields["responsible"].queryset = Organisation.objects.all()
        if measure is not None:
            self.fields["kind"].choices = [choice for choice in Kind.choices if choice[0] != Kind.ADD]
            del self.fields["goal"], self.fields["responsible"]
        else:
            self.fields["kind"].choices = [(Kind.ADD.value, Kind.ADD.label)]
            self.fields["kind"].initial = Kind.ADD

    def clean(self):
        cleaned = super().clean()
        kind = cleaned.get("kind")
        if kind == Kind.DEADLINE_SHIFT and not cleaned.get("due"):
            self.add_error("due", _t("Bitte nennen Sie die neue Frist."))
        if kind in (Kind.EDITORIAL, Kind.WORDING, Kind.REPLACE) and not (
            cleaned.get("title") or cleaned.get("description")
        ):
            self.add_error("title", _t("Bitte schreiben Sie, wie es künftig heißen soll."))
        if kind == Kind.ADD and not (cleaned.get("title") and cleaned.get("goal")):
            self.add_error("title", _t("Eine neue Maßnahme braucht einen Titel und ein Ziel."))
        for name in FOREIGN.get(kind, ()):
            if cleaned.get(name):
                self.add_error(
                    name,
                    _t(
                        "Das gehört nicht zu dieser Art der Änderung. "
                        "Bitte lassen Sie es leer oder wählen Sie eine andere Art."
                    ),
                )
        return cleaned

    @property
    def changes(self) -> dict:
        found = {name: self.cleaned_data.get(name) for name in ("title", "description", "due", "goal", "responsible")}
        return {name: getattr(value, "pk", value) for name, value in found.items() if value}


class ApprovalForm(forms.Form):
    answer = forms.ChoiceField(
        label=_("Entscheidung"),
        choices=[("approve", _("genehmigen")), ("reject", _("ablehnen"))],
        widget=forms.RadioSelect,
    )
    decision = forms.ModelChoiceField(
        label=_("Beschluss"),
        queryset=Decision.objects.none(),
        required=False,
        help_text=_("Nötig, wenn ein Ausschuss oder der Rat zustimmen muss."),
    )
    note = forms.CharField(
        label=_("Bemerkung"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args, procedure, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["decision"].queryset = Decision.objects.filter(
            procedure=procedure, result__in=Decision.ADOPTING, corrected_by=None
        ).select_related("body")

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("answer") == "reject" and not cleaned.get("note", "").strip():
            self.add_error("note", _t("Bitte schreiben Sie in einem Satz, warum es dabei bleibt."))
        return cleaned
