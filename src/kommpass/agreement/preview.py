"""What the import of a plan file would do: read, matched, counted. Nothing is written here."""

import hashlib
from collections import Counter
from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import PurePath

from kommpass.adapters.plan_files import Mapping, Plan, PlanRow, Problem, mapping_from_dict, read_plan
from kommpass.agreement.matching import Directory, could_be_organisation, field_meant
from kommpass.agreement.models import Agreement, Goal, ImportRun
from kommpass.audits.models import FieldOfAction
from kommpass.domain.moments import DateRefused, PartialDate
from kommpass.domain.words import _
from kommpass.people.models import Organisation

NEW = "new"
TITLE_LENGTH = Goal._meta.get_field("title").max_length
WARNING = "warning"
MADE_UP_KEYS = ("zeile:", "feld:", "strategie:", "ziel:", "schritt:")


@dataclass(frozen=True)
class Choices:
    """What people decided about a file.

    `mapping` None means: guess. `part` is a town of a LocalZero file or a sheet. `fields` says for a field's
    title (see `title_key`) the key of a field of action, or "new". `responsible`, `due` and `as_of` stand in
    where the file says nothing: for measures without, and as the day of a status without a date.
    """

    mapping: Mapping | None = None
    part: str = ""
    fields: AnyMapping[str, str] = field(default_factory=dict)
    create_fields: bool = False
    create_organisations: bool = False
    responsible: int | None = None
    due: str = ""
    as_of: date | None = None

    def as_dict(self) -> dict:
        """As JSON keeps it; without what was not decided."""
        whole = {
            "mapping": self.mapping.as_dict() if self.mapping else None,
            "part": self.part,
            "fields": dict(self.fields),
            "create_fields": self.create_fields,
            "create_organisations": self.create_organisations,
            "responsible": self.responsible,
            "due": self.due,
            "as_of": self.as_of.isoformat() if self.as_of else None,
        }
        return {name: value for name, value in whole.items() if value}

    @classmethod
    def from_dict(cls, raw: AnyMapping) -> "Choices":
        """The inverse of `as_dict`."""
        mapping = mapping_from_dict(raw["mapping"]) if raw.get("mapping") else None
        as_of = date.fromisoformat(raw["as_of"]) if raw.get("as_of") else None
        return cls(**{**raw, "mapping": mapping, "as_of": as_of})


@dataclass(frozen=True)
class FieldMeant:
    """A field of the file, and where its goals go: to `target`, to a new field of action, or still undecided.

    An `empty` one, without goals and measures, needs no place.
    """

    title: str
    measures: int
    empty: bool = False
    target: FieldOfAction | None = None
    new: bool = False
    guessed: bool = False

    @property
    def key(self) -> str:
        return title_key(self.title)

    @property
    def decided(self) -> bool:
        return self.new or self.empty or self.target is not None


@dataclass(frozen=True)
class Named:
    """Somebody the file names as responsible: an organisation of the town, one to be made, or a text to keep."""

    text: str
    measures: int
    organisation: Organisation | None = None
    to_be_made: bool = False


@dataclass(frozen=True)
class Preview:
    """A file as it was understood, with everything that still stands against its import."""

    agreement: Agreement
    file_name: str
    digest: str
    plan: Plan
    choices: Choices
    as_of: date
    fields: tuple[FieldMeant, ...] = ()
    named: tuple[Named, ...] = ()
    problems: tuple[Problem, ...] = ()
    earlier: ImportRun | None = None
    responsible: Organisation | None = None

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(each for each in self.problems if each.severity != WARNING)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        return tuple(each for each in self.problems if each.severity == WARNING)

    @property
    def undecided(self) -> tuple[FieldMeant, ...]:
        return tuple(each for each in self.fields if not each.decided)

    @property
    def unmatched(self) -> tuple[Named, ...]:
        return tuple(each for each in self.named if each.organisation is None)

    @property
    def importable(self) -> bool:
        return bool(self.plan.rows) and not self.errors and not self.undecided and self.earlier is None

    @property
    def counts(self) -> dict[str, int]:
        """What comes out, by level; `lines` are the data lines of the file, all of them accounted for."""
        levels = Counter(row.level for row in self.plan.rows)
        return {
            "lines": self.plan.lines_read,
            "fields": levels["field"],
            "strategic_goals": levels["strategic_goal"],
            "goals": levels["goal"],
            "collecting_goals": len(collecting(self.plan.rows)),
            "measures": levels["measure"],
            "steps": levels["step"],
            "descriptions": self.plan.descriptions,
            "statuses": len(self.plan.statuses),
        }


