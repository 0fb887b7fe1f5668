"""Status rounds: who is asked, what they say, who stays silent; and what others say to it."""

from datetime import date
from decimal import Decimal

from kommpass.agreement.models import Measure
from kommpass.demo.walk.diary import Diary
from kommpass.demo.walk.review import month_of
from kommpass.demo.walk.town import TownOnItsWay
from kommpass.domain.moments import PartialDate
from kommpass.implementation import actions
from kommpass.implementation.actions import Reading
from kommpass.implementation.models import StatusRound


def period(walk: TownOnItsWay, months: list[int]) -> tuple[date, date]:
    """First and last day of a stretch of the certificate's term: [1, 12] is its first year."""
    begins = PartialDate.of(walk.marks["certificate"].valid_from_on)
    first, last = (month_of(begins, number) for number in months)
    return first.first_day, last.last_day


def note_round(diary: Diary, told: dict) -> None:
    """A round from its opening to its end, written into the diary."""
    walk = diary.walk
    diary.note(told["opens"], lambda: begin(walk, told))
    for organisation, ago in told["answered"].items():
        diary.note(ago, lambda organisation=organisation: answer(walk, told, organisation), hour=11)
    if "closes" in told:
        diary.note(told["closes"], lambda: actions.close_round(round=_open(walk), **walk.now), hour=16)


def begin(walk: TownOnItsWay, told: dict) -> StatusRound:
    """Open it, and write to everybody who is asked."""
    first, last = period(walk, told["months"])
    opened = actions.open_round(
        procedure=walk.procedure,
        title=told["title"],
        period_from=first,
        period_until=last,
        due_on=walk.clock.day(told["due"]),
        **walk.now,
    )
    actions.ask_owners(round=opened, requests=opened.requests.order_by("name", "pk"), **walk.now)
    return opened


def _open(walk: TownOnItsWay) -> StatusRound:
    return StatusRound.objects.get(procedure=walk.procedure, closed_at=None)


def answer(walk: TownOnItsWay, told: dict, organisation: str) -> None:
    """One organisation says what has changed; with a click on "nothing has changed" the rest is confirmed."""
    opened, voice = _open(walk), walk.cast.voice_of(organisation)
    own = Measure.objects.filter(
        asked__round=opened, responsible=walk.cast.organisations[organisation]
    ).order_by("position", "pk")  # fmt: skip
    said = {walk.marks[name].pk: each for name, each in told["said"].items()}
    for measure in own.prefetch_related("indicators"):
        if each := said.get(measure.pk):
            _report(walk, opened, measure, each, voice)
    if organisation in told.get("unchanged", []):
        actions.confirm_unchanged(round=opened, measures=own, by=voice, at=walk.clock())


def _report(walk: TownOnItsWay, opened: StatusRound, measure: Measure, told: dict, voice) -> None:
    """State, light and a paragraph; values of the indicators in the order in which the measure has them."""
    values = zip(measure.indicators.all(), told.get("values", []), strict=False)
    actions.report_progress(
        round=opened,
        measure=measure,
        state=told.get("state", "in_progress"),
        light=told.get("light", "green"),
        text=told.get("text", ""),
        expected=told.get("expected", ""),
        readings=[
            Reading(indicator, words=value) if isinstance(value, str) else Reading(indicator, Decimal(str(value)))
            for indicator, value in values
        ],
        by=voice,
        at=walk.clock(),
    )


def note_voices(diary: Diary, told: dict) -> None:
    """The auditor's views, questions of the council with their answers, and whether goals are reached."""
    for each in told.get("view", []):
        diary.note(each["ago"], lambda each=each: _view(diary.walk, each), hour=14)
    for each in told.get("remark", []):
        diary.note(each["ago"], lambda each=each: _remark(diary.walk, each), hour=17)
        if "answered" in each:
            diary.note(each["answered"], lambda each=each: _answer_remark(diary.walk, each), hour=12)
    for each in told.get("judgement", []):
        diary.note(each["ago"], lambda each=each: _judge(diary.walk, each), hour=13)


def _view(walk: TownOnItsWay, told: dict) -> None:
    actions.write_view(
        measure=walk.fresh(told["measure"]), stance=told["stance"], text=told["text"], **walk.by("auditor")
    )


def _remark(walk: TownOnItsWay, told: dict) -> None:
    walk.marks[f"remark {told['text']}"] = actions.write_remark(
        measure=walk.fresh(told["measure"]), text=told["text"], public=told.get("public", False), **walk.by(told["by"])
    )


def _answer_remark(walk: TownOnItsWay, told: dict) -> None:
    actions.answer_remark(remark=walk.fresh(f"remark {told['text']}"), answer=told["answer"], **walk.now)


def _judge(walk: TownOnItsWay, told: dict) -> None:
    actions.judge_goal(goal=walk.fresh(told["goal"]), achievement=told["achievement"], text=told["text"], **walk.now)
