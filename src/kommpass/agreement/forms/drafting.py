"""The forms of the draft. Each carries the edition it was opened with, so that two editors lose nothing."""

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kommpass.agreement import queries
from kommpass.agreement.forms.typed import EuroField, LinesField, PartialDateField, long_text
from kommpass.agreement.models import Agreement, Goal, StrategicGoal
from kommpass.municipalities.models import District
from kommpass.participation.models import Card
from kommpass.people.models import Organisation, Post
from kommpass.ui.forms import RowsField


class Edited(forms.Form):
    """A form that remembers which edition was on the screen."""

    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @property
    def seen(self) -> int | None:
        return self.cleaned_data.get("edition")

    @property
    def changes(self) -> dict:
        return {name: value for name, value in self.cleaned_data.items() if name != "edition"}


class AgreementForm(Edited):
    title = forms.CharField(label=_("Titel"), max_length=200)
    preamble = long_text(_("Zielsetzung der Kommune"), rows=6)
    process = long_text(_("Wie diese Zielvereinbarung entstanden ist"), rows=5)
    budget_clause = long_text(
        _("Haushaltsklausel"), rows=2, help_text=_("Zum Beispiel: „Alle Maßnahmen stehen unter Haushaltsvorbehalt.“")
    )


class StrategicGoalForm(Edited):
    text = long_text(_("Strategisches Ziel"), required=True, rows=3)


class NewStrategicGoalForm(forms.Form):
    """A new strategic goal: in own words, or taken over from a card of the strategy workshop."""

    card = forms.ModelChoiceField(
        label=_("Ergebniskarte übernehmen"),
        queryset=Card.objects.none(),
        required=False,
        empty_label=_("keine"),
        help_text=_("Der Wortlaut der Karte gilt, wenn Sie unten nichts schreiben."),
    )
    text = long_text(_("Strategisches Ziel"), rows=3)

    def __init__(self, *args, cards, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["card"].queryset = cards
        if not cards:
            del self.fields["card"]

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("text") and not cleaned.get("card"):
            self.add_error("text", _t("Bitte schreiben Sie das strategische Ziel, oder wählen Sie eine Karte."))
        return cleaned


class GoalForm(Edited):
    title = forms.CharField(
        label=_("Ziel"),
        max_length=300,
        help_text=_("Ein Zustand, der erreicht sein soll: „Jeder Stadtteil hat ein Familienzentrum.“"),
    )
    description = long_text(_("Beschreibung"))
    field = forms.ModelChoiceField(label=_("Handlungsfeld"), queryset=None)
    strategic_goal = forms.ModelChoiceField(
        label=_("Strategisches Ziel"), queryset=StrategicGoal.objects.none(), required=False
    )

    def __init__(self, *args, agreement: Agreement, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["field"].queryset = agreement.procedure.fields.all()
        self.fields["strategic_goal"].queryset = agreement.strategic_goals.all()

    def clean(self):
        cleaned = super().clean()
        field, strategic = cleaned.get("field"), cleaned.get("strategic_goal")
        if field and strategic and strategic.field_id != field.pk:
            self.add_error("strategic_goal", _("Dieses strategische Ziel gehört zu einem anderen Handlungsfeld."))
        return cleaned


class MeasureForm(Edited):
    """Everything that can be said of a measure. Only the title is required: the rest comes step by step."""

    title = forms.CharField(label=_("Maßnahme"), max_length=300, help_text=_("Was wird getan? Kurz und greifbar."))
    description = long_text(_("Beschreibung"), rows=5)
    responsible = forms.ModelChoiceField(label=_("Zuständig"), queryset=Organisation.objects.none(), required=False)
    post = forms.ModelChoiceField(
        label=_("Stelle"),
        queryset=Post.objects.none(),
        required=False,
        help_text=_("Die Aufgabe gehört zur Stelle, nicht zur Person: So bleibt sie, wenn jemand wechselt."),
    )
    partners = RowsField(
        label=_("Mitwirkende"),
        queryset=Organisation.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    start = PartialDateField(
        label=_("Beginn"), required=False, end=False, help_text=_("Tag, Monat oder Jahr: „März 2027“")
    )
    due = PartialDateField(
        label=_("Frist"), required=False, help_text=_("Tag, Monat oder Jahr: „31.12.2027“ oder „2027“")
    )
    cost_once = EuroField(label=_("Einmalige Kosten in Euro"))
    cost_yearly = EuroField(label=_("Jährliche Kosten in Euro"))
    funding = forms.CharField(label=_("Finanzierung"), max_length=300, required=False)
    subject_to_budget = forms.BooleanField(label=_("steht unter Haushaltsvorbehalt"), required=False)
    staff_effort = forms.CharField(label=_("Personalaufwand"), max_length=200, required=False)
    target_groups = forms.MultipleChoiceField(
        label=_("Zielgruppen"), required=False, widget=forms.CheckboxSelectMultiple
    )
    districts = RowsField(
        label=_("Stadtteile"), queryset=District.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    themes = forms.MultipleChoiceField(
        label=_("Querschnittsthemen"), required=False, widget=forms.CheckboxSelectMultiple
    )
    also_serves = RowsField(
        label=_("Dient auch diesen Zielen"),
        queryset=Goal.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    references = LinesField(
        label=_("Bezug zu anderen Konzepten"), required=False, max_length=2000, help_text=_("Ein Konzept je Zeile")
    )
    priority = forms.CharField(label=_("Priorität"), max_length=20, required=False)
    public = forms.BooleanField(label=_("nach dem Beschluss öffentlich zeigen"), required=False, initial=True)
    internal_note = long_text(_("Interne Notiz"), rows=2, help_text=_("Erscheint in keinem Dokument."))

    def __init__(self, *args, agreement: Agreement, by, goal: Goal, **kwargs):
        super().__init__(*args, **kwargs)
        scheme = agreement.procedure.scheme
        owners = Organisation.objects.all()
        if not by.has("coordinator", "auditor"):
            owners = owners.filter(pk__in=by.organisations)
        self.fields["responsible"].queryset = owners
        self.fields["post"].queryset = Post.objects.filter(organisation__in=owners).select_related("organisation")
        self.fields["partners"].queryset = Organisation.objects.all()
        self.fields["districts"].queryset = District.objects.all()
        self.fields["also_serves"].queryset = queries.goals(agreement).exclude(pk=goal.pk)
        self.fields["target_groups"].choices = [(str(each.title), str(each.title)) for each in scheme.target_groups]
        titles = {module.key: str(module.title) for module in scheme.modules}
        self.fields["themes"].choices = [(key, titles.get(key, key)) for key in agreement.procedure.themes]
        if not agreement.procedure.themes:
            del self.fields["themes"]

    def clean(self):
        cleaned = super().clean()
        post, owner = cleaned.get("post"), cleaned.get("responsible")
        if post and owner and post.organisation_id != owner.pk:
            self.add_error("post", _("Diese Stelle gehört zu einer anderen Organisation."))
        start, due = cleaned.get("start"), cleaned.get("due")
        if start and due and due[: len(start)] < start[: len(due)]:
            self.add_error("due", _("Die Frist liegt vor dem Beginn."))
        return cleaned
