"""Which input makes sense at the end of a round."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from kommpass.agreement.forms.typed import long_text
from kommpass.agreement.models import Goal
from kommpass.audits.models import Procedure
from kommpass.balancing.models import GoalBalance


class BalanceForm(forms.Form):
    """The text above the goals."""

    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)
    text = long_text(_("Was wir erreicht haben"), rows=10)


class DecisionForm(forms.Form):
    """What becomes of one goal, and why. Edition 0: nobody had decided yet."""

    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)
    verdict = forms.ChoiceField(
        label=_("Wie geht es weiter?"), choices=GoalBalance.Verdict.choices, widget=forms.RadioSelect
    )
    reason = long_text(_("Begründung"), required=True, rows=3)

    @classmethod
    def of(cls, decided: GoalBalance | None, goal: Goal) -> "DecisionForm":
        """The form as it stands on the page: each goal has its own."""
        shown = {name: getattr(decided, name) for name in ("verdict", "reason", "edition")} if decided else {}
        return cls(initial={"edition": 0} | shown, auto_id=f"id_{goal.pk}_%s")


class GoalOfAnother(forms.ModelChoiceField):
    """A goal of another procedure: its name says of which."""

    def label_from_instance(self, goal):
        return f"{goal.agreement.procedure}: {goal}"


class ShareForm(forms.Form):
    """Under which goal of the other scheme the measure counts too."""

    goal = GoalOfAnother(label=_("Unter welchem Ziel soll die Maßnahme mitzählen?"), queryset=Goal.objects.none())

    def __init__(self, *args, procedures: Iterable[Procedure], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["goal"].queryset = (
            Goal.objects.filter(agreement__procedure__in=procedures)
            .select_related("agreement__procedure__municipality", "field")
            .order_by("agreement__procedure", "field__number", "position", "pk")
        )
