"""What the calendar of a person shows of a town: the deadlines this person sees in the cockpit."""

from collections.abc import Iterable
from datetime import date

from kommpass.audits.models import Procedure
from kommpass.cockpit import queries
from kommpass.domain.deadlines import Deadline
from kommpass.domain.permissions import Role
from kommpass.people.dues import due_source
from kommpass.people.models import User
from kommpass.people.queries import actor

# A round may be over while its certificate still holds, and its last report may be late.
AFTER_THE_END = frozenset({"certificate", "renewal", "proof", "report"})


@due_source
def seen_in_the_cockpit(person: User, procedure: Procedure | None, day: date) -> Iterable[Deadline]:
    """The deadlines of a running procedure, and of an ended one what outlives it; one that rests is quiet."""
    by = actor(person)
    if procedure is None:
        return queries.invitations_expire(day) if by.has(Role.COORDINATOR) else []
    found = [each for each in queries.deadlines_of(by, procedure, day) if each.kind != "invitation"]
    if procedure.state == Procedure.State.ENDED:
        return [each for each in found if each.kind in AFTER_THE_END]
    return found if procedure.situation.running else []
