"""The key with which this installation signs: where it lies, whether it may be used, and every one we ever had."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from kommpass.adapters.signature import KeyMissing, SigningPair, any_key, load_key, make_key
from kommpass.certification.models import SigningKey
from kommpass.domain.refusals import NotPossible


class KeyUnusable(NotPossible):
    """There is a key, and it cannot be used (Schlüssel unbrauchbar). `cause` is for the log."""

    def __init__(self, cause: str):
        super().__init__(
            _(
                "Der Signaturschlüssel dieser Installation lässt sich nicht verwenden. Bitte sagen Sie der "
                "Systemverwaltung Bescheid; danach können Sie die Urkunde erstellen."
            )
        )
        self.cause = cause


def key_folder() -> Path:
    return Path(settings.SIGNING_FOLDER)


def signing_pair(at: datetime) -> SigningPair:
    """The key of this installation; the first certificate makes one, if set-up has not."""
    try:
        pair = load_key(key_folder())
    except KeyMissing as missing:
        if any_key(key_folder()):
            raise KeyUnusable(str(missing)) from missing
        return new_pair(at)
    if pair.valid_until < at:
        raise KeyUnusable(f"the certificate of {pair.subject} ended on {pair.valid_until:%Y-%m-%d}")
    return pair


def new_pair(at: datetime) -> SigningPair:
    """Make a key in the folder of this installation; one that lies there is put aside."""
    return make_key(key_folder(), subject=settings.SIGNING_SUBJECT, now=at)


def remembered(pair: SigningPair, at: datetime) -> SigningKey:
    """The public half in the database: a document stays provable when the files are gone. All others are retired."""
    key, _new = SigningKey.objects.update_or_create(
        fingerprint=pair.fingerprint,
        defaults={"retired_at": None},
        create_defaults={"subject": pair.subject[:200], "pem": pair.public_pem.decode(), "made_at": at},
    )
    SigningKey.objects.exclude(pk=key.pk).filter(retired_at=None).update(retired_at=at)
    return key
