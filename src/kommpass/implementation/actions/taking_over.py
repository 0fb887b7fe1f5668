"""Statuses that came with an imported plan become rounds of their own, so that old reports can be made of them."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kommpass.agreement.models import StatusEntry
from kommpass.agreement.queries import agreement_of
from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.audits.models import Procedure
from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import NotPossible
from kommpass.implementation.models import SelfAssessment, StatusRound

State, Light = SelfAssessment.State, SelfAssessment.Light
READ_AS = {
    "green": (State.IN_PROGRESS, Light.GREEN),
    "yellow": (State.IN_PROGRESS, Light.YELLOW),
    "red": (State.NOT_STARTED, Light.RED),
    "": (State.IN_PROGRESS, Light.GREEN),
}
"""A light of a file says less than we ask for: what it does not say is read as "under way"."""


@transaction.atomic
def take_over_history(*, procedure: Procedure, by: Actor, at: datetime) -> list[StatusRound]:
    """Make one closed round of each period of imported statuses. Periods that have a round already are left alone."""
    permit(by, "history.take_over", procedure)
    agreement = agreement_of(procedure)
    entries = StatusEntry.objects.filter(measure__agreement=agreement).order_by("period_until", "pk")
    periods: dict[tuple, list[StatusEntry]] = {}
    for entry in entries:
        periods.setdefault((entry.period_from, entry.period_until), []).append(entry)
    known = set(procedure.rounds.values_list("period_from", "period_until"))
    new = {period: rows for period, rows in periods.items() if period not in known}
    if not new:
        raise NotPossible(_("Es gibt keine früheren Sachstände, die noch nicht übernommen sind."))
    made = [_round(procedure, period, rows, by, at) for period, rows in sorted(new.items())]
    record(
        procedure,
        "history.take_over",
        by=by,
        at=at,
        rounds=[each.title for each in made],
        statuses=sum(len(rows) for rows in new.values()),
    )
    return made


def _round(procedure: Procedure, period: tuple, rows: list[StatusEntry], by: Actor, at: datetime) -> StatusRound:
    first, last = period
    years = str(first.year) if first.year == last.year else f"{first.year}/{last.year}"
    made = StatusRound.objects.create(
        procedure=procedure,
        title=_("Übernommener Stand %s") % years,
        period_from=first,
        period_until=last,
        due_on=last,
        opened_at=at,
        opened_by=by.name,
        closed_at=at,
    )
    newest = {entry.measure_id: entry for entry in rows}
    SelfAssessment.objects.bulk_create(_assessment(made, entry, by, at) for entry in newest.values())
    return made


def _assessment(made: StatusRound, entry: StatusEntry, by: Actor, at: datetime) -> SelfAssessment:
    state, light = READ_AS[entry.light]
    text = entry.text.strip() or (_("Ohne Text übernommen.") if light is not Light.GREEN else "")
    return SelfAssessment(
        round=made,
        measure_id=entry.measure_id,
        state=state,
        light=light,
        text=text,
        by_id=by.id,
        by_name=by.name,
        via="command",
        at=at,
    )
