"""Accounts by invitation only: the rules that django-allauth asks us for."""

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kommpass.people.addresses import absolute, of_installation
from kommpass.people.letters import one_line

# allauth would write to addresses it does not know. We do not write to strangers.
UNWANTED_LETTERS = {"account/email/unknown_account", "account/email/account_already_exists"}


class InvitedOnly(DefaultAccountAdapter):
    """No open sign-up; lockout by mail address; links with the host of the settings."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("Dieser Zugang ist geschlossen. Bitte wenden Sie sich an die Koordination."),
        "email_password_mismatch": _("E-Mail-Adresse oder Passwort stimmen nicht. Bitte prüfen Sie beides."),
        "enter_current_password": _("Bitte geben Sie Ihr jetziges Passwort ein."),
        "incorrect_code": _("Der Code stimmt nicht. Bitte geben Sie den Code ein, den Ihre App gerade zeigt."),
        "incorrect_password": _("Das Passwort stimmt nicht."),
        "invalid_password_reset": _("Dieser Link ist abgelaufen oder wurde schon benutzt."),
        "rate_limited": _("Das waren viele Anfragen in kurzer Zeit. Bitte warten Sie eine Minute."),
        "same_as_current": _("Das neue Passwort muss sich vom alten unterscheiden."),
        "too_many_login_attempts": _(
            "Es gab zu viele Anmeldeversuche. Zu Ihrem Schutz ist der Zugang für fünf Minuten gesperrt. "
            "Danach können Sie es wieder versuchen oder ein neues Passwort anfordern."
        ),
    }

    def is_open_for_signup(self, request):
        return False

    def get_reset_password_from_key_url(self, key):
        uid, _separator, token = key.partition("-")
        return absolute(of_installation("account_reset_password_from_key", uid, token))

    def send_mail(self, template_prefix, email, context):
        if template_prefix not in UNWANTED_LETTERS:
            super().send_mail(template_prefix, email, context)

    def format_email_subject(self, subject):
        return one_line(super().format_email_subject(subject))

    def clean_password(self, password, user=None):
        if len(password) > 500:
            raise ValidationError(_("Das Passwort ist zu lang. Bitte verwenden Sie höchstens 500 Zeichen."))
        return super().clean_password(password, user)

    def set_password(self, user, password):
        """A new password opens a locked door again."""
        super().set_password(user, password)
        self._delete_login_attempts_cached_email(self.request, email=user.email)

    def reauthenticate(self, user, password):
        """By the mail address of the person: allauth's own list of addresses is not in use here."""
        known = self.authenticate(self.request, email=user.email, password=password)
        return known is not None and known.pk == user.pk

    def _get_login_attempts_cache_key(self, request, **credentials):
        """Counts per mail address, whatever host name the browser used."""
        return f"kommpass:{credentials.get('email', '').strip().lower()}"


def person_with(email: str):
    """The account of this mail address, or None."""
    return get_user_model().objects.filter(email__iexact=email.strip()).first()