def dry_run(
    *, agreement: Agreement, file_name: str, content: bytes, choices: Choices | None = None, today: date
) -> Preview:
    """Read a plan file and match it with the town. A constant number of queries; never raises for bad input."""
    choices = choices or Choices()
    name = PurePath(file_name).name[:200]
    plan = read_plan(content, name, mapping=choices.mapping, city=choices.part, sheet=choices.part)
    organisations = {each.pk: each for each in Organisation.objects.all()}
    preview = Preview(
        agreement=agreement,
        file_name=name,
        digest=hashlib.sha256(content).hexdigest(),
        plan=plan,
        choices=choices,
        as_of=choices.as_of or today,
        fields=_fields(agreement, plan.rows, choices),
        named=_named(plan.rows, Directory(organisations.values()), choices),
        responsible=organisations.get(choices.responsible or 0),
    )
    problems = (*plan.problems, *_noticed(preview), *_unsuitable(choices))
    return replace(preview, problems=problems, earlier=earlier_run(agreement, preview.digest, choices.part))


def title_key(title: str) -> str:
    """How decisions name a field of the file: case and blanks do not matter."""
    return " ".join(title.split()).casefold()


def written_key(row: PlanRow) -> str:
    """The number that a row has in the file; "" where it has none and the reader made one up."""
    return "" if row.key.startswith(MADE_UP_KEYS) else row.key


def collecting(rows: Sequence[PlanRow]) -> list[str]:
    """The keys of fields and strategic goals that hold measures without a goal between: each needs one."""
    levels = {row.key: row.level for row in rows}
    held = [row.parent for row in rows if row.level == "measure" and levels[row.parent] != "goal"]
    return list(dict.fromkeys(held))


def earlier_run(agreement: Agreement, digest: str, part: str) -> ImportRun | None:
    """A run that has brought in the same file already. Another town or sheet of it is something else."""
    for run in agreement.imports.filter(file_digest=digest, undone_at=None).defer("made"):
        before = run.mapping.get("part", "")
        if not part or not before or before == part:
            return run
    return None


def _fields(agreement: Agreement, rows: Sequence[PlanRow], choices: Choices) -> tuple[FieldMeant, ...]:
    procedure = agreement.procedure
    ours = list(procedure.fields.all())
    by_key = {str(each.pk): each for each in ours}
    below = _below_fields(rows)
    fields: dict[str, list[PlanRow]] = {}
    for row in rows:
        if row.level == "field":
            fields.setdefault(title_key(row.title), []).append(row)
    found = []
    for key, alike in fields.items():
        inside = [each for row in alike for each in below[row.key]]
        title, measures = alike[0].title, sum(each.level == "measure" for each in inside)
        said = choices.fields.get(key, "")
        target = by_key.get(said) or (None if said == NEW else field_meant(title, procedure, ours))
        new = said == NEW or (target is None and choices.create_fields and bool(inside))
        guessed = target is not None and said not in by_key
        found.append(FieldMeant(title, measures, not inside, target, new, guessed))
    return tuple(found)


def _below_fields(rows: Sequence[PlanRow]) -> dict[str, list[PlanRow]]:
    """Everything that stands below each field of the file, at any depth."""
    top: dict[str, str] = {}
    below: dict[str, list[PlanRow]] = {}
    for row in rows:
        top[row.key] = top.get(row.parent, row.key)
        below.setdefault(top[row.key], [])
        if top[row.key] != row.key:
            below[top[row.key]].append(row)
    return below


def _named(rows: Sequence[PlanRow], directory: Directory, choices: Choices) -> tuple[Named, ...]:
    said = Counter(row.responsible for row in rows if row.level == "measure" and row.responsible)
    found = []
    for text, count in said.items():
        organisation = directory.meant(text)
        make = organisation is None and choices.create_organisations and could_be_organisation(text)
        found.append(Named(text, count, organisation, make))
    return tuple(found)


def _noticed(preview: Preview) -> list[Problem]:
    """What will be understood a little differently from how it is written."""
    plan = preview.plan
    problems = []
    for row in plan.rows:
        if len(row.title) > TITLE_LENGTH:
            message = _(
                "Der Titel hat {count} Zeichen, Platz ist für {limit}. Der volle Wortlaut steht in der Beschreibung."
            )
            values = {"count": len(row.title), "limit": TITLE_LENGTH}
            problems.append(Problem(row.where, "", message, WARNING, values))
    undated = sum(each.period_from is None for each in plan.statuses)
    if undated:
        message = _("{count} Sachstände haben kein Datum. Sie werden als Stand vom {day} eingetragen.")
        values = {"count": undated, "day": f"{preview.as_of:%d.%m.%Y}"}
        problems.append(Problem("", "", message, WARNING, values))
    known = set(preview.agreement.measures.exclude(external_key="").values_list("external_key", "title"))
    double = sum(row.level == "measure" and (row.key, row.title) in known for row in plan.rows)
    if double:
        message = _(
            "{count} Maßnahmen stehen mit Nummer und Titel schon im Entwurf. Sie wären danach doppelt vorhanden."
        )
        problems.append(Problem("", "", message, WARNING, {"count": double}))
    return problems


def _unsuitable(choices: Choices) -> list[Problem]:
    """A stand-in deadline that is no date."""
    try:
        if choices.due:
            PartialDate.parse(choices.due)
    except DateRefused as refused:
        return [Problem("", "", refused.message, values=refused.values)]
    return []
