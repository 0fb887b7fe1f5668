"""What a certification scheme says: phases, gates, fields, questions, rungs. Data read from schemes/*.toml.

The code knows the words of scheme_vocabulary.py and judges; what is asked and required stands in the file.
A running procedure pins one version.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from kommpass.domain.phases import Stage
from kommpass.domain.scheme_vocabulary import SCALED_ANSWERS
from kommpass.domain.scoring import Scoring


@dataclass(frozen=True)
class Words:
    """A text in German and, where the file has it, in English."""

    de: str
    en: str = ""

    def __str__(self) -> str:
        return self.de

    def in_language(self, code: str) -> str:
        """The text for a language code such as "en" or "en-gb"; German where there is no translation.

        >>> Words("Auftakt", "Kick-off").in_language("en-gb"), Words("Auftakt").in_language("en")
        ('Kick-off', 'Auftakt')
        """
        return self.en if code.lower().startswith("en") and self.en else self.de


@dataclass(frozen=True)
class Option:
    """One thing to choose: an answer of a scale, a choice, a judgement of the rubric."""

    key: str
    title: Words


@dataclass(frozen=True)
class Phase:
    """A phase (Verfahrensphase). `stage` is the code's word for it, `weeks` a first guess for planning."""

    key: str
    number: int
    stage: Stage
    title: Words
    purpose: Words
    documents: tuple[Words, ...] = ()
    typical: Words = Words("")
    weeks: int | None = None
    rungs: tuple[str, ...] = ()


@dataclass(frozen=True)
class GateRule:
    """A requirement: a counted fact reaches a number, or another fact."""

    fact: str
    at_least: int | None
    equals_fact: str | None
    label: Words
    where: str
    severity: str


@dataclass(frozen=True)
class Gate:
    """A gate (Meilenstein) at the end of a phase."""

    key: str
    phase: str
    title: Words
    requires: tuple[GateRule, ...]


@dataclass(frozen=True)
class FieldOfAction:
    """A field of action (Handlungsfeld)."""

    key: str
    number: int
    title: Words
    purpose: Words


@dataclass(frozen=True)
class Module:
    """A cross-cutting module (Querschnittsthema)."""

    key: str
    title: Words
    purpose: Words


@dataclass(frozen=True)
class Rung:
    """A rung of the ladder of certificates (Zertifikatsstufe). `years` None: without a fixed end."""

    key: str
    title: Words
    years: int | None
    phases: tuple[str, ...]
    entry: Words
    needs_rung: str = ""


@dataclass(frozen=True)
class Question:
    """A question of the stocktaking (Frage der Bestandsaufnahme). `level`: who is competent by law."""

    key: str
    field: str
    text: Words
    help: Words
    evidence: Words
    level: str
    target_groups: tuple[str, ...]
    answer: str
    unit: str = ""
    options: tuple[Option, ...] = ()
    weight: str = ""
    since: str = ""


@dataclass(frozen=True)
class Scale:
    """The words for a scaled answer: Ja, zum Teil, Nein."""

    key: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class ReportSection:
    """A section of the annual report (Jahresbericht) and what to write there."""

    key: str
    title: Words
    prompt: Words


@dataclass(frozen=True)
class Criterion:
    """A criterion of the review (Begutachtung)."""

    key: str
    group: str
    title: Words
    text: Words


@dataclass(frozen=True)
class Rubric:
    """The criteria of the review; `note` says whose criteria these are."""

    note: Words
    answers: tuple[Option, ...]
    verdicts: tuple[Option, ...]
    criteria: tuple[Criterion, ...]

    def of_group(self, group: str) -> tuple[Criterion, ...]:
        return tuple(each for each in self.criteria if each.group == group)


@dataclass(frozen=True)
class QualityRule:
    """What a good measure says (specific, local, …), as a hint or as an error that stops freezing."""

    key: str
    severity: str
    text: Words


@dataclass(frozen=True)
class AmendmentLevel:
    """Who approves a later amendment of this kind (Nachtrag)."""

    kind: str
    level: str
    title: Words


@dataclass(frozen=True)
class Fee:
    """A known fee in euros; what lies between the known ones is agreed with the owner of the scheme."""

    key: str
    title: Words
    euros: int
    population_from: int = 0
    population_below: int | None = None


class Keyed(Protocol):
    @property
    def key(self) -> str: ...


Item = TypeVar("Item", bound=Keyed)


def find(items: Iterable[Item], key: str) -> Item:
    """The item with this key; KeyError when the scheme has none."""
    for each in items:
        if each.key == key:
            return each
    raise KeyError(key)


