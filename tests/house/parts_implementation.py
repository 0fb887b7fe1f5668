"""What is in a town while it carries its measures out: rounds, answers, a view, a remark, a judgement, a link."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from kommpass.agreement import actions as agreement
from kommpass.domain.targets import NumberTarget
from kommpass.implementation import actions, queries
from kommpass.people.links import token_of
from tests.house.town_parts import link_for


def the_implementation(town) -> dict:
    """A closed round, one that runs with answers and a late date, and everything that is said beside it."""
    text, deed, values, procedure = town.text, town.deed, town.values, town.procedure
    measure, spare, organisation = values["measure"], values["spare"], values["organisation"]
    running = queries.open_round(procedure)
    if running is not None:
        actions.close_round(round=running, **deed)
    target = NumberTarget(Decimal(40), text("Plätze"), "2028")
    seats = agreement.add_indicator(measure=measure, name=text("Plätze"), target=target, baseline="12", **deed)
    round_ = _begin(town)
    deadline = {"text": text("Die Stelle war frei"), "expected": "2029"}
    reading = actions.Reading(seats, value=Decimal("12.5"), source=text("Zählung"))
    actions.report_progress(
        round=round_, measure=measure, state="in_progress", light="yellow", readings=[reading], **deadline, **deed
    )
    actions.report_progress(round=round_, measure=spare, state="done", light="green", **deed)
    actions.write_view(measure=measure, stance="doubts", text=text("Das sehe ich anders"), **deed)
    answered = actions.write_remark(measure=measure, text=text("Warum so spät?"), public=True, **deed)
    actions.answer_remark(remark=answered, answer=text("Weil es dauert"), **deed)
    remark = actions.write_remark(measure=measure, text=text("Und was kostet es?"), **deed)
    actions.judge_goal(goal=values["goal"], achievement="partly", text=text("Man sieht es schon"), **deed)
    asked = round_.asked.get(measure=measure).request
    actions.ask_owners(round=round_, requests=[asked], **deed)
    link = link_for(organisation, "progress", asked.pk)
    return {
        "round": round_, "round_id": round_.pk, "request_id": asked.pk, "status_remark_id": remark.pk,
        "goals/goal_id": values["goal"].pk, "answer/token": token_of(link),
    }  # fmt: skip


def _begin(town):
    """The next round: its period begins after the last one."""
    today, last = timezone.localdate(), queries.rounds(town.procedure).first()
    first = last.period_until + timedelta(days=1) if last else today - timedelta(days=300)
    return actions.open_round(
        procedure=town.procedure, title=town.text("Sachstand"), period_from=first,
        period_until=first + timedelta(days=60), due_on=today + timedelta(days=28), **town.deed,
    )  # fmt: skip
