"""Who is to be reminded of what today: counted afresh at every run, so that a missed night loses nothing."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from kommpass.audits.door import allowed
from kommpass.audits.models import Procedure
from kommpass.audits.queries import procedures
from kommpass.domain.permissions import Actor
from kommpass.notices.models import SentReminder
from kommpass.notices.queries import answers, deadlines, status
from kommpass.notices.queries.reminder import Reminder


def due_reminders(by: Actor, at: datetime) -> list[Reminder]:
    """What is due today in this town and was not sent yet, in all of its procedures."""
    all_of_the_town = list(procedures())
    running = [each for each in all_of_the_town if each.situation.running]
    found = {each.key: each for procedure in all_of_the_town for each in _due_in(procedure, by, at)}
    if not found:
        return []
    rows = SentReminder.objects.filter(subject__in={each.subject for each in found.values()})
    sent = set(rows.values_list("kind", "subject", "recipient", "due_on"))
    new = [each for key, each in found.items() if key not in sent]
    return [each if running == [each.procedure] else _naming_its_procedure(each) for each in new]


def _naming_its_procedure(reminder: Reminder) -> Reminder:
    """With several schemes at once, or after the end of a round, one wants to know which one is meant."""
    return replace(reminder, text=f"{reminder.text} ({reminder.procedure.title})")


def _due_in(procedure: Procedure, by: Actor, at: datetime) -> Iterator[Reminder]:
    """As far as the phase still expects an answer. Who rests is left in peace; a certificate outlives its round."""
    if procedure.state == Procedure.State.ENDED:
        yield from deadlines.after_the_end(procedure, at)
    if not procedure.situation.running:
        return
    if allowed(by, "bundle.remind", procedure):
        yield from answers.bundles(procedure, at)
    if allowed(by, "measure.answer", procedure):
        yield from answers.measures(procedure, at)
    if allowed(by, "round.ask", procedure):
        yield from status.requests(procedure, at)
    yield from deadlines.of_the_procedure(procedure, at)
