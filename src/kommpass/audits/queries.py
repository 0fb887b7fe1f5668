"""Which procedure, which phases, and what has happened in it."""

from django.db.models import Exists, OuterRef, QuerySet

from kommpass.audits.journal import content
from kommpass.audits.models import FieldOfAction, JournalEntry, JournalHead, Procedure, ProcedurePhase
from kommpass.domain.deeds import CONFIDENTIAL
from kommpass.domain.hashchain import Break, Entry, verify
from kommpass.municipalities.scope import here


def current() -> Procedure | None:
    """The latest procedure of the town in scope, or None before the first has begun."""
    return procedures().first()


def procedures() -> QuerySet[Procedure]:
    """All procedures of the town, the latest round first; several schemes may run at once.

    Each knows whether there are others: whoever has only one is never asked which one.
    """
    return Procedure.objects.select_related(
        "municipality", "project_lead__organisation", "project_lead__holder"
    ).annotate(has_others=Exists(Procedure.objects.exclude(pk=OuterRef("pk"))))


def choices(procedure: Procedure | None) -> list[Procedure]:
    """The procedures between which one may choose, also those that are over; none if there is only this one."""
    return list(procedures()) if getattr(procedure, "has_others", False) else []


def chosen(session) -> Procedure | None:
    """The procedure this person works in: the one they chose, else the latest of the town."""
    key = session.get(session_key()) if session is not None else None
    return (key and procedures().filter(pk=key).first()) or current()


def session_key() -> str:
    """Where a session remembers the chosen procedure of this town."""
    return f"procedure-{here()}"


def phases(procedure: Procedure) -> list[ProcedurePhase]:
    """The phases in order, each knowing its procedure without another query; read once for a page."""
    return procedure.course


def fields(procedure: Procedure) -> QuerySet[FieldOfAction]:
    return procedure.fields.all()


def journal(procedure: Procedure | None = None) -> QuerySet[JournalEntry]:
    """The journal as the people of the town read it, newest first: without what board and office do confidentially."""
    entries = JournalEntry.objects.exclude(action__in=CONFIDENTIAL).order_by("-sequence")
    return entries.filter(procedure=procedure) if procedure else entries


def journal_length() -> int:
    """How many entries the chain has, the confidential ones too."""
    return JournalEntry.objects.count()


def broken_journal() -> Break | None:
    """The first place where the town's journal was changed, cut or filled in; None if it is whole."""
    head = JournalHead.objects.first()
    entries = (
        Entry(label=str(each.sequence), previous_hash=each.previous_hash, hash=each.hash, fields=content(each))
        for each in JournalEntry.objects.order_by("sequence").iterator()
    )
    return verify(entries, head=head.hash if head else "")
