"""How others see it: the auditor's view, questions of the council and their answers, whether a goal is reached."""

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kommpass.agreement.forms.typed import long_text
from kommpass.implementation.models import AuditorView, GoalJudgement


class ViewForm(forms.Form):
    """The auditor agrees, doubts or sees it differently; the last two with a reason."""

    stance = forms.ChoiceField(label=_("Ihre Sicht"), choices=AuditorView.Stance.choices, widget=forms.RadioSelect)
    text = long_text(_("Begründung"), rows=3, help_text=_("Nötig, wenn Sie zweifeln oder es anders sehen."))

    def clean(self):
        cleaned = super().clean()
        stance = cleaned.get("stance")
        if stance and stance != AuditorView.Stance.SHARES and not cleaned.get("text") and "text" not in self.errors:
            self.add_error("text", _t("Bitte begründen Sie, warum Sie es anders sehen."))
        return cleaned


class RemarkForm(forms.Form):
    text = long_text(_("Ihre Frage oder Anmerkung"), required=True, rows=3)
    public = forms.BooleanField(
        label=_("öffentlich"),
        required=False,
        help_text=_(
            "Mit Häkchen stehen Frage und Antwort auf der öffentlichen Seite der Kommune, ohne Ihren Namen. "
            "Ohne Häkchen lesen sie nur die Verwaltung, der Rat und die Auditorin oder der Auditor."
        ),
    )


class RemarkAnswerForm(forms.Form):
    answer = long_text(_("Antwort"), required=True, rows=3)


class JudgementForm(forms.Form):
    """Whether a goal is reached, and by what one sees it."""

    achievement = forms.ChoiceField(
        label=_("Ist das Ziel erreicht?"), choices=GoalJudgement.Achievement.choices, widget=forms.RadioSelect
    )
    text = long_text(_("Woran sehen Sie das?"), required=True, rows=4)
