"""Freezing, tabling, adopting, recommending, remarking, and looking back."""

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kommpass.agreement.forms.typed import long_text
from kommpass.agreement.models import Recommendation, Version, WordTemplate
from kommpass.audits.models import Procedure
from kommpass.bodies.models import Decision, Paper

LARGEST_TEMPLATE = 5 * 1024 * 1024


class FreezeForm(forms.Form):
    reason = forms.CharField(
        label=_("Anlass"),
        max_length=500,
        required=False,
        help_text=_(
            "Zum Beispiel: „Stand nach dem Zielworkshop“. "
            "Nach dem Beschluss steht der Anlass auch auf der öffentlichen Seite."
        ),
    )


class PaperForm(forms.Form):
    """A new paper for this version: its number and title; the rest is written in the paper itself."""

    reference = forms.CharField(label=_("Vorlagennummer"), max_length=60)
    title = forms.CharField(label=_("Betreff"), max_length=300)


class TableForm(forms.Form):
    paper = forms.ModelChoiceField(label=_("Vorlage"), queryset=Paper.objects.none())

    def __init__(self, *args, procedure: Procedure, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["paper"].queryset = Paper.objects.filter(
            procedure=procedure, purpose__in=["agreement", "amendment"]
        )


class AmendInCouncilForm(TableForm):
    reason = long_text(_("Was das Gremium geändert hat"), required=True, rows=3)


class AdoptForm(forms.Form):
    """Which decision adopted this version: only positive ones on its papers are offered."""

    decision = forms.ModelChoiceField(label=_("Beschluss"), queryset=Decision.objects.none())

    def __init__(self, *args, version: Version, **kwargs):
        super().__init__(*args, **kwargs)
        papers = version.tablings.values("paper")
        self.fields["decision"].queryset = Decision.objects.filter(
            paper__in=papers, result__in=Decision.ADOPTING, body__authoritative=True, corrected_by=None
        ).select_related("body")


class RecommendForm(forms.Form):
    verdict = forms.ChoiceField(label=_("Empfehlung"), choices=Recommendation.Verdict.choices, widget=forms.RadioSelect)
    text = long_text(_("Begründung"), required=True)


class RemarkForm(forms.Form):
    about = forms.CharField(
        label=_("zu Nummer"), max_length=20, required=False, help_text=_("zum Beispiel 1.2.3; leer: zum Ganzen")
    )
    text = long_text(_("Frage oder Anmerkung"), required=True, rows=3)


class AnswerForm(forms.Form):
    answer = long_text(_("Antwort"), required=True, rows=3)


class AsOfForm(forms.Form):
    day = forms.DateField(label=_("Stand am"))


class TemplateForm(forms.Form):
    """A Word template of the town."""

    purpose = forms.ChoiceField(label=_("Zweck"), choices=WordTemplate.Purpose.choices)
    file = forms.FileField(label=_("Word-Datei (.docx)"))

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST_TEMPLATE:
            raise forms.ValidationError(_t("Die Datei ist zu groß. Höchstens 5 MB sind möglich."))
        if not file.name.lower().endswith(".docx"):
            raise forms.ValidationError(_t("Bitte wählen Sie eine Word-Datei mit der Endung .docx."))
        return file
