"""Reads each part of a scheme file: phases, rungs, gates, fields, questions, rubric, points."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from kommpass.domain.phases import Stage
from kommpass.domain.scheme_entries import Entry
from kommpass.domain.scheme_vocabulary import (
    AMENDMENT_KINDS,
    ANSWERS,
    APPROVAL_LEVELS,
    FACTS,
    LEVELS,
    QUALITY_CHECKS,
    QUALITY_SEVERITIES,
    ROOMS,
    RUBRIC_GROUPS,
    SCALED_ANSWERS,
    SEVERITIES,
)
from kommpass.domain.schemes import (
    AmendmentLevel,
    Criterion,
    Fee,
    FieldOfAction,
    Gate,
    GateRule,
    Keyed,
    Module,
    Option,
    Phase,
    QualityRule,
    Question,
    ReportSection,
    Rubric,
    Rung,
    Scale,
    Words,
)
from kommpass.domain.scoring import AnswerShare, ScoreClass, Scoring, SizeClass

Item = TypeVar("Item", bound=Keyed)


def keys(items: Iterable[Keyed]) -> tuple[str, ...]:
    return tuple(each.key for each in items)


def several(top: Entry, table: str, read: Callable[[Entry], Item], inherited: Sequence[Item] = ()) -> tuple[Item, ...]:
    """The inherited items, those with the same key replaced, new ones at the end."""
    own: dict[str, Item] = {}
    for entry in top.children(table):
        item = read(entry)
        entry.done()
        if item.key in own:
            raise entry.error(f"Den Schlüssel „{item.key}“ gibt es in [[{table}]] schon.", "key")
        own[item.key] = item
    known = keys(inherited)
    return (
        *(own.get(each.key, each) for each in inherited),
        *(each for key, each in own.items() if key not in known),
    )


def read_option(entry: Entry) -> Option:
    return Option(entry.key(), entry.words("title"))


def read_module(entry: Entry) -> Module:
    return Module(entry.key(), entry.words("title"), entry.words("purpose"))


def read_section(entry: Entry) -> ReportSection:
    return ReportSection(entry.key(), entry.words("title"), entry.words("prompt"))


def read_quality_rule(entry: Entry) -> QualityRule:
    severity = entry.one_of("severity", QUALITY_SEVERITIES)
    return QualityRule(entry.one_of("key", QUALITY_CHECKS), severity, entry.words("text"))


def read_fee(entry: Entry) -> Fee:
    return Fee(
        entry.key(),
        entry.words("title"),
        entry.number("euros"),
        entry.optional_number("population_from") or 0,
        entry.optional_number("population_below"),
    )


def read_scale(entry: Entry) -> Scale:
    key = entry.one_of("key", tuple(SCALED_ANSWERS))
    options = several(entry, "options", read_option)
    if keys(options) != SCALED_ANSWERS[key]:
        raise entry.error(f"Die Skala „{key}“ braucht genau: {', '.join(SCALED_ANSWERS[key])}.", "options")
    return Scale(key, options)


def fields_of(top: Entry, inherited: Sequence[FieldOfAction]) -> tuple[FieldOfAction, ...]:
    def read(entry: Entry) -> FieldOfAction:
        number = entry.number("number", least=1)
        return FieldOfAction(entry.key(), number, entry.words("title"), entry.words("purpose"))

    return _numbered(top, "field", several(top, "field", read, inherited))


def phases_of(top: Entry, inherited: Sequence[Phase]) -> tuple[Phase, ...]:
    return _numbered(top, "phase", several(top, "phase", _read_phase, inherited))


Numbered = TypeVar("Numbered", Phase, FieldOfAction)


def _numbered(top: Entry, table: str, items: tuple[Numbered, ...]) -> tuple[Numbered, ...]:
    """In the order of their numbers, each number once; a new version may squeeze one in."""
    numbers = [each.number for each in items]
    for entry in top.children(table):
        if numbers.count(number := entry.number("number")) > 1:
            raise entry.error(f"Die Nummer {number} ist in [[{table}]] mehrfach vergeben.", "number")
    if not items:
        raise top.error(f"Es fehlt mindestens ein [[{table}]].")
    return tuple(sorted(items, key=lambda each: each.number))


def _read_phase(entry: Entry) -> Phase:
    german, english = entry.texts("documents"), entry.texts("documents_en")
    if english and len(english) != len(german):
        raise entry.error("„documents_en“ muss so viele Einträge haben wie „documents“.", "documents_en")
    pairs = zip(german, english or ("",) * len(german), strict=True)
    return Phase(
        key=entry.key(),
        number=entry.number("number"),
        stage=Stage(entry.one_of("stage", tuple(Stage))),
        title=entry.words("title"),
        purpose=entry.words("purpose"),
        documents=tuple(Words(de, en) for de, en in pairs),
        typical=entry.words("typical", required=False),
        weeks=entry.optional_number("weeks", least=1),
    )


def rungs_of(top: Entry, phases: Sequence[str], inherited: Sequence[Rung]) -> tuple[Rung, ...]:
    earlier = list(keys(inherited))

    def read(entry: Entry) -> Rung:
        rung = Rung(
            key=entry.key(),
            title=entry.words("title"),
            years=entry.optional_number("years", least=1),
            phases=entry.many_of("phases", phases),
            entry=entry.words("entry"),
            needs_rung=entry.one_of("needs_rung", [each for each in earlier if each != entry.key()], ""),
        )
        if not rung.phases:
            raise entry.error(f"Die Stufe „{rung.key}“ braucht mindestens eine Phase.", "phases")
        earlier.append(rung.key)
        return rung

    rungs = several(top, "rung", read, inherited)
    if not rungs:
        raise top.error("Es fehlt mindestens ein [[rung]].")
    return rungs


def gates_of(top: Entry, phases: Sequence[str], inherited: Sequence[Gate]) -> tuple[Gate, ...]:
    def read(entry: Entry) -> Gate:
        rules = tuple(_read_rule(each) for each in entry.children("requires"))
        if not rules:
            raise entry.error(f"{entry.name}: Es fehlt mindestens eine Bedingung [[gate.requires]].")
        return Gate(entry.key(), entry.one_of("phase", phases), entry.words("title"), rules)

    gates = several(top, "gate", read, inherited)
    guarded = [each.phase for each in gates]
    for entry in top.children("gate"):
        if guarded.count(phase := entry.text("phase")) > 1:
            raise entry.error(f"Die Phase „{phase}“ hat mehr als einen Meilenstein.", "phase")
    return tuple(sorted(gates, key=lambda each: phases.index(each.phase)))


def _read_rule(entry: Entry) -> GateRule:
    rule = GateRule(
        fact=entry.one_of("fact", FACTS),
        at_least=entry.optional_number("at_least", least=1),
        equals_fact=entry.one_of("equals_fact", FACTS, "") or None,
        label=entry.words("label"),
        where=entry.one_of("where", ROOMS),
        severity=entry.one_of("severity", SEVERITIES, "error"),
    )
    if (rule.at_least is None) == (rule.equals_fact is None):
        raise entry.error("Eine Bedingung braucht entweder „at_least“ oder „equals_fact“.", "fact")
    if rule.fact == rule.equals_fact:
        raise entry.error("Eine Bedingung kann nicht mit sich selbst verglichen werden.", "equals_fact")
    entry.done()
    return rule


@dataclass(frozen=True)
class Asking:
    """What a question may refer to, and the version that asks it."""

    fields: tuple[str, ...]
    groups: tuple[str, ...]
    scales: tuple[str, ...]
    scoring: Scoring | None
    version: str


def questions_of(top: Entry, asking: Asking, inherited: Sequence[Question]) -> tuple[Question, ...]:
    """The questions in the order of the fields; a replaced one keeps its place and its first version."""
    removed = top.many_of("removed_questions", keys(inherited))
    since = {each.key: each.since for each in inherited}
    kept = tuple(each for each in inherited if each.key not in removed)
    merged = several(top, "question", lambda entry: _read_question(entry, asking), kept)
    dated = (replace(each, since=since.get(each.key, asking.version)) for each in merged)
    return tuple(sorted(dated, key=lambda each: asking.fields.index(each.field)))


def _read_question(entry: Entry, asking: Asking) -> Question:
    question = Question(
        key=entry.key(),
        field=entry.one_of("field", asking.fields),
        text=entry.words("text"),
        help=entry.words("help", required=False),
        evidence=entry.words("evidence", required=False),
        level=entry.one_of("level", LEVELS),
        target_groups=entry.many_of("target_groups", asking.groups),
        answer=entry.one_of("answer", ANSWERS),
        unit=entry.text("unit", ""),
        options=several(entry, "options", read_option),
        weight=entry.one_of("weight", keys(asking.scoring.classes) if asking.scoring else (), ""),
        since=asking.version,
    )
    if (question.answer == "choice") != bool(question.options):
        raise entry.error('„options“ gehört zu Fragen mit answer = "choice", und nur zu diesen.', "answer")
    if question.answer in SCALED_ANSWERS and question.answer not in asking.scales:
        raise entry.error(f"Zu „{question.answer}“ fehlt die Skala [[scale]].", "answer")
    if question.weight and question.answer not in SCALED_ANSWERS:
        raise entry.error("Punkte gibt es nur für Fragen mit Ja, zum Teil oder Nein.", "weight")
    return question


def read_rubric(entry: Entry) -> Rubric:
    def criterion(one: Entry) -> Criterion:
        return Criterion(one.key(), one.one_of("group", RUBRIC_GROUPS), one.words("title"), one.words("text"))

    rubric = Rubric(
        note=entry.words("note"),
        answers=several(entry, "answers", read_option),
        verdicts=several(entry, "verdicts", read_option),
        criteria=several(entry, "criterion", criterion),
    )
    entry.done()
    return rubric


def amendment_levels_of(top: Entry, inherited: Sequence[AmendmentLevel]) -> tuple[AmendmentLevel, ...]:
    own: dict[str, AmendmentLevel] = {}
    for entry in top.children("amendment"):
        kind = entry.one_of("kind", AMENDMENT_KINDS)
        if kind in own:
            raise entry.error(f"Die Art „{kind}“ gibt es in [[amendment]] schon.", "kind")
        own[kind] = AmendmentLevel(kind, entry.one_of("level", APPROVAL_LEVELS), entry.words("title"))
        entry.done()
    levels = {each.kind: each for each in inherited} | own
    for kind in AMENDMENT_KINDS:
        if kind not in levels:
            raise top.error(f"Unter [[amendment]] fehlt, wer Änderungen der Art „{kind}“ genehmigt.")
    return tuple(levels.values())


def read_scoring(entry: Entry) -> Scoring:
    def score_class(one: Entry) -> ScoreClass:
        return ScoreClass(one.key(), one.words("title"), one.number("points", least=1))

    def share(one: Entry) -> AnswerShare:
        return AnswerShare(one.one_of("key", SCALED_ANSWERS["yes_partly_no"]), one.number("percent", most=100))

    def size_class(one: Entry) -> SizeClass:
        return SizeClass(
            key=one.key(),
            title=one.words("title"),
            minimum_percent=one.number("minimum_percent", most=100),
            population_from=one.optional_number("population_from") or 0,
            population_below=one.optional_number("population_below", least=1),
            status=one.text("status", ""),
        )

    scoring = Scoring(
        several(entry, "class", score_class),
        several(entry, "answer", share),
        several(entry, "size_class", size_class),
        entry.number("max_points", least=1),
    )
    if set(keys(scoring.answers)) != set(SCALED_ANSWERS["yes_partly_no"]):
        raise entry.error("Unter [[scoring.answer]] müssen yes, partly und no stehen.")
    _check_sizes(entry, scoring.size_classes)
    entry.done()
    return scoring


def _check_sizes(scoring: Entry, sizes: Sequence[SizeClass]) -> None:
    """Every population finds exactly one class: from 0 upwards, no gap, no overlap, open at the end."""
    pairs = [pair for pair in zip(scoring.children("size_class"), sizes, strict=True) if not pair[1].status]
    expected: int | None = 0
    for entry, size in sorted(pairs, key=lambda pair: pair[1].population_from):
        if expected is None or size.population_from != expected:
            raise entry.error(f"Bei der Größenklasse „{size.key}“ entsteht eine Lücke oder Überschneidung.")
        expected = size.population_below
        if expected is not None and expected <= size.population_from:
            raise entry.error(f"Die Größenklasse „{size.key}“ endet, bevor sie beginnt.", "population_below")
    if expected is not None:
        raise scoring.error("Die größte Größenklasse muss nach oben offen sein (ohne „population_below“).")
