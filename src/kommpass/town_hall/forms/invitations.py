"""Inviting somebody, and taking up an invitation."""

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommpass.domain.permissions import Actor, Role
from kommpass.people import queries
from kommpass.people.models import User

NEEDS_ORGANISATION = (Role.CONTRIBUTOR, Role.PROVIDER)


class InvitationForm(forms.Form):
    """Offers only the roles that the inviter may give, and only organisations of this town."""

    name = forms.CharField(label=_("Name"), max_length=150)
    email = forms.EmailField(label=_("E-Mail-Adresse"), max_length=254)
    role = forms.ChoiceField(label=_("Rolle"))
    organisation = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=None,
        required=False,
        empty_label=_("keine"),
        help_text=_(
            "Für Fachbereiche und Träger nötig: Die Person sieht und beantwortet, was dieser Organisation gehört."
        ),
    )

    def __init__(self, *args, by: Actor, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [
            ("", _("Bitte wählen")),
            *((role, _(role.label)) for role in queries.grantable(by)),
        ]
        self.fields["organisation"].queryset = queries.organisations()

    def clean(self):
        given = super().clean()
        role, email, organisation = given.get("role"), given.get("email"), given.get("organisation")
        if not role or not email:
            return given
        given["role"] = Role(role)
        if role in NEEDS_ORGANISATION and organisation is None:
            self.add_error("organisation", _("Bitte wählen Sie, für welche Organisation die Person mitarbeitet."))
        elif queries.holds_role(email, role, organisation):
            self.add_error("email", _("Die Person mit dieser Adresse hat diese Rolle hier schon."))
        elif queries.waiting_invitation(email, role, organisation, timezone.now()):
            self.add_error("email", _("Für diese Adresse und Rolle gibt es schon eine offene Einladung."))
        return given


class AcceptForm(forms.Form):
    """The password of a new account, typed twice."""

    password = forms.CharField(
        label=_("Passwort"),
        max_length=500,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Passwort wiederholen"),
        max_length=500,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, person: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields["password"].help_text = " ".join(password_validators_help_texts()[1:2])

    def clean(self):
        given = super().clean()
        password, again = given.get("password"), given.get("again")
        if password and again and password != again:
            self.add_error("again", _("Die beiden Passwörter stimmen nicht überein."))
        elif password:
            try:
                validate_password(password, self.person)
            except ValidationError as mistake:
                self.add_error("password", mistake)
        return given
