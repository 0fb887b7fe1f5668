"""The letter of a reminder: everything one person owes in one town, in groups, each line with its address."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kommpass.municipalities.scope import town
from kommpass.notices.marks import mark
from kommpass.notices.models import SentReminder
from kommpass.notices.queries import Reminder
from kommpass.people.letters import one_line

Kind = SentReminder.Kind

# In the order of the letter: first what only this person can answer.
HEADINGS = (
    (_("Fragen, die auf Ihre Antwort warten"), (Kind.BUNDLE_OVERDUE, Kind.BUNDLE_DUE)),
    (_("Maßnahmen, die Sie übernehmen sollen"), (Kind.MEASURES_ASKED,)),
    (_("Wie weit sind Ihre Maßnahmen?"), (Kind.STATUS_OVERDUE, Kind.STATUS_DUE)),
    (_("In Vertretung: Wie weit sind diese Maßnahmen?"), (Kind.STATUS_DEPUTY,)),
    (_("Statusrunde: Wer noch nicht geantwortet hat"), (Kind.STATUS_LEAD,)),
    (_("Fristen"), (Kind.DEADLINE,)),
)


@dataclass(frozen=True)
class Group:
    """The lines under one heading."""

    heading: str
    reminders: Sequence[Reminder]


def reminder_letter(reminders: Sequence[Reminder]) -> EmailMessage:
    """One letter for these reminders, which all go to the same recipient."""
    context = {
        "town": town(),
        "groups": _groups(reminders),
        "some_by_link": any(each.by_link for each in reminders),
        "some_by_account": not all(each.by_link for each in reminders),
        "product": "Kommpass",
    }
    return EmailMessage(
        subject=one_line(_subject(len(reminders))),
        body=render_to_string("notices/letters/reminder.txt", context).strip() + "\n",
        to=[one_line(reminders[0].recipient)],
        headers={
            # So that no absence note answers to a machine.
            "Auto-Submitted": "auto-generated",
            "Message-ID": _message_id(reminders),
        },
    )


def _groups(reminders: Sequence[Reminder]) -> list[Group]:
    found = []
    for heading, kinds in HEADINGS:
        lines = sorted((each for each in reminders if each.kind in kinds), key=lambda each: (each.due_on, each.text))
        if lines:
            found.append(Group(heading, lines))
    return found


def _subject(number: int) -> str:
    sentence = ngettext(
        "Erinnerung zum Audit in %(town)s: %(number)d Sache wartet auf Sie",
        "Erinnerung zum Audit in %(town)s: %(number)d Sachen warten auf Sie",
        number,
    )
    return sentence % {"town": town().name, "number": number}


def _message_id(reminders: Sequence[Reminder]) -> str:
    """The same reminders make the same letter: one that was sent twice after a crash shows as one in most mailboxes."""
    host = urlsplit(settings.BASE_URL).hostname or "kommpass"
    keys = sorted(each.key for each in reminders)
    return f"<{mark(town().pk, *(part for key in keys for part in key))[:40]}@{host}>"
