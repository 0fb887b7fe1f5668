"""The settings of a town: its data and thresholds, who approves changes, which modules, which districts."""

from django import forms
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from kommpass.domain.scheme_vocabulary import AMENDMENT_KINDS
from kommpass.municipalities.models import District, Municipality
from kommpass.sockets import every

KIND_LABELS = {
    "editorial": _("Redaktionelle Korrektur"),
    "wording": _("Formulierung ändern"),
    "deadline_shift": _("Frist verschieben"),
    "replace": _("Maßnahme ersetzen"),
    "drop": _("Maßnahme streichen"),
    "add": _("Maßnahme ergänzen"),
}
LEVEL_LABELS = {
    "coordinator": _("Koordination"),
    "committee": _("Fachausschuss"),
    "council": _("Rat"),
}
BOUNDS = {
    "population": (1, 20_000_000),
    "report_months": (1, 60),
    "reminder_days": (1, 180),
    "paper_lead_days": (1, 180),
    "minimum_count": (3, 50),
}


class TownForm(forms.ModelForm):
    """Data and thresholds; its fields are called as in the model, so that the merge page can send them again."""

    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)
    imprint = forms.CharField(
        label=_("Impressum"),
        required=False,
        max_length=settings.LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Steht auf den öffentlichen Seiten Ihrer Kommune."),
    )

    class Meta:
        model = Municipality
        fields = [
            "name",
            "population",
            "has_youth_office",
            "county_name",
            "imprint",
            "report_months",
            "reminder_days",
            "paper_lead_days",
            "minimum_count",
        ]
        help_texts = {
            "has_youth_office": _("Ohne eigenes Jugendamt werden Fragen dazu dem Kreis zugeordnet."),
            "county_name": _("Wer zuständig ist, wenn es nicht die Kommune selbst ist."),
            "reminder_days": _("So viele Tage vor einer Frist geht eine Erinnerung hinaus."),
            "paper_lead_days": _("So früh muss eine Vorlage fertig sein, damit sie auf die Tagesordnung kommt."),
            "minimum_count": _("Kleinere Zahlen werden nie angezeigt, damit niemand erkennbar wird. Mindestens 3."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, (least, most) in BOUNDS.items():
            field = self.fields[name]
            field.validators += [MinValueValidator(least), MaxValueValidator(most)]
            field.widget.attrs |= {"min": least, "max": most}

    def _post_clean(self):
        """No row is built here: the action saves."""


class RulesForm(forms.Form):
    """Who approves later changes of the agreement, and which modules are in use."""

    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, town: Municipality, **kwargs):
        kwargs.setdefault("initial", rules_of(town))
        super().__init__(*args, **kwargs)
        self.town = town
        levels = [("", _("wie im Verfahren vorgesehen")), *LEVEL_LABELS.items()]
        for kind in AMENDMENT_KINDS:
            self.fields[f"level_{kind}"] = forms.ChoiceField(label=KIND_LABELS[kind], choices=levels, required=False)
        if every():
            self.fields["modules"] = forms.MultipleChoiceField(
                label=_("Zusatzmodule"),
                required=False,
                choices=[(module.key, module.title) for module in every()],
                widget=forms.CheckboxSelectMultiple,
            )

    def clean(self):
        """Choices cannot be merged like texts: whoever saves second sees both and decides."""
        given = super().clean()
        seen = given.get("edition")
        if seen is not None and seen != self.town.edition and self.changes(given) != self.changes_of(self.town):
            self.data = self.data.copy()
            self.data[self.add_prefix("edition")] = self.town.edition
            self.add_error(
                None,
                _(
                    "Die Einstellungen wurden inzwischen von jemand anderem geändert. Unten steht Ihre Auswahl. "
                    "Bitte prüfen Sie sie und speichern Sie noch einmal."
                ),
            )
        return given

    def changes(self, given: dict | None = None) -> dict:
        given = self.cleaned_data if given is None else given
        levels = {kind: given.get(f"level_{kind}") for kind in AMENDMENT_KINDS}
        changes = {"amendment_levels": {kind: level for kind, level in levels.items() if level}}
        return changes | ({"modules": sorted(given.get("modules", []))} if "modules" in self.fields else {})

    def changes_of(self, town: Municipality) -> dict:
        return {name: getattr(town, name) for name in self.changes(rules_of(town))}


def rules_of(town: Municipality) -> dict:
    levels = {f"level_{kind}": town.amendment_levels.get(kind, "") for kind in AMENDMENT_KINDS}
    return {**levels, "modules": town.modules, "edition": town.edition}


class DistrictForm(forms.ModelForm):
    class Meta:
        model = District
        fields = ["name", "code"]

    def __init__(self, *args, district: District | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.district = district

    def clean_name(self):
        name = self.cleaned_data["name"]
        same = District.objects.filter(name=name)
        if self.district:
            same = same.exclude(pk=self.district.pk)
        if same.exists():
            raise forms.ValidationError(_("Einen Stadtteil mit diesem Namen gibt es schon."))
        return name

    def _post_clean(self):
        """No row is built here: the action saves."""
