"""Later changes of what was adopted: proposed by whoever is late, approved at the level that the change needs."""

from kommpass.agreement import actions as agreement
from kommpass.bodies.models import Decision
from kommpass.demo.walk import bodies
from kommpass.demo.walk.diary import Diary
from kommpass.demo.walk.phases import propose_a_change
from kommpass.demo.walk.town import TownOnItsWay


def note_change(diary: Diary, told: dict) -> None:
    """A change with its approval: by the coordination, or by a body with a paper of its own."""
    walk = diary.walk
    if "ago" in told:
        diary.note(told["ago"], lambda: propose_a_change(walk, told), hour=10)
    if "approved" in told:
        diary.note(told["approved"], lambda: _approve(walk, told), hour=15)
    if "paper" in told:
        _note_paper(diary, told)


def _approve(walk: TownOnItsWay, told: dict, decision: Decision | None = None) -> None:
    agreement.approve_amendment(
        amendment=walk.fresh(f"change of {told['measure']}"),
        decision=decision,
        note=told.get("note", ""),
        **walk.by("office" if decision else "lead"),
    )


def _note_paper(diary: Diary, told: dict) -> None:
    """A paper for the body that decides, its place on the agenda, and the day after."""
    walk, paper = diary.walk, f"paper on {told['measure']}"
    (station,) = told["paper"]["station"]

    def propose() -> None:
        walk.marks[paper] = bodies.draft(walk, {"purpose": "amendment", **told["paper"]})

    def decide() -> None:
        _approve(walk, told, bodies.note_decision(walk, walk.marks[paper], station))

    diary.note(told["paper"]["proposed"], propose, hour=11)
    diary.note(station["ago"] + bodies.DAYS_BEFORE, lambda: bodies.put_on_agenda(walk, walk.marks[paper], station))
    diary.note(station["ago"] - 1, decide, hour=12)
