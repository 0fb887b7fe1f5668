"""The balance: what becomes of each goal, and why; then it is closed for good."""

from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommpass.agreement.models import Goal
from kommpass.audits.door import permit
from kommpass.audits.editions import save_edition
from kommpass.audits.journal import record
from kommpass.audits.models import Procedure
from kommpass.balancing import content, queries
from kommpass.balancing.models import Balance, GoalBalance, SealedBalance
from kommpass.domain.canonical import canonical_json
from kommpass.domain.gates import missing
from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import GateClosed, NotPossible


@transaction.atomic
def open_balance(*, procedure: Procedure, by: Actor, at: datetime) -> Balance:
    """Begin the balance of a round; a second call gives the same one."""
    permit(by, "balance.write", procedure)
    balance, new = Balance.objects.get_or_create(procedure=procedure)
    if new:
        record(procedure, "balance.write", by=by, at=at, opened=True)
    return balance


@transaction.atomic
def write_balance(*, balance: Balance, text: str, seen: int | None = None, by: Actor, at: datetime) -> Balance:
    """The text above the goals: what was reached, in the town's own words."""
    permit(by, "balance.write", balance.procedure)
    _refuse_closed(balance)
    if save_edition(balance, seen, {"text": text}):
        record(balance.procedure, "balance.write", by=by, at=at)
    return balance


@transaction.atomic
def decide_goal(
    *, balance: Balance, goal: Goal, verdict: str, reason: str, seen: int | None = None, by: Actor, at: datetime
) -> GoalBalance:
    """Continue, done or dropped, with the reason. May be changed until the balance is closed."""
    permit(by, "balance.write", balance.procedure)
    _refuse_closed(balance)
    if goal.agreement.procedure_id != balance.procedure_id:
        raise NotPossible(_("Dieses Ziel gehört zu einem anderen Verfahren."))
    if not reason.strip():
        raise NotPossible(_("Bitte begründen Sie, warum es so weitergeht."))
    decided = GoalBalance.objects.filter(balance=balance, goal=goal).first()
    if decided is None:
        decided = GoalBalance.objects.create(
            balance=balance, goal=goal, verdict=verdict, reason=reason.strip(), by_name=by.name, at=at
        )
    elif save_edition(decided, seen, {"verdict": verdict, "reason": reason.strip()}):
        GoalBalance.objects.filter(pk=decided.pk).update(by_name=by.name, at=at)
    else:
        return decided
    record(balance.procedure, "balance.write", by=by, at=at, goal=goal.pk, verdict=verdict)
    return decided


@transaction.atomic
def close_balance(*, balance: Balance, by: Actor, at: datetime) -> SealedBalance:
    """Close the balance: every goal has its decision, and nobody changes it any more."""
    procedure = balance.procedure
    permit(by, "balance.close", procedure)
    _refuse_closed(balance)
    today = timezone.localdate(at)
    if shut := missing(queries.requirements(procedure, today)):
        raise GateClosed(_("Die Bilanz kann noch nicht abgeschlossen werden. Es fehlt noch etwas:"), shut)
    canonical = canonical_json(content.build(balance, closed_on=today))
    sealed = SealedBalance.objects.create(
        balance=balance,
        canonical=canonical,
        digest=sha256(canonical.encode()).hexdigest(),
        at=at,
        by_name=by.name,
    )
    record(procedure, "balance.close", by=by, at=at, digest=sealed.digest)
    return sealed


def _refuse_closed(balance: Balance) -> None:
    """Nobody decides on a goal while somebody else closes: the second of two waits here."""
    Balance.objects.select_for_update().get(pk=balance.pk)
    if SealedBalance.objects.filter(balance=balance).exists():
        raise NotPossible(_("Die Bilanz ist abgeschlossen. Sie lässt sich nicht mehr ändern."))
