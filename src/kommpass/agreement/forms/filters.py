"""How a list of measures is narrowed down. Everything stands in the address, so it can be passed on."""

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kommpass.agreement.models import Measure
from kommpass.audits.models import Procedure
from kommpass.people.models import Organisation


class MeasureFilter(forms.Form):
    q = forms.CharField(label=_("Suche"), required=False, max_length=100)
    field = forms.ModelChoiceField(label=_("Handlungsfeld"), queryset=None, required=False, empty_label=_("alle"))
    responsible = forms.ModelChoiceField(
        label=_("Zuständig"), queryset=Organisation.objects.none(), required=False, empty_label=_("alle")
    )
    acceptance = forms.ChoiceField(
        label=_("Zustimmung"), choices=[("", _("alle")), *Measure.Acceptance.choices], required=False
    )

    def __init__(self, data, *, procedure: Procedure):
        super().__init__(data)
        self.fields["field"].queryset = procedure.fields.all()
        self.fields["responsible"].queryset = Organisation.objects.all()

    def narrow(self, found: QuerySet[Measure]) -> QuerySet[Measure]:
        """The measures that fit; a wrong filter is left out rather than answered with a mistake."""
        self.is_valid()
        wanted = {name: value for name, value in self.cleaned_data.items() if value}
        if text := wanted.pop("q", ""):
            found = found.filter(Q(title__icontains=text) | Q(number=text) | Q(description__icontains=text))
        if field := wanted.pop("field", None):
            found = found.filter(goal__field=field)
        return found.filter(**wanted)
