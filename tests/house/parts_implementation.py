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
    text, deed, values = town.text, town.deed, town.values
    measure, spare, organisation = values["measure"], values["spare"], values["organisation"]
    target = NumberTarget(Decimal(40), text("Plätze"), "2028")
    seats = agreement.add_indicator(measure=measure, name=text("Plätze"), target=target, baseline="12", **deed)
    round_ = queries.open_round(town.procedure) or _begin(town)
    asked = _ask_about(round_, measure, organisation)
    _ask_about(round_, spare, organisation)
    why = {"text": text("Die Stelle war frei"), "expected": "2029"}
    reading = actions.Reading(seats, value=Decimal("12.5"), source=text("Zählung"))
    actions.report_progress(
        round=round_, measure=measure, state="in_progress", light="yellow", readings=[reading], **why, **deed
    )
    actions.report_progress(round=round_, measure=spare, state="done", light="green", **deed)
    actions.write_view(measure=measure, stance="doubts", text=text("Das sehe ich anders"), **deed)
    answered = actions.write_remark(measure=measure, text=text("Warum so spät?"), public=True, **deed)
    actions.answer_remark(remark=answered, answer=text("Weil es dauert"), **deed)
    remark = actions.write_remark(measure=measure, text=text("Und was kostet es?"), **deed)
    actions.judge_goal(goal=values["goal"], achievement="partly", text=text("Man sieht es schon"), **deed)
    actions.ask_owners(round=round_, requests=[asked], **deed)
    link = link_for(organisation, "progress", asked.pk)
    return {
        "round": round_, "round_id": round_.pk, "request_id": asked.pk, "status_remark_id": remark.pk,
        "answer/token": token_of(link),
    }  # fmt: skip


def _begin(town):
    """A round that is over, and the one that runs."""
    today = timezone.localdate()
    for number, begins in enumerate((today - timedelta(days=700), today - timedelta(days=300))):
        opened = actions.open_round(
            procedure=town.procedure, title=town.text(f"Sachstand {number}"), period_from=begins,
            period_until=begins + timedelta(days=280), due_on=today + timedelta(days=28), **town.deed,
        )  # fmt: skip
        if number == 0:
            actions.report_progress(
                round=opened, measure=town.values["measure"], state="not_started", light="green", **town.deed
            )
            actions.close_round(round=opened, **town.deed)
    return opened


def _ask_about(round_, measure, organisation):
    """The request about this measure; what came after the round began is added to it by hand."""
    found = round_.asked.filter(measure=measure).first()
    if found is None:
        email = f"{measure.pk}@{organisation.pk}.example"
        request = round_.requests.create(organisation=organisation, name=organisation.name, email=email)
        found = request.asked.create(round=round_, measure=measure)
    return found.request
