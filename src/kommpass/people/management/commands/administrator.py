"""`kommpass administrator EMAIL NAME`: open the installation for its first people, with a link that works once."""

from allauth.account.forms import EmailAwarePasswordResetTokenGenerator
from allauth.account.utils import user_pk_to_url_str
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from kommpass.domain.permissions import INSTALLATION_ROLES, Role
from kommpass.people.accounts import person_with
from kommpass.people.addresses import absolute, of_installation
from kommpass.people.letters import one_line, send_letter
from kommpass.people.models import InstallationRole, User


class Command(BaseCommand):
    help = "Gibt einer Person eine Rolle der Installation und sendet ihr einen einmaligen Link für ihr Passwort."

    def add_arguments(self, parser):
        parser.add_argument("email", help="E-Mail-Adresse, mit der sich die Person anmeldet")
        parser.add_argument("name", help="Vor- und Nachname")
        parser.add_argument(
            "--role",
            default=Role.ADMINISTRATOR.value,
            choices=[role.value for role in INSTALLATION_ROLES],
            help="Rolle der Installation (üblich: administrator)",
        )
        parser.add_argument("--print-only", action="store_true", help="nur anzeigen, keine E-Mail senden")

    @transaction.atomic
    def handle(self, *, email: str, name: str, role: str, print_only: bool, **options):
        email = email.strip().lower()
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"Das ist keine gültige E-Mail-Adresse: {email}") from None
        user = person_with(email) or User.objects.create_user(email, name=one_line(name)[:150])
        _row, new = InstallationRole.objects.get_or_create(user=user, role=role)
        label = Role(role).label
        self.stdout.write(f"{user.name} <{user.email}>: {label}" + ("" if new else " (hatte diese Rolle schon)"))
        if user.has_usable_password():
            self.stdout.write("Der Zugang besteht schon: Anmelden mit dem bisherigen Passwort.")
            return
        url = absolute(of_installation("account_reset_password_from_key", user_pk_to_url_str(user), _token(user)))
        self.stdout.write(f"Passwort setzen (einmalig, 3 Tage gültig): {url}")
        if not print_only:
            context = {"user": user, "role": label, "url": url}
            send_letter(user.email, "Ihr Zugang zu Kommpass", "people/letters/administrator.txt", context)


def _token(user: User) -> str:
    """Works once: it contains the password and the last log-in of this moment."""
    return EmailAwarePasswordResetTokenGenerator().make_token(user)
