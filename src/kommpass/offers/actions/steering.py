"""What steering writes down: transitions of the prevention chain, and rules of what every district is to have."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kommpass.audits.door import permit
from kommpass.audits.editions import save_edition
from kommpass.audits.journal import record
from kommpass.domain.offers.prevention_chain import unsaid
from kommpass.domain.offers.vocabularies import FACILITIES, LIFE_PHASES
from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import NotPossible
from kommpass.offers.models import CoverageRule, Transition

MOST_WANTED = 100


@transaction.atomic
def add_transition(*, title: str, from_phase: str, to_phase: str, by: Actor, at: datetime, **about) -> Transition:
    """Describe who hands over to whom between two phases (or inside of one), or that nobody does."""
    permit(by, "prevention.write")
    added = Transition(title=title, from_phase=from_phase, to_phase=to_phase, **about)
    _refuse_impossible_transition(added)
    added.save(force_insert=True)
    record(None, "prevention.write", by=by, at=at, transition=added.pk, title=added.title, new=True)
    return added


@transaction.atomic
def change_transition(
    *, transition: Transition, seen: int | None = None, by: Actor, at: datetime, **changes
) -> Transition:
    """Change what is known of a transition. `seen` is the edition from which the person started."""
    permit(by, "prevention.write")
    changed = save_edition(transition, seen, changes)
    if changed:
        _refuse_impossible_transition(transition)
        record(None, "prevention.write", by=by, at=at, transition=transition.pk, changed=changed)
    return transition


@transaction.atomic
def remove_transition(*, transition: Transition, by: Actor, at: datetime) -> None:
    """Take a transition off the chain; the journal keeps what it said."""
    permit(by, "prevention.write")
    said = {"title": transition.title, "from_phase": transition.from_phase, "to_phase": transition.to_phase}
    record(None, "prevention.write", by=by, at=at, transition=transition.pk, removed=True, **said)
    transition.delete()


@transaction.atomic
def add_coverage_rule(*, title: str, facility: str, need: int = 1, by: Actor, at: datetime) -> CoverageRule:
    """Say what every district is to have: "each district has at least one family centre"."""
    permit(by, "prevention.write")
    _refuse_impossible_rule({"facility": facility, "need": need})
    rule = CoverageRule.objects.create(title=title, facility=facility, need=need)
    record(None, "prevention.write", by=by, at=at, rule=rule.pk, title=rule.title, new=True)
    return rule


@transaction.atomic
def change_coverage_rule(
    *, rule: CoverageRule, seen: int | None = None, by: Actor, at: datetime, **changes
) -> CoverageRule:
    """Change a rule. `seen` is the edition from which the person started."""
    permit(by, "prevention.write")
    _refuse_impossible_rule(changes)
    if changed := save_edition(rule, seen, changes):
        record(None, "prevention.write", by=by, at=at, rule=rule.pk, changed=changed)
    return rule


@transaction.atomic
def remove_coverage_rule(*, rule: CoverageRule, by: Actor, at: datetime) -> None:
    """Take a rule back; the journal keeps what it asked for."""
    permit(by, "prevention.write")
    said = {"title": rule.title, "facility": rule.facility, "need": rule.need}
    record(None, "prevention.write", by=by, at=at, rule=rule.pk, removed=True, **said)
    rule.delete()


def _refuse_impossible_transition(transition: Transition) -> None:
    if strange := LIFE_PHASES.unknown([transition.from_phase, transition.to_phase]):
        raise NotPossible(_("„%s“ steht nicht in der Liste.") % strange[0][:40])
    giver, taker = transition.giver_id is not None, transition.taker_id is not None
    if unsaid(giver=giver, taker=taker, gap=transition.gap):
        raise NotPossible(_("Bitte sagen Sie, wer übergibt und wer übernimmt. Wenn das niemand tut, fehlt hier etwas."))


def _refuse_impossible_rule(said: Mapping[str, object]) -> None:
    if strange := FACILITIES.unknown([str(said[name]) for name in ("facility",) if name in said]):
        raise NotPossible(_("„%s“ steht nicht in der Liste.") % strange[0][:40])
    if "need" in said and not 1 <= int(str(said["need"])) <= MOST_WANTED:
        raise NotPossible(_("Eine Regel verlangt mindestens eine und höchstens %d Einrichtungen.") % MOST_WANTED)
