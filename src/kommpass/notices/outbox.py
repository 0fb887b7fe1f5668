"""Reads the mails that went out in the demo, from the files that Django's file backend writes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

# Django ends every mail in a file with a line of 79 dashes.
BETWEEN_MAILS = re.compile(rb"^-{79}\r?\n", re.MULTILINE)
MOST_FILES = 500


@dataclass(frozen=True)
class Mail:
    """A mail that went out: `file` and `place` find it again."""

    file: str
    place: int
    subject: str
    recipient: str
    sender: str
    at: datetime | None
    text: str


def mails() -> Iterator[Mail]:
    """The mails, newest first."""
    folder = Path(settings.EMAIL_FILE_PATH)
    files = [each for each in folder.glob("*.log") if each.is_file()] if folder.is_dir() else []
    for file in sorted(files, key=lambda each: (each.stat().st_mtime_ns, each.name), reverse=True)[:MOST_FILES]:
        yield from reversed(list(_mails_in(file)))


def mail(file: str, place: int) -> Mail | None:
    """One mail. The name is looked up among the files that are there: no path can be smuggled in."""
    return next((each for each in mails() if each.file == file and each.place == place), None)


def _mails_in(file: Path) -> Iterator[Mail]:
    for place, raw in enumerate(filter(bytes.strip, BETWEEN_MAILS.split(file.read_bytes()))):
        yield _mail(file.name, place, message_from_bytes(raw, policy=policy.default))


def _mail(file: str, place: int, message: EmailMessage) -> Mail:
    body = message.get_body(preferencelist=("plain",))
    date = message["Date"]
    return Mail(
        file=file,
        place=place,
        subject=str(message["Subject"] or ""),
        recipient=str(message["To"] or ""),
        sender=str(message["From"] or ""),
        at=_moment(date.datetime) if date else None,
        text=str(body.get_content()) if body else "",
    )


def _moment(written: datetime) -> datetime:
    """Django writes the time in UTC without naming the zone ("-0000")."""
    return written if written.tzinfo else written.replace(tzinfo=UTC)


def with_links(text: str) -> SafeString:
    """The text of a mail, escaped; only addresses of this installation can be clicked.

    >>> with_links("Siehe http://127.0.0.1:8000/a/?x=1&y=2. <b> http://127.0.0.1:8000.evil.example/")
    'Siehe <a href="http://127.0.0.1:8000/a/?x=1&amp;y=2">http://127.0.0.1:8000/a/?x=1&amp;y=2</a>. &lt;b&gt; http://127.0.0.1:8000.evil.example/'
    """
    own = settings.BASE_URL.rstrip("/")
    return mark_safe("".join(_drawn(piece, own) for piece in re.split(r"(\s+)", text)))


def _drawn(piece: str, own: str) -> str:
    address = piece.rstrip(".,;:!?)“\"'")
    if address != own and not address.startswith(f"{own}/"):
        return escape(piece)
    return format_html('<a href="{}">{}</a>{}', address, address, piece[len(address) :])
