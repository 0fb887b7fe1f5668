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
from kommpass.domain.permissions import Actor
from kommpass.municipalities.models import District, Municipality
from kommpass.participation.actions import note_use
from kommpass.participation.models import Card, Idea
from kommpass.stocktaking.models import Finding

AUDIT = "familiengerechte_kommune"


@dataclass
class TownOnItsWay:
    """The town, its people and its clock; `marks` are things that later parts refer to by the names of the data."""

    town: Municipality
    cast: Cast
    clock: Clock
    procedure: Procedure = None
    marks: dict[str, object] = field(default_factory=dict)

    @property
    def lead(self) -> Actor:
        return self.cast.actor("lead")

    @property
    def now(self) -> dict:
        """Who does the next step, and when: mostly the coordination."""
        return self.by("lead")

    def by(self, name: str) -> dict:
        return {"by": self.cast.actor(name), "at": self.clock()}

    def story(self, subject: str) -> dict:
        return story(self.town.slug, subject, self.clock.today)

    def field(self, number: int) -> FieldOfAction:
        return self.procedure.fields.get(number=number)

    def district(self, name: str) -> District:
        return District.objects.get(name=name)

    def begin(self, title: str) -> Procedure:
        """Start the first round on the newest version of the scheme."""
        self.procedure = audits.start_procedure(
            scheme_key=AUDIT, scheme_version=newest(AUDIT).version, rung="basic", title=title, **self.now
        )
        return self.procedure

    def plan(self, days: dict[str, tuple[int, int]]) -> None:
        """Planned dates by phase, as days ago (negative: to come)."""
        for phase in self.procedure.phases.all():
            if phase.key in days:
                begin, end = (self.clock.day(ago) for ago in days[phase.key])
                audits.plan_phase(phase=phase, planned_from=begin, planned_until=end, **self.now)

    def close(self, key: str) -> None:
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
