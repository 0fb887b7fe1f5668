"""What it takes to license an auditor, to let one guide a town, and to note that somebody is too near to a town."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kommpass.agreement.forms.typed import long_text
from kommpass.association.models import AuditorLicence
from kommpass.association.queries.auditors import Candidate
from kommpass.municipalities.models import Municipality
from kommpass.people.models import User


class LicenceForm(forms.Form):
    since = forms.DateField(label=_("zugelassen seit"))
    until = forms.DateField(
        label=_("zugelassen bis"), required=False, help_text=_("Leer: ohne Ende, bis Sie es eintragen.")
    )
    note = forms.CharField(label=_("Bemerkung"), max_length=300, required=False)

    def clean(self):
        data = super().clean()
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", _t("Die Zulassung endet, bevor sie beginnt."))
        return data


class NewLicenceForm(LicenceForm):
    """A first licence: for somebody who has an account already. Nobody is offered a list of all people."""

    email = forms.EmailField(
        label=_("E-Mail-Adresse"), max_length=254, help_text=_("Die Adresse, mit der sich die Person anmeldet.")
    )
    field_order = ["email", "since", "until", "note"]

    def clean_email(self):
        person = User.objects.filter(email__iexact=self.cleaned_data["email"], is_active=True).first()
        if person is None:
            raise forms.ValidationError(
                _t(
                    "Zu dieser Adresse gibt es noch kein Konto. Eine Kommune oder die Systemverwaltung lädt "
                    "die Person zuerst als Auditorin oder Auditor ein."
                )
            )
        if AuditorLicence.objects.filter(person=person).exists():
            raise forms.ValidationError(_t("Diese Person hat schon eine Zulassung. Sie steht in der Liste."))
        self.person = person
        return self.cleaned_data["email"]


class AssignForm(forms.Form):
    """Who guides the town: everybody with a licence is named, whoever must not with the reason."""

    person = forms.ChoiceField(label=_("Auditorin oder Auditor"), widget=forms.RadioSelect)

    def __init__(self, *args, candidates: Sequence[Candidate], **kwargs):
        super().__init__(*args, **kwargs)
        self.people = {str(each.person.pk): each.person for each in candidates if not each.conflict}
        self.hindered = [each for each in candidates if each.conflict]
        self.fields["person"].choices = [(key, person.name) for key, person in self.people.items()]

    def clean_person(self):
        return self.people[self.cleaned_data["person"]]


class ConflictForm(forms.Form):
    town = forms.ModelChoiceField(label=_("Kommune"), queryset=Municipality.objects.none())
    reason = long_text(_("Grund"), required=True, rows=2)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["town"].queryset = Municipality.objects.order_by("name", "pk")
