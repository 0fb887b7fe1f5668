"""Letters: plain text mails in German, sent when the action is really done."""

import logging
from collections.abc import Mapping

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import models, transaction
from django.template.loader import render_to_string
from django.utils.translation import override

from kommpass.municipalities.scope import within

log = logging.getLogger(__name__)


def one_line(text: str) -> str:
    """A text that fits into a mail header: without line breaks and control characters, not too long."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:180]


def send_letter(to: str, subject: str, template: str, context: Mapping, *, about: models.Model | None = None) -> None:
    """Write a letter now and send it on commit; nothing is sent if the action fails.

    `about` is the row the letter is about: if the mail server refuses, its field `undelivered` is set, so
    that the page can offer to send the letter again. A mail that cannot be sent never breaks an action.
    """
    with override(settings.LANGUAGE_CODE):
        text = render_to_string(template, {**context, "product": "Kommpass"}).strip() + "\n"
    letter = EmailMessage(subject=one_line(subject), body=text, to=[one_line(to)])
    transaction.on_commit(lambda: _deliver(letter, about))


def _deliver(letter: EmailMessage, about: models.Model | None) -> None:
    try:
        letter.send()
    except Exception:  # whatever the mail server says: the action is done and stays done
        log.exception("A letter could not be sent to %s", letter.to)
        _mark(about, undelivered=True)
    else:
        if about is not None and about.undelivered:
            _mark(about, undelivered=False)


def _mark(about: models.Model | None, *, undelivered: bool) -> None:
    if about is None:
        return
    with within(about.municipality):
        type(about).objects.filter(pk=about.pk).update(undelivered=undelivered)
