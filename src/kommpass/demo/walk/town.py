"""A town on its way: what every part of the walk needs at hand."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from kommpass.agreement.actions import add_origin
from kommpass.audits import actions as audits
from kommpass.audits.catalogue import newest
from kommpass.audits.models import FieldOfAction, Procedure
from kommpass.cockpit.actions import close_phase
from kommpass.demo.cast import Cast
from kommpass.demo.clock import Clock
from kommpass.demo.stories import story
from kommpass.municipalities.models import District, Municipality
from kommpass.participation.actions import note_use
from kommpass.participation.models import Card, Idea
from kommpass.stocktaking.models import Finding

AUDIT = "familiengerechte_kommune"


@dataclass
class TownOnItsWay:
    """The town, its people and its clock; `marks` are things that later parts refer to by the names of the data.

    `folder` holds the data of the round that is walked: "" for the first, "second/" for the second.
    """

    town: Municipality
    cast: Cast
    clock: Clock
    folder: str = ""
    procedure: Procedure = None
    marks: dict[str, object] = field(default_factory=dict)

    @property
    def now(self) -> dict:
        """Who does the next step, and when: mostly the coordination."""
        return self.by("lead")

    def by(self, name: str) -> dict:
        return {"by": self.cast.actor(name), "at": self.clock()}

    def story(self, subject: str) -> dict:
        return story(self.town.slug, f"{self.folder}{subject}", self.clock.today)

    def fresh(self, name: str):
        """What the data call so, as the database has it now: years may have passed since it was written."""
        thing = self.marks[name]
        return type(thing).objects.get(pk=thing.pk)

    def go(self, day: str, hour: int = 9) -> None:
        """Go on to a day of the way that the data have named."""
        self.clock.on(self.story("way")["days"][day], hour)

    def field(self, number: int) -> FieldOfAction:
        return self.procedure.fields.get(number=number)

    def key_of(self, organisation: int) -> str:
        """What the data call an organisation."""
        return next(name for name, each in self.cast.organisations.items() if each.pk == organisation)

    def district(self, name: str) -> District:
        return District.objects.get(name=name)

    def begin(self) -> None:
        """Start a round, and plan it: on the version of the scheme that the data name, else on the newest.

        The data give planned dates by phase as days ago (negative: to come).
        """
        told = self.story("way")
        self.procedure = audits.start_procedure(
            scheme_key=AUDIT,
            scheme_version=told.get("scheme_version") or newest(AUDIT).version,
            rung=told["rung"],
            title=told["title"],
            **self.now,
        )
        for phase in self.procedure.phases.all():
            if phase.key in told["phases"]:
                begin, end, *_closed = (self.clock.day(ago) for ago in told["phases"][phase.key])
                audits.plan_phase(phase=phase, planned_from=begin, planned_until=end, **self.now)

    def close(self, key: str) -> None:
        """Close a phase on the day that the data name after its plan."""
        _begin, _end, closed = self.story("way")["phases"][key]
        self.clock.on(closed)
        self.close_now(key)

    def close_now(self, key: str) -> None:
        """Through the gate, as the button in the cockpit does."""
        close_phase(phase=self.procedure.phases.get(key=key), **self.now)

    def originate(self, names: Iterable[str], *, goal=None, measure=None) -> None:
        """Link a goal or a measure to the findings, cards and ideas it comes from."""
        kinds = {Finding: "finding", Card: "card", Idea: "idea"}
        for name in names:
            source = self.marks[name]
            add_origin(goal=goal, measure=measure, **{kinds[type(source)]: source}, **self.now)
            if isinstance(source, Card) and not source.turned_into:
                thing = goal or measure
                note_use(card=source, turned_into="goal" if goal else "measure", turned_into_id=thing.pk, **self.now)


Step = Callable[[TownOnItsWay], None]
