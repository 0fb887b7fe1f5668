"""Annual reports: written, sealed, noted by a committee, sent in, sent back, put right, accepted."""

from kommpass.demo.walk import bodies
from kommpass.demo.walk.diary import Diary
from kommpass.demo.walk.rounds import period
from kommpass.demo.walk.town import TownOnItsWay
from kommpass.reporting import actions
from kommpass.reporting.models import Report, SealedReport


def note_report(diary: Diary, told: dict) -> None:
    """A report with everything that happens to it, written into the diary."""
    walk = diary.walk
    diary.note(told["begun"], lambda: begin(walk, told))
    if "sealed" in told:
        diary.note(told["sealed"], lambda: _seal(walk, told), hour=15)
    if "noted" in told:
        _note_committee(diary, told)
    if "submitted" in told:
        diary.note(told["submitted"], lambda: actions.submit_report(sealed=_latest(walk, told), **walk.now), hour=17)
    if "returned" in told:
        diary.note(told["returned"]["ago"], lambda: _return(walk, told))
        diary.note(told["returned"]["corrected"], lambda: _correct(walk, told))
    if "accepted" in told:
        diary.note(told["accepted"], lambda: _accept(walk, told), hour=14)


def begin(walk: TownOnItsWay, told: dict) -> Report:
    """Begin it, and write its texts: those of the sections, and those of the fields of action by their number."""
    first, last = period(walk, told["months"])
    report = actions.begin_report(
        procedure=walk.procedure,
        title=told["title"],
        period_from=first,
        period_until=last,
        due_on=walk.clock.day(told["due"]),
        **walk.now,
    )
    walk.marks[f"report {told['title']}"] = report
    for section, text in told.get("text", {}).items():
        actions.write_narrative(report=report, section=section, text=text, **walk.now)
    for number, text in told.get("field", {}).items():
        actions.write_narrative(report=report, field=walk.field(int(number)), text=text, **walk.now)
    return report


def _seal(walk: TownOnItsWay, told: dict, reason: str = "") -> SealedReport:
    report = walk.marks[f"report {told['title']}"]
    moment = walk.by("lead")
    return actions.seal_report(
        report=report, reason=reason, key_date=min(report.period_until, moment["at"].date()), **moment
    )


def _latest(walk: TownOnItsWay, told: dict) -> SealedReport:
    return walk.marks[f"report {told['title']}"].sealed.order_by("-number").first()


def _note_committee(diary: Diary, told: dict) -> None:
    """A paper for the committee, its place on the agenda, and the day after, when the council office enters it."""
    walk, paper = diary.walk, f"paper {told['title']}"
    (station,) = ({"result": "noted", **each} for each in told["noted"]["station"])

    def propose() -> None:
        walk.marks[paper] = bodies.draft(walk, {"purpose": "report", **told["noted"]})

    def take_note() -> None:
        noted = bodies.note_result(walk, walk.marks[paper], station)
        actions.note_report(sealed=_latest(walk, told), station=noted, **walk.by("office"))

    diary.note(told["noted"]["proposed"], propose, hour=16)
    diary.note(station["ago"] + bodies.DAYS_BEFORE, lambda: bodies.put_on_agenda(walk, walk.marks[paper], station))
    diary.note(station["ago"] - 1, take_note, hour=11)


def _return(walk: TownOnItsWay, told: dict) -> None:
    """The office asks back, measure by measure."""
    remarks = [(walk.fresh(name).number, text) for name, text in told["returned"]["remarks"]]
    actions.return_report(
        sealed=_latest(walk, told), note=told["returned"]["note"], remarks=remarks, **walk.by("association")
    )


def _correct(walk: TownOnItsWay, told: dict) -> None:
    """A correction is a further version, with what was asked for in its texts."""
    report = walk.marks[f"report {told['title']}"]
    for section, text in told["returned"]["text"].items():
        actions.write_narrative(report=report, section=section, text=text, **walk.now)
    sealed = _seal(walk, told, reason=told["returned"]["reason"])
    actions.submit_report(sealed=sealed, note=told["returned"].get("letter", ""), **walk.now)


def _accept(walk: TownOnItsWay, told: dict) -> None:
    actions.accept_report(sealed=_latest(walk, told), note=told.get("thanks", ""), **walk.by("association"))
