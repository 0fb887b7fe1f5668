"""Which input makes sense for a procedure."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kommpass.audits.catalogue import schemes
from kommpass.audits.queries import procedures
from kommpass.people.models import Post
from kommpass.ui.forms import RowsField


class StartForm(forms.Form):
    """Begin a round: scheme version, rung, title."""

    scheme = forms.ChoiceField(label=_("Verfahren und Fassung"))
    rung = forms.CharField(label=_("Stufe"), widget=forms.RadioSelect)
    title = forms.CharField(
        label=_("Titel"),
        max_length=200,
        help_text=_("So heißt der Durchgang überall, zum Beispiel „Audit Auental 2027“."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        newest_first = sorted(schemes().values(), key=lambda each: (each.key, each.version), reverse=True)
        self.fields["scheme"].choices = [
            (f"{each.key}:{each.version}", f"{each.title} · {each.version}") for each in newest_first
        ]
        rungs = {rung.key: str(rung.title) for each in newest_first for rung in each.rungs}
        self.fields["rung"] = forms.ChoiceField(
            label=_("Stufe"), choices=list(rungs.items()), widget=forms.RadioSelect, initial="basic"
        )
        self.order_fields(["scheme", "rung", "title"])

    def clean(self):
        cleaned = super().clean()
        if scheme := cleaned.get("scheme"):
            key, version = scheme.split(":", 1)
            chosen = schemes()[key, version]
            if cleaned.get("rung") and cleaned["rung"] not in {rung.key for rung in chosen.rungs}:
                self.add_error("rung", _("Diese Stufe gibt es in dem gewählten Verfahren nicht."))
            cleaned |= {"scheme_key": key, "scheme_version": version}
        return cleaned


class ChoiceForm(forms.Form):
    """Which procedure of the town to work in."""

    procedure_id = forms.ModelChoiceField(label=_("Verfahren"), queryset=None)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["procedure_id"].queryset = procedures()


class ContractForm(forms.Form):
    signed_on = forms.DateField(label=_("Vertrag unterschrieben am"))
    auditor_name = forms.CharField(label=_("Auditorin oder Auditor"), max_length=150)


class LeadForm(forms.Form):
    post = forms.ModelChoiceField(label=_("Projektleitung (Stelle)"), queryset=Post.objects.none())

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["post"].queryset = Post.objects.select_related("organisation")


class PlanForm(forms.Form):
    planned_from = forms.DateField(label=_("von"), required=False)
    planned_until = forms.DateField(label=_("bis"), required=False)

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("planned_from"), cleaned.get("planned_until")
        if first and last and last < first:
            self.add_error("planned_until", _("Das geplante Ende liegt vor dem Beginn."))
        return cleaned


class ThemesForm(forms.Form):
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)
    themes = forms.MultipleChoiceField(
        label=_("Querschnittsthemen"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, procedure, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["themes"].choices = [(each.key, str(each.title)) for each in procedure.scheme.modules]


class MergeForm(forms.Form):
    fields_ = RowsField(
        label=_("Diese Handlungsfelder zusammenlegen"), queryset=None, widget=forms.CheckboxSelectMultiple
    )
    title = forms.CharField(label=_("Gemeinsamer Titel"), max_length=200)

    def __init__(self, *args, procedure, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["fields_"].queryset = procedure.fields.all()

    def clean_fields_(self):
        chosen = self.cleaned_data["fields_"]
        if len(chosen) < 2:
            raise forms.ValidationError(_("Bitte wählen Sie mindestens zwei Handlungsfelder."))
        return chosen


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Begründung"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)
