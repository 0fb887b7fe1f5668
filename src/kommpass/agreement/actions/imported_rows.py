"""Turns the rows of a plan file into parts of the draft: every cell finds a place, nothing is dropped."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from kommpass.adapters.plan_files import PlanRow, PlanStatus
from kommpass.agreement.models import Agreement, Goal, Measure, StatusEntry, Step, StrategicGoal
from kommpass.agreement.preview import TITLE_LENGTH, Preview, title_key, written_key
from kommpass.audits.models import FieldOfAction
from kommpass.domain.moments import PartialDate
from kommpass.people.models import Organisation

KEY_LENGTH = Measure._meta.get_field("external_key").max_length
PRIORITY_LENGTH = Measure._meta.get_field("priority").max_length
FUNDING_LENGTH = Measure._meta.get_field("funding").max_length
LABEL_LENGTH = StatusEntry._meta.get_field("label").max_length


@dataclass
class Places:
    """Where new parts go: the last position used in each field of action, for goals and strategic goals."""

    goals: Counter[int]
    strategic_goals: Counter[int]


@dataclass
class DraftParts:
    """The parts of the draft that a plan becomes, in the order of the file, not saved yet.

    `kept` holds what a field or a goal says that has no place of its own in an agreement.
    """

    preview: Preview
    targets: Mapping[str, FieldOfAction]
    responsible: Callable[[str], Organisation | None]
    places: Places
    strategic_goals: list[StrategicGoal] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    statuses: list[StatusEntry] = field(default_factory=list)
    kept: list[dict] = field(default_factory=list)

    def __post_init__(self):
        self._rows: dict[str, PlanRow] = {}
        self._field_of: dict[str, FieldOfAction] = {}
        self._strategic: dict[str, StrategicGoal] = {}
        self._goals: dict[str, Goal] = {}
        self._collecting: dict[str, Goal] = {}
        self._measures: dict[str, Measure] = {}
        self._used: Counter[str] = Counter()
        take = {
            "field": self._take_field,
            "strategic_goal": self._take_strategic_goal,
            "goal": self._take_goal,
            "measure": self._take_measure,
            "step": self._take_step,
        }
        for row in self.preview.plan.rows:
            self._rows[row.key] = row
            if row.level != "field":
                self._field_of[row.key] = self._field_of[row.parent]
            elif title_key(row.title) in self.targets:
                self._field_of[row.key] = self.targets[title_key(row.title)]
            take[row.level](row)
        for status in self.preview.plan.statuses:
            self._take_status(status)
        self._keep_descriptions()

    @property
    def agreement(self) -> Agreement:
        return self.preview.agreement

    def _take_field(self, row: PlanRow) -> None:
        """A field without goals and measures may have no place among ours: then at least its name is kept."""
        nameless = {} if row.key in self._field_of else {"Handlungsfeld": row.title}
        self._keep(row, _told(row) | nameless)

    def _take_strategic_goal(self, row: PlanRow) -> None:
        text = "\n\n".join(part for part in (row.title, row.description) if part)
        self.places.strategic_goals[self._field_of[row.key].pk] += 1
        made = StrategicGoal(
            agreement=self.agreement,
            field=self._field_of[row.key],
            text=text,
            position=self.places.strategic_goals[self._field_of[row.key].pk],
        )
        self._strategic[row.key] = made
        self.strategic_goals.append(made)
        self._keep(row, _told(row))

    def _take_goal(self, row: PlanRow) -> None:
        self._goals[row.key] = self._add_goal(row, self._strategic.get(row.parent))
        self._keep(row, _told(row))

    def _add_goal(self, row: PlanRow, strategic_goal: StrategicGoal | None) -> Goal:
        target = self._field_of[row.key]
        self.places.goals[target.pk] += 1
        title, description = _short_title(row)
        made = Goal(
            agreement=self.agreement,
            field=target,
            strategic_goal=strategic_goal,
            title=title,
            description=description,
            position=self.places.goals[target.pk],
        )
        self.goals.append(made)
        return made

    def _goal_for(self, key: str) -> Goal:
        """The goal a measure stands under; directly under a field or a strategic goal, one titled like that."""
        if key in self._goals:
            return self._goals[key]
        if key not in self._collecting:
            self._collecting[key] = self._add_goal(self._rows[key], self._strategic.get(key))
        return self._collecting[key]

    def _take_measure(self, row: PlanRow) -> None:
        title, description = _short_title(row)
        more = dict(row.extra)
        organisation = self._organisation(row.responsible, more)
        self._used[row.parent] += 1
        due = row.due or _moment(self.preview.choices.due)
        made = Measure(
            agreement=self.agreement,
            goal=self._goal_for(row.parent),
            position=self._used[row.parent],
            external_key=_fitting(written_key(row), KEY_LENGTH, "Kennung", more),
            title=title,
            description=description,
            responsible=organisation,
            start=row.start.text if row.start else "",
            due=due.text if due else "",
            due_on=due.last_day if due else None,
            priority=_fitting(row.priority, PRIORITY_LENGTH, "Priorität", more),
            funding=self._fitting_cell("funding", FUNDING_LENGTH, more),
            target_groups=self._entries("target_groups", more),
            more=more,
        )
        self._measures[row.key] = made
        self.measures.append(made)

    def _organisation(self, said: str, more: dict) -> Organisation | None:
        found = self.responsible(said)
        if said and found is None:
            _add(more, "Zuständig", said)
        return found or self.preview.responsible

    def _fitting_cell(self, name: str, length: int, more: dict) -> str:
        """A cell that has an attribute of its own; one that is too long stays with the rest."""
        header = self.preview.plan.mapping_used.columns.get(name, "")
        return more.pop(header) if 0 < len(more.get(header, "")) <= length else ""

    def _entries(self, name: str, more: dict) -> list[str]:
        text = more.pop(self.preview.plan.mapping_used.columns.get(name, ""), "")
        return [entry.strip() for entry in text.replace("\n", ",").replace(";", ",").split(",") if entry.strip()]

    def _take_step(self, row: PlanRow) -> None:
        """A step has a title and a deadline; whatever else it says stays with its measure."""
        measure = self._measures[row.parent]
        self._used[row.parent] += 1
        self.steps.append(
            Step(
                measure=measure,
                title=row.title[:TITLE_LENGTH],
                due=row.due.text if row.due else "",
                due_on=row.due.last_day if row.due else None,
                position=self._used[row.parent],
            )
        )
        told = _told(row) | ({"Titel": row.title} if len(row.title) > TITLE_LENGTH else {})
        if row.description:
            told["Beschreibung"] = row.description
        for name, text in told.items():
            _add(measure.more, f"Schritt „{row.title[:80]}“: {name}", text)

    def _take_status(self, status: PlanStatus) -> None:
        first: date = status.period_from or status.period_until or self.preview.as_of
        long = len(status.label) > LABEL_LENGTH
        self.statuses.append(
            StatusEntry(
                measure=self._measures[status.measure_key],
                label=status.label[:LABEL_LENGTH],
                period_from=first,
                period_until=status.period_until or first,
                light=status.light,
                text="\n\n".join(part for part in (status.label if long else "", status.text) if part),
            )
        )

    def _keep(self, row: PlanRow, values: Mapping[str, str]) -> None:
        if values:
            self.kept.append({"where": row.where, "level": row.level, "title": row.title, "values": dict(values)})

    def _keep_descriptions(self) -> None:
        """The description of a field goes to its collecting goal; where there is none it is kept."""
        for row in self._rows.values():
            if row.level == "field" and row.description and row.key not in self._collecting:
                self._keep(row, {"Beschreibung": row.description})
        if self.preview.plan.about:
            about = {"where": "", "level": "", "title": self.preview.file_name, "values": dict(self.preview.plan.about)}
            self.kept.append(about)


def _told(row: PlanRow) -> dict[str, str]:
    """What a row says beyond title and description."""
    told = dict(row.extra)
    for name, text in (
        ("Nummer", written_key(row)),
        ("Zuständig", row.responsible),
        ("Beginn", row.start.german if row.start else ""),
        ("Frist", row.due.german if row.due and row.level != "step" else ""),
        ("Priorität", row.priority),
    ):
        if text:
            _add(told, name, text)
    return told


def _short_title(row: PlanRow) -> tuple[str, str]:
    """Title and description; a title that is too long is cut, and its full wording opens the description."""
    if len(row.title) <= TITLE_LENGTH:
        return row.title, row.description
    whole = "\n\n".join(part for part in (row.title, row.description) if part)
    return row.title[: TITLE_LENGTH - 1].rstrip() + "…", whole


def _fitting(text: str, length: int, name: str, more: dict) -> str:
    if len(text) <= length:
        return text
    _add(more, name, text)
    return ""


def _add(more: dict, name: str, text: str) -> None:
    """Add a text under a name that is still free."""
    free, count = name, 1
    while free in more:
        count += 1
        free = f"{name} ({count})"
    more[free] = text


def _moment(text: str) -> PartialDate | None:
    return PartialDate.parse(text) if text else None
