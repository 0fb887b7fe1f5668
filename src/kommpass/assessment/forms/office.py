"""What the office of the association fills in: completeness, members, announcement, proofs, conflicts."""

from collections.abc import Mapping
from datetime import date

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kommpass.agreement.forms.typed import long_text
from kommpass.assessment.forms.choices import MembersField, YesNoField
from kommpass.people.models import User


class CheckForm(forms.Form):
    complete = YesNoField(
        label=_("Sind die Unterlagen vollständig?"),
        yes=_("ja, vollständig"),
        no=_("nein, es fehlt noch etwas"),
    )
    note = long_text(
        _("Was fehlt"), rows=3, help_text=_("Das liest die Kommune: Bitte so, dass sie es nachreichen kann.")
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("complete") is False and not cleaned.get("note") and "note" not in self.errors:
            self.add_error("note", _t("Bitte schreiben Sie, was noch fehlt, damit die Kommune es nachreichen kann."))
        return cleaned


class MembersForm(forms.Form):
    """Which members of the board get a seat; those who cannot are shown with the reason."""

    members = MembersField(
        label=_("Mitglieder des Gutachterausschusses"),
        error_messages={"required": _("Bitte wählen Sie mindestens ein Mitglied des Gutachterausschusses.")},
    )

    def __init__(self, *args, members, reasons: Mapping[int, str], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["members"].offer(members, reasons)


class OpenCaseForm(MembersForm):
    due_on = forms.DateField(label=_("Voten erbeten bis"), required=False)

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_due_on(self):
        due_on = self.cleaned_data["due_on"]
        if due_on and due_on < self.today:
            raise forms.ValidationError(_t("Dieser Tag ist schon vorbei."))
        return due_on


class RecuseMemberForm(forms.Form):
    reviewer = forms.ModelChoiceField(label=_("Mitglied"), queryset=User.objects.none())
    reason = long_text(_("Grund der Befangenheit"), required=True, rows=3)

    def __init__(self, *args, members, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reviewer"].queryset = members


class ReleaseForm(forms.Form):
    objection_until = forms.DateField(label=_("Widerspruch möglich bis"))

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_objection_until(self):
        until = self.cleaned_data["objection_until"]
        if until < self.today:
            raise forms.ValidationError(_t("Die Frist für einen Widerspruch ist schon vorbei."))
        return until


class ProofCheckForm(forms.Form):
    met = YesNoField(label=_("Ist die Auflage damit erfüllt?"), yes=_("ja, erfüllt"), no=_("nein, es fehlt noch etwas"))
    note = long_text(_("Bemerkung für die Kommune"), rows=2)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("met") is False and not cleaned.get("note") and "note" not in self.errors:
            self.add_error("note", _t("Bitte schreiben Sie, was noch fehlt."))
        return cleaned


class ConflictForm(forms.Form):
    """A conflict of interest of one's own."""

    reason = long_text(_("Grund"), required=True, rows=3)


class ConflictOfForm(ConflictForm):
    """A conflict of somebody else: chosen from those who are known here, or named by the mail address."""

    person = forms.ModelChoiceField(label=_("Person"), queryset=User.objects.none(), required=False)
    email = forms.EmailField(
        label=_("oder E-Mail-Adresse des Kontos"),
        required=False,
        help_text=_("Für Auditorinnen und Auditoren, die hier noch kein Konto haben."),
    )
    field_order = ("person", "email", "reason")

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people

    def clean(self):
        cleaned = super().clean()
        person, email = cleaned.get("person"), cleaned.get("email")
        if not self.errors and bool(person) == bool(email):
            self.add_error("person", _t("Bitte wählen Sie eine Person oder nennen Sie ihre E-Mail-Adresse."))
        elif email:
            cleaned["person"] = User.objects.filter(email__iexact=email).first()
            if cleaned["person"] is None:
                self.add_error("email", _t("Zu dieser E-Mail-Adresse gibt es kein Konto."))
        return cleaned