@dataclass(frozen=True)
class Scheme:
    """One version of a certification scheme (Zertifizierungsverfahren)."""

    key: str
    version: str
    title: Words
    owner: str
    note: Words
    kind: str
    phases: tuple[Phase, ...]
    gates: tuple[Gate, ...]
    fields: tuple[FieldOfAction, ...]
    modules: tuple[Module, ...]
    target_groups: tuple[Option, ...]
    rungs: tuple[Rung, ...]
    questions: tuple[Question, ...]
    scales: tuple[Scale, ...]
    scoring: Scoring | None
    report_template: tuple[ReportSection, ...]
    rubric: Rubric
    quality_rules: tuple[QualityRule, ...]
    amendment_levels: tuple[AmendmentLevel, ...]
    fees: tuple[Fee, ...]
    digest: str
    based_on: str = ""

    def phase(self, key: str) -> Phase:
        return find(self.phases, key)

    def phases_of(self, rung_key: str) -> tuple[Phase, ...]:
        return tuple(each for each in self.phases if rung_key in each.rungs)

    def gate(self, key: str) -> Gate:
        return find(self.gates, key)

    def gate_after(self, phase_key: str) -> Gate | None:
        return next((each for each in self.gates if each.phase == phase_key), None)

    def field(self, key: str) -> FieldOfAction:
        return find(self.fields, key)

    def module(self, key: str) -> Module:
        return find(self.modules, key)

    def target_group(self, key: str) -> Option:
        return find(self.target_groups, key)

    def rung(self, key: str) -> Rung:
        return find(self.rungs, key)

    def question(self, key: str) -> Question:
        return find(self.questions, key)

    def questions_of(self, field_key: str) -> tuple[Question, ...]:
        return tuple(each for each in self.questions if each.field == field_key)

    def options_of(self, question: Question) -> tuple[Option, ...]:
        """What can be ticked: the question's own choices or its scale; empty for texts and numbers."""
        if question.answer in SCALED_ANSWERS:
            return find(self.scales, question.answer).options
        return question.options

    def quality_rule(self, key: str) -> QualityRule | None:
        return next((each for each in self.quality_rules if each.key == key), None)

    def amendment_level(self, kind: str) -> str:
        return {each.kind: each.level for each in self.amendment_levels}[kind]


@dataclass(frozen=True)
class Part:
    """A part of a scheme as the preview of a change names it. `place`: its field, or its phase and stage."""

    kind: str
    key: str
    words: Words
    place: str = ""
    details: tuple[Words, ...] = ()


@dataclass(frozen=True)
class SchemeChanges:
    """What moving to another version would change; pairs are (old, new).

    `reworded`: text, help or evidence read differently. `moved`: another field, phase or place in the order.
    `altered`: something else is asked for (another kind of answer, other requirements, other phases).
    """

    added: tuple[Part, ...] = ()
    removed: tuple[Part, ...] = ()
    reworded: tuple[tuple[Part, Part], ...] = ()
    moved: tuple[tuple[Part, Part], ...] = ()
    altered: tuple[tuple[Part, Part], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.reworded or self.moved or self.altered)


def _parts(scheme: Scheme) -> dict[tuple[str, str], tuple[Part, object]]:
    """Every compared part, and beside it the rest of what it asks for."""
    found: list[tuple[Part, object]] = []
    for phase in scheme.phases:
        details = (phase.purpose, phase.typical, *phase.documents)
        place = f"{phase.number} {phase.stage}"
        found.append((Part("phase", phase.key, phase.title, place, details), (phase.weeks, phase.rungs)))
    for gate in scheme.gates:
        found.append((Part("gate", gate.key, gate.title, gate.phase), gate.requires))
    for field in scheme.fields:
        found.append((Part("field", field.key, field.title, str(field.number), (field.purpose,)), None))
    for rung in scheme.rungs:
        rest = (rung.years, rung.phases, rung.needs_rung)
        found.append((Part("rung", rung.key, rung.title, "", (rung.entry,)), rest))
    for module in scheme.modules:
        found.append((Part("module", module.key, module.title, "", (module.purpose,)), None))
    for section in scheme.report_template:
        found.append((Part("report_section", section.key, section.title, "", (section.prompt,)), None))
    for each in scheme.rubric.criteria:
        found.append((Part("criterion", each.key, each.title, each.group, (each.text,)), None))
    for fee in scheme.fees:
        found.append((Part("fee", fee.key, fee.title), (fee.euros, fee.population_from, fee.population_below)))
    for one in scheme.questions:
        part = Part("question", one.key, one.text, one.field, (one.help, one.evidence))
        found.append((part, (one.level, one.target_groups, one.answer, one.unit, one.options, one.weight)))
    return {(part.kind, part.key): (part, rest) for part, rest in found}


def changes(old: Scheme, new: Scheme) -> SchemeChanges:
    """Compare two versions: phases, gates, fields, rungs, modules, report, rubric, fees and questions."""
    before, after = _parts(old), _parts(new)
    both = [(before[key], after[key]) for key in after if key in before]
    return SchemeChanges(
        added=tuple(part for key, (part, _rest) in after.items() if key not in before),
        removed=tuple(part for key, (part, _rest) in before.items() if key not in after),
        reworded=tuple((a, b) for (a, _), (b, _) in both if (a.words, a.details) != (b.words, b.details)),
        moved=tuple((a, b) for (a, _), (b, _) in both if a.place != b.place),
        altered=tuple((a, b) for (a, one), (b, two) in both if one != two),
    )
