"""Reporting on a measure: state, one paragraph, new date, indicator values; or "nothing has changed" in one click."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from kommpass.agreement.models import Indicator, Measure
from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.domain.moments import DateRefused, PartialDate
from kommpass.domain.permissions import Actor, Role
from kommpass.domain.progress import ENDED, Light, MeasureState, needs_reason
from kommpass.domain.refusals import NotAllowed, NotPossible
from kommpass.implementation import queries
from kommpass.implementation.models import IndicatorReading, SelfAssessment, StatusRound


@dataclass(frozen=True)
class Reading:
    """A value of an indicator as it was typed: a number, or words where the target is no number."""

    indicator: Indicator
    value: Decimal | None = None
    words: str = ""
    as_of: str = ""
    source: str = ""


@transaction.atomic
def report_progress(
    *,
    round: StatusRound,
    measure: Measure,
    state: str,
    light: str,
    text: str = "",
    expected: str = "",
    readings: Sequence[Reading] = (),
    by: Actor,
    at: datetime,
) -> SelfAssessment:
    """Say how far a measure is. From yellow on, and where it ends otherwise than agreed, a reason is needed."""
    _refuse_outside(round, measure, by)
    known_state, known_light = MeasureState(state), Light(light)
    text = text.strip()
    if needs_reason(known_state, known_light) and not text:
        raise NotPossible(_("Bitte schreiben Sie in einem Satz, woran es liegt."))
    if expected and known_state in ENDED:
        raise NotPossible(_("Was schon abgeschlossen ist, braucht keinen neuen Termin."))
    assessment = SelfAssessment.objects.create(
        round=round,
        measure=measure,
        state=state,
        light=light,
        text=text,
        expected=_moment(expected),
        by_id=by.id,
        by_name=by.name,
        via=by.via,
        at=at,
    )
    _keep_readings(assessment, readings, round, at)
    record(
        round.procedure,
        "progress.report",
        by=by,
        at=at,
        round=round.pk,
        measure=measure.pk,
        state=state,
        light=light,
        expected=assessment.expected,
        readings=len(readings),
    )
    return assessment


@transaction.atomic
def confirm_unchanged(
    *, round: StatusRound, measures: Iterable[Measure], by: Actor, at: datetime
) -> list[SelfAssessment]:
    """One click: what was said last still holds. Measures without an earlier word are left alone, they need one.

    Doing it twice changes nothing: who has an answer in this round is not confirmed again.
    """
    chosen = list(measures)
    for measure in chosen:
        _refuse_outside(round, measure, by)
    answered = queries.given(round)
    words = queries.newest(round.procedure.agreement)
    made = [
        SelfAssessment(
            round=round,
            measure=measure,
            state=last.state,
            light=last.light,
            text=last.text,
            expected=last.expected,
            unchanged=True,
            by_id=by.id,
            by_name=by.name,
            via=by.via,
            at=at,
        )
        for measure in chosen
        if measure.pk not in answered and (last := words.get(measure.pk)) is not None
    ]
    SelfAssessment.objects.bulk_create(made)
    if made:
        confirmed = [each.measure_id for each in made]
        record(round.procedure, "progress.report", by=by, at=at, round=round.pk, unchanged=confirmed)
    return made


def _refuse_outside(round_: StatusRound, measure: Measure, by: Actor) -> None:
    permit(by, "progress.report", round_.procedure)
    if not round_.open:
        raise NotPossible(_("Diese Statusrunde ist abgeschlossen. Wenden Sie sich bitte an die Koordination."))
    if not by.has(Role.COORDINATOR) and measure.responsible_id not in by.organisations:
        raise NotAllowed(_("Diese Maßnahme gehört zu einer anderen Organisation."))
    if not round_.asked.filter(measure=measure).exists():
        raise NotPossible(_("Nach dieser Maßnahme wird in dieser Statusrunde nicht gefragt."))


def _moment(written: str) -> str:
    try:
        return PartialDate.parse(written).text if written else ""
    except DateRefused as refused:
        raise NotPossible(_(refused.message).format(**refused.values)) from None


def _keep_readings(assessment: SelfAssessment, readings: Sequence[Reading], round_: StatusRound, at: datetime) -> None:
    for each in readings:
        if each.indicator.measure_id != assessment.measure_id:
            raise NotPossible(_("Dieser Indikator gehört zu einer anderen Maßnahme."))
    IndicatorReading.objects.bulk_create(
        IndicatorReading(
            indicator=each.indicator,
            assessment=assessment,
            value=each.value,
            words=each.words.strip(),
            as_of=_moment(each.as_of) or round_.period_until.isoformat(),
            source=each.source.strip(),
            at=at,
        )
        for each in readings
        if each.value is not None or each.words.strip()
    )
