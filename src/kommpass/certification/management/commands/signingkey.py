"""`kommpass signingkey make|show`: the key with which this installation signs its certificates."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from kommpass.adapters.signature import KeyMissing, SigningPair, any_key, load_key
from kommpass.certification.keys import key_folder, new_pair, remembered
from kommpass.certification.models import SigningKey


class Command(BaseCommand):
    help = "Legt den Schlüssel an, mit dem Urkunden signiert werden (make), oder zeigt ihn (show)."

    def add_arguments(self, parser):
        parser.add_argument("deed", choices=["make", "show"])
        parser.add_argument(
            "--replace", action="store_true", help="den vorhandenen Schlüssel beiseitelegen und einen neuen anlegen"
        )
        parser.add_argument("--if-missing", action="store_true", help="nichts tun, wenn schon einer da ist")

    def handle(self, *, deed: str, replace: bool, if_missing: bool, **options):
        if deed == "show":
            self._show()
        elif any_key(key_folder()) and not replace:
            if not if_missing:
                raise CommandError(
                    f"In {key_folder()} liegt schon ein Schlüssel. Mit --replace wird er beiseitegelegt; "
                    "Urkunden, die er signiert hat, bleiben prüfbar."
                )
        else:
            self._make()

    def _make(self) -> None:
        now = timezone.now()
        # What the old key signed must stay provable, also if no certificate was ever issued since it came.
        if any_key(key_folder()):
            self._remember_old(now)
        try:
            pair = new_pair(now)
        except OSError as problem:
            raise CommandError(f"In {key_folder()} lässt sich kein Schlüssel anlegen: {problem.strerror}") from None
        remembered(pair, now)
        self._tell(pair)

    def _remember_old(self, now) -> None:
        try:
            remembered(load_key(key_folder()), now)
        except KeyMissing as unusable:
            self.stderr.write(f"Der bisherige Schlüssel war nicht brauchbar: {unusable}")

    def _show(self) -> None:
        try:
            pair = load_key(key_folder())
        except KeyMissing as missing:
            raise CommandError(str(missing)) from None
        self._tell(pair)
        former = SigningKey.objects.exclude(fingerprint=pair.fingerprint).values_list("fingerprint", flat=True)
        for fingerprint in former:
            self.stdout.write(f"Früher:        {fingerprint}")

    def _tell(self, pair: SigningPair) -> None:
        self.stdout.write(f"Ausgestellt:   {pair.subject}")
        self.stdout.write(f"Gültig bis:    {timezone.localdate(pair.valid_until):%d.%m.%Y}")
        self.stdout.write(f"Ordner:        {key_folder()}")
        self.stdout.write(f"Fingerabdruck: {pair.fingerprint} (SHA-256)")
