"""What steering types in: a transition, a coverage rule, and what matrix and register are narrowed to."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kommpass.domain.offers.prevention_chain import unsaid
from kommpass.domain.offers.vocabularies import TARGET_GROUPS
from kommpass.offers.actions.steering import MOST_WANTED
from kommpass.offers.models import CoverageRule, Provider, Transition
from kommpass.offers.telling import label_of

WHO_IS_MISSING = {
    "giver": _("Wer übergibt? Wenn es niemand tut, kreuzen Sie bitte „Hier fehlt etwas“ an."),
    "taker": _("Wer übernimmt? Wenn es niemand tut, kreuzen Sie bitte „Hier fehlt etwas“ an."),
}


class TransitionForm(forms.ModelForm):
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)
    giver = forms.ModelChoiceField(
        None,
        label=_("Wer übergibt"),
        required=False,
        empty_label=_("niemand benannt"),
        help_text=_("Träger stehen in der Liste, sobald sie im Verzeichnis angelegt sind."),
    )
    taker = forms.ModelChoiceField(None, label=_("Wer übernimmt"), required=False, empty_label=_("niemand benannt"))
    note = forms.CharField(
        label=_("Anmerkung"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Was ist geplant, und wer kümmert sich darum? Bitte keine Namen von Familien."),
    )

    class Meta:
        model = Transition
        fields = ["title", "from_phase", "to_phase", "giver", "taker", "form", "gap", "note"]
        help_texts = {
            "title": _("Zum Beispiel „Von der Kita in die Grundschule“."),
            "form": _("Zum Beispiel „Übergabegespräch mit Einwilligung der Eltern“ oder „gemeinsamer Elternabend“."),
            "gap": _("Ankreuzen, wenn niemand übergibt, niemand übernimmt oder Familien dazwischen verloren gehen."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("giver", "taker"):
            self.fields[name].queryset = Provider.objects.select_related("organisation").order_by("organisation__name")
        for name in ("from_phase", "to_phase"):
            self.fields[name].choices = [
                ("", gettext("bitte wählen")),
                *((key, gettext(label)) for key, label in Transition._meta.get_field(name).choices),
            ]

    def clean(self):
        data = super().clean()
        named = {name: data.get(name) is not None or name in self.errors for name in WHO_IS_MISSING}
        for name in unsaid(**named, gap=bool(data.get("gap"))):
            self.add_error(name, WHO_IS_MISSING[name])
        return data


class CoverageRuleForm(forms.ModelForm):
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = CoverageRule
        fields = ["title", "facility", "need"]
        help_texts = {
            "title": _("Als Satz: „Jeder Stadtteil hat mindestens ein Familienzentrum.“"),
            "need": _("Gezählt werden veröffentlichte Einrichtungen dieser Art mit einem Ort im Stadtteil."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["facility"].choices = [
            ("", gettext("bitte wählen")),
            *((key, gettext(label)) for key, label in CoverageRule._meta.get_field("facility").choices),
        ]

    def clean_need(self):
        need = self.cleaned_data["need"]
        if not 1 <= need <= MOST_WANTED:
            raise forms.ValidationError(gettext("Bitte schreiben Sie eine Zahl von 1 bis %d.") % MOST_WANTED)
        return need


class MatrixFilter(forms.Form):
    """Which offers count in the matrix. The choice of columns goes along unseen."""

    by = forms.CharField(widget=forms.HiddenInput, required=False)
    target_group = forms.ChoiceField(label=_("Nur Angebote für"), required=False)
    free = forms.BooleanField(label=_("nur kostenlose"), required=False)
    step_free = forms.BooleanField(label=_("nur ohne Stufen erreichbare"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["target_group"].choices = [
            ("", gettext("alle Zielgruppen")),
            *((word.key, label_of(TARGET_GROUPS, word.key)) for word in TARGET_GROUPS.words),
        ]


class RegisterFilter(forms.Form):
    """Which facilities are listed: of one kind, in one district, or without a district."""

    kind = forms.ChoiceField(label=_("Art der Einrichtung"), required=False)
    district = forms.ChoiceField(label=_("Stadtteil"), required=False)

    def __init__(self, *args, kinds: Sequence[tuple[str, str]], districts: Sequence[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", gettext("alle")), *kinds]
        self.fields["district"].choices = [("", gettext("alle")), *districts]

    @property
    def chosen(self) -> tuple[str, str]:
        """Kind and district that were chosen; nonsense chooses nothing."""
        self.is_valid()
        known = getattr(self, "cleaned_data", {})
        return known.get("kind", ""), known.get("district", "")
