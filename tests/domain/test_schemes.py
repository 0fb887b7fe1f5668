"""Scheme files: the shipped ones hold, a broken one is refused with file, line and reason, versions differ visibly."""

import hashlib
import re
from pathlib import Path

import pytest

import kommpass
from kommpass.domain.phases import Stage
from kommpass.domain.scheme_files import SchemeError, load, load_all
from kommpass.domain.scheme_vocabulary import AMENDMENT_KINDS, FACTS, LEVELS, QUALITY_CHECKS, ROOMS
from kommpass.domain.schemes import GateRule, Option, Part, Phase, Question, Rung, Scheme, Words, changes
from kommpass.domain.scoring import maximum_points

SHIPPED_FOLDER = Path(kommpass.__path__[0]) / "schemes"
SHIPPED = load_all(SHIPPED_FOLDER)
AUDIT = SHIPPED["familiengerechte_kommune", "2025.1"]
AUDIT_2026 = SHIPPED["familiengerechte_kommune", "2026.1"]
PLUS = SHIPPED["familienbewusst_plus", "2020.1"]

SMALL = """\
key = "klein"
version = "2025.1"
kind = "scored"
title = "Kleines Verfahren"
title_en = "Small scheme"
owner = "Verein"
note = "Alles ist von uns."

[[phase]]
key = "stocktaking"
number = 1
stage = "stocktaking"
title = "Bestandsaufnahme"
purpose = "Fragen beantworten."
documents = ["Fragebogen"]
documents_en = ["Questionnaire"]
typical = "drei Monate"
weeks = 12

[[phase]]
key = "council"
number = 2
stage = "council"
title = "Rat"
purpose = "Der Rat entscheidet."

[[gate]]
key = "G1"
phase = "stocktaking"
title = "Alles ist beantwortet"

[[gate.requires]]
fact = "questions_answered"
equals_fact = "questions"
label = "Fragen beantwortet"
where = "stocktaking"

[[gate]]
key = "G2"
phase = "council"
title = "Der Rat hat entschieden"

[[gate.requires]]
fact = "council_decisions"
at_least = 1
label = "Beschluss"
where = "bodies"
severity = "warning"

[[rung]]
key = "basic"
title = "Grundzertifikat"
years = 3
phases = ["stocktaking", "council"]
entry = "Beschluss des Rates."

[[rung]]
key = "advanced"
title = "Aufbauzertifikat"
phases = ["council"]
entry = "Nach drei Jahren."
needs_rung = "basic"

[[field]]
key = "living"
number = 1
title = "Wohnen"
purpose = "Wie Familien wohnen."

[[module]]
key = "inclusion"
title = "Inklusion"
purpose = "Für alle."

[[target_group]]
key = "families"
title = "Familien"

[[scale]]
key = "yes_partly_no"
options = [
    { key = "yes", title = "Ja" },
    { key = "partly", title = "Zum Teil" },
    { key = "no", title = "Nein" },
]

[scoring]
max_points = 4

[[scoring.class]]
key = "standard"
title = "Standard"
points = 4

[[scoring.answer]]
key = "yes"
percent = 100

[[scoring.answer]]
key = "partly"
percent = 50

[[scoring.answer]]
key = "no"
percent = 0

[[scoring.size_class]]
key = "small"
title = "Klein"
population_below = 5000
minimum_percent = 45

[[scoring.size_class]]
key = "large"
title = "Groß"
population_from = 5000
minimum_percent = 50

[[question]]
key = "1.01"
field = "living"
text = "Gibt es genug Wohnungen?"
help = "Gemeint sind bezahlbare."
evidence = "Wohnkonzept"
level = "municipality"
target_groups = ["families"]
answer = "yes_partly_no"
weight = "standard"

[[question]]
key = "1.02"
field = "living"
text = \"""
Wie heißt die Stelle? Ein Satz wie
[[question]]
key = "unsinn"
steht hier nur im Text.\"""
level = "county"
target_groups = []
answer = "text"
unit = "Name"

[[question]]
key = "1.03"
field = "living"
text = "Wo ist sie?"
level = "municipality"
target_groups = []
answer = "choice"
options = [
    { key = "hall", title = "im Rathaus" },
    { key = "else", title = "anderswo" },
]

[rubric]
note = "Unsere Kriterien."
answers = [{ key = "fulfilled", title = "erfüllt" }]
verdicts = [{ key = "recommend", title = "empfohlen" }]

[[rubric.criterion]]
key = "mandate"
group = "process"
title = "Auftrag"
text = "Der Rat hat beschlossen."

[[quality_rule]]
key = "due"
severity = "error"
text = "Es fehlt der Termin."

[[report_section]]
key = "overview"
title = "Überblick"
prompt = "Was ist geschehen?"

[[fee]]
key = "small"
title = "Kleine Kommunen"
euros = 100
population_below = 5000
"""
for _kind in AMENDMENT_KINDS:
    SMALL += f'\n[[amendment]]\nkind = "{_kind}"\nlevel = "council"\ntitle = "Änderung"\n'


def write(folder: Path, text: str, name: str = "klein-2025.1.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def refusal(folder: Path, text: str, name: str = "klein-2025.1.toml") -> SchemeError:
    with pytest.raises(SchemeError) as refused:
        load(write(folder, text, name))
    return refused.value


def line_of(text: str, snippet: str) -> int:
    """The line in which the snippet starts; it must stand there only once."""
    assert text.count(snippet) == 1, snippet
    return text[: text.index(snippet)].count("\n") + 1


# --- what is shipped ---------------------------------------------------------------------------------------------


def test_three_versions_of_two_schemes_are_shipped():
    assert sorted(SHIPPED) == [
        ("familienbewusst_plus", "2020.1"),
        ("familiengerechte_kommune", "2025.1"),
        ("familiengerechte_kommune", "2026.1"),
    ]


def test_the_audit_walks_through_all_twelve_stages_in_order():
    assert [(phase.number, phase.stage) for phase in AUDIT.phases] == list(enumerate(Stage))


def test_the_audit_has_the_five_decisions_and_the_steps_between_in_the_order_of_the_phases():
    assert [(gate.key, gate.phase) for gate in AUDIT.gates] == [
        ("G1", "commitment"),
        ("S2", "kickoff"),
        ("S3", "stocktaking"),
        ("S4", "strategy"),
        ("S5", "participation"),
        ("S6", "targeting"),
        ("G2", "council"),
        ("G3", "review"),
        ("S9", "award"),
        ("G4", "implementation"),
        ("G5", "balancing"),
    ]


def test_the_audit_has_the_six_canonical_fields_and_the_four_modules():
    assert [(field.number, str(field.title)) for field in AUDIT.fields] == [
        (1, "Steuerung, Vernetzung und Nachhaltigkeit"),
        (2, "Familie und Arbeitswelt, Betreuung"),
        (3, "Bildung und Erziehung"),
        (4, "Beratung und Unterstützung"),
        (5, "Wohnumfeld und Lebensqualität"),
        (6, "Senioren und Generationen"),
    ]
    assert [str(module.title) for module in AUDIT.modules] == [
        "Prävention",
        "Inklusion",
        "Akzeptanz und Integration",
        "Familienzeitpolitik",
    ]


def test_the_maintenance_certificate_asks_no_questionnaire_and_no_strategy_workshop():
    assert [rung.key for rung in AUDIT.rungs] == ["basic", "advanced", "maintenance", "permanent"]
    assert {"stocktaking", "strategy"}.isdisjoint(AUDIT.rung("maintenance").phases)
    assert AUDIT.phase("stocktaking").rungs == ("basic", "advanced")
    assert [phase.key for phase in AUDIT.phases_of("maintenance")] == list(AUDIT.rung("maintenance").phases)


def test_the_permanent_certificate_has_no_fixed_end():
    assert AUDIT.rung("permanent").years is None


@pytest.mark.parametrize("scheme", [AUDIT, AUDIT_2026], ids=lambda scheme: scheme.version)
def test_the_questionnaire_is_large_enough_and_every_question_is_helpful(scheme: Scheme):
    assert len(scheme.questions) >= 96
    assert min(len(scheme.questions_of(field.key)) for field in scheme.fields) >= 16
    assert [
        each.key for each in scheme.questions if not (each.help.de and each.evidence.de and each.target_groups)
    ] == []
    assert len({each.text.de for each in scheme.questions}) == len(scheme.questions)


def test_the_questionnaire_knows_who_is_competent_and_many_kinds_of_answers():
    assert {each.level for each in AUDIT.questions} == set(LEVELS)
    assert {each.answer for each in AUDIT.questions} == {
        "yesno",
        "yes_partly_no",
        "text",
        "number",
        "percentage",
        "choice",
        "date",
    }
    assert [each.key for each in AUDIT.questions if each.answer == "number" and not each.unit] == []


def test_question_keys_say_in_which_field_they_stand():
    for scheme in (AUDIT, AUDIT_2026, PLUS):
        assert [
            each.key for each in scheme.questions if int(each.key.split(".")[0]) != scheme.field(each.field).number
        ] == []


@pytest.mark.parametrize("scheme", SHIPPED.values(), ids=lambda scheme: f"{scheme.key} {scheme.version}")
def test_gates_ask_only_for_facts_and_rooms_the_code_knows(scheme: Scheme):
    rules = [rule for gate in scheme.gates for rule in gate.requires]
    assert {rule.fact for rule in rules} | {rule.equals_fact for rule in rules} - {None} <= set(FACTS)
    assert {rule.where for rule in rules} <= set(ROOMS)


@pytest.mark.parametrize("scheme", SHIPPED.values(), ids=lambda scheme: f"{scheme.key} {scheme.version}")
def test_everything_but_the_questions_is_there_in_english_too(scheme: Scheme):
    parts = (*scheme.phases, *scheme.gates, *scheme.fields, *scheme.modules, *scheme.target_groups, *scheme.rungs)
    more = (*scheme.report_template, *scheme.rubric.criteria, *scheme.amendment_levels, *scheme.fees)
    assert [each for each in (*parts, *more) if not each.title.en] == []
    assert [rule.label.de for gate in scheme.gates for rule in gate.requires if not rule.label.en] == []
    assert [each.de for phase in scheme.phases for each in phase.documents if not each.en] == []


@pytest.mark.parametrize("scheme", SHIPPED.values(), ids=lambda scheme: f"{scheme.key} {scheme.version}")
def test_every_scheme_says_what_is_our_wording_and_whose_criteria_these_are(scheme: Scheme):
    assert "Kommpass" in scheme.note.de and "Kommpass" in scheme.note.en
    assert "Vorschlag von Kommpass" in scheme.rubric.note.de


def test_the_rubric_judges_process_and_agreement_without_a_pass_mark():
    assert len(AUDIT.rubric.of_group("process")) == 7
    assert len(AUDIT.rubric.of_group("agreement")) == 8
    assert [each.key for each in AUDIT.rubric.answers] == ["fulfilled", "partly", "not", "not_applicable"]


def test_only_missing_owner_and_missing_date_stop_a_measure_from_being_frozen():
    assert [rule.key for rule in AUDIT.quality_rules] == list(QUALITY_CHECKS)
    assert [rule.key for rule in AUDIT.quality_rules if rule.severity == "error"] == ["responsible", "due"]


def test_the_council_decides_on_new_and_dropped_measures_the_coordinator_on_slips_of_the_pen():
    levels = {kind: AUDIT.amendment_level(kind) for kind in AMENDMENT_KINDS}
    assert levels == {
        "editorial": "coordinator",
        "wording": "committee",
        "deadline_shift": "coordinator",
        "replace": "committee",
        "drop": "council",
        "add": "council",
    }


def test_the_scored_sibling_adds_up_to_the_maximum_it_states_and_asks_the_known_shares():
    assert PLUS.scoring is not None
    assert (PLUS.kind, len(PLUS.fields), PLUS.scoring.max_points) == ("scored", 12, 204)
    assert maximum_points(PLUS.scoring, PLUS.questions) == 204
    assert [size.minimum_percent for size in PLUS.scoring.size_classes] == [45, 50, 60, 65]
    assert PLUS.rung("basic").years == 4
    assert "eigene Setzungen" in PLUS.note.de and "857" in PLUS.note.de


# --- what a file becomes -----------------------------------------------------------------------------------------


def test_a_file_becomes_phases_gates_rungs_and_questions(tmp_path):
    scheme = load(write(tmp_path, SMALL))

    assert scheme.title == Words("Kleines Verfahren", "Small scheme")
    assert scheme.phases[0] == Phase(
        key="stocktaking",
        number=1,
        stage=Stage.STOCKTAKING,
        title=Words("Bestandsaufnahme"),
        purpose=Words("Fragen beantworten."),
        documents=(Words("Fragebogen", "Questionnaire"),),
        typical=Words("drei Monate"),
        weeks=12,
        rungs=("basic",),
    )
    gate = scheme.gate_after("stocktaking")
    assert gate is not None and gate.requires == (
        GateRule("questions_answered", None, "questions", Words("Fragen beantwortet"), "stocktaking", "error"),
    )
    assert scheme.gate("G2").requires[0].severity == "warning"
    assert scheme.rung("advanced") == Rung(
        "advanced", Words("Aufbauzertifikat"), None, ("council",), Words("Nach drei Jahren."), "basic"
    )
    assert scheme.question("1.01") == Question(
        key="1.01",
        field="living",
        text=Words("Gibt es genug Wohnungen?"),
        help=Words("Gemeint sind bezahlbare."),
        evidence=Words("Wohnkonzept"),
        level="municipality",
        target_groups=("families",),
        answer="yes_partly_no",
        weight="standard",
        since="2025.1",
    )
    assert [str(each.title) for each in scheme.options_of(scheme.question("1.01"))] == ["Ja", "Zum Teil", "Nein"]
    assert scheme.options_of(scheme.question("1.02")) == ()
    assert scheme.options_of(scheme.question("1.03"))[0] == Option("hall", Words("im Rathaus"))
    assert scheme.digest == hashlib.sha256(SMALL.encode()).hexdigest()


def test_lines_of_a_long_text_are_joined_into_one(tmp_path):
    text = load(write(tmp_path, SMALL)).question("1.02").text.de
    assert text == 'Wie heißt die Stelle? Ein Satz wie [[question]] key = "unsinn" steht hier nur im Text.'


def test_words_fall_back_to_german_where_there_is_no_english():
    assert (str(Words("Rat", "Council")), Words("Rat", "Council").in_language("en")) == ("Rat", "Council")
    assert (Words("Rat").in_language("en"), Words("Rat", "Council").in_language("de")) == ("Rat", "Rat")


def test_asking_for_what_the_scheme_does_not_have_is_an_error_of_ours():
    assert AUDIT.gate_after("initiation") is None
    for look_up in (AUDIT.phase, AUDIT.field, AUDIT.question, AUDIT.rung, AUDIT.gate, AUDIT.amendment_level):
        with pytest.raises(KeyError):
            look_up("unsinn")


# --- what is refused ---------------------------------------------------------------------------------------------

BROKEN = {
    "a line that is no TOML": ('years = 3\nphases = ["st', 'years =\nphases = ["st', "years =\n", "TOML"),
    "a key twice in a table": ("weeks = 12\n", "weeks = 12\nweeks = 13\n", "weeks = 13", "TOML"),
    "an unknown key": (
        "weeks = 12",
        "wekks = 12",
        "wekks",
        "[[phase]] „stocktaking“: Die Angabe „wekks“ gibt es nicht. Meinten Sie „weeks“?",
    ),
    "an unknown key in the head": ('owner = "Verein"', 'owner = "Verein"\nfarbe = 1', "farbe", "„farbe“"),
    "an unknown table": (
        "[[module]]",
        "[[modul]]",
        "[[modul]]",
        "Kopf der Datei: Die Angabe „modul“ gibt es nicht. Meinten Sie „module“?",
    ),
    "an unknown key of a rule": (
        'where = "bodies"',
        'where = "bodies"\nwo = 1',
        "wo = 1",
        "[[gate.requires]]: Die Angabe „wo“ gibt es nicht.",
    ),
    "a missing key": (
        'title = "Wohnen"\n',
        "",
        '[[field]]\nkey = "living"',
        "[[field]] „living“: Es fehlt die Angabe „title“.",
    ),
    "a missing key of the head": (
        'owner = "Verein"\n',
        "",
        'key = "klein"',
        "Kopf der Datei: Es fehlt die Angabe „owner“.",
    ),
    "a number as text": ("years = 3", 'years = "drei"', 'years = "drei"', "„years“ muss eine ganze Zahl sein."),
    "a text as number": ('unit = "Name"', "unit = 5", "unit = 5", "„unit“ muss ein Text in Anführungszeichen sein."),
    "true as number": ("number = 2", "number = true", "number = true", "muss eine ganze Zahl sein"),
    "an empty text": ('entry = "Nach drei Jahren."', 'entry = " "', 'entry = " "', "„entry“ ist leer"),
    "a text where a list belongs": (
        'phases = ["council"]',
        'phases = "council"',
        'phases = "council"',
        "Liste von Texten",
    ),
    "a single table instead of a list": ("[[module]]", "[module]", "[module]", "als Liste von Tabellen [[module]]"),
    "a question key twice": (
        'key = "1.03"',
        'key = "1.02"',
        'key = "1.02"\nfield = "living"\ntext = "Wo',
        "Den Schlüssel „1.02“ gibt es in [[question]] schon.",
    ),
    "a question of an unknown field": (
        'field = "living"\ntext = "Wo',
        'field = "livin"\ntext = "Wo',
        'field = "livin"\n',
        "„field“ nennt „livin“. Meinten Sie „living“?",
    ),
    "a question for an unknown target group": ('["families"]', '["zwerge"]', '["zwerge"]', "Bekannt sind: families."),
    "a question of an unknown level": ('level = "county"', 'level = "bund"', 'level = "bund"', "„level“ nennt „bund“"),
    "an unknown kind of answer": ('answer = "text"', 'answer = "texts"', 'answer = "texts"', "Meinten Sie „text“?"),
    "a choice without options": ('answer = "text"', 'answer = "choice"', 'answer = "choice"\nunit', "„options“ gehört"),
    "an answer without its scale": ('answer = "text"', 'answer = "yesno"', 'answer = "yesno"', "fehlt die Skala"),
    "points for a text": (
        'unit = "Name"',
        'weight = "standard"',
        'weight = "standard"\n\n[[question]]\nkey = "1.03"',
        "Punkte gibt es nur",
    ),
    "an unknown class of points": (
        'weight = "standard"',
        'weight = "gold"',
        'weight = "gold"',
        "„weight“ nennt „gold“",
    ),
    "a gate of an unknown phase": ('phase = "council"', 'phase = "rat"', 'phase = "rat"', "„phase“ nennt „rat“"),
    "two gates after one phase": (
        'phase = "council"',
        'phase = "stocktaking"',
        'phase = "stocktaking"\ntitle = "Alles',
        "mehr als einen Meilenstein",
    ),
    "an unknown fact": (
        '"council_decisions"',
        '"council_decision"',
        '"council_decision"',
        "Meinten Sie „council_decisions“?",
    ),
    "a comparison with an unknown fact": (
        'equals_fact = "questions"',
        'equals_fact = "x"',
        'equals_fact = "x"',
        "„equals_fact“ nennt „x“",
    ),
    "a comparison with itself": (
        'equals_fact = "questions"',
        'equals_fact = "questions_answered"',
        'equals_fact = "questions_a',
        "mit sich selbst",
    ),
    "a rule without number": (
        "at_least = 1\n",
        "",
        'fact = "council_decisions"',
        "entweder „at_least“ oder „equals_fact“",
    ),
    "a rule that asks for nothing": ("at_least = 1", "at_least = 0", "at_least = 0", "mindestens 1"),
    "an unknown room": ('where = "bodies"', 'where = "keller"', 'where = "keller"', "„where“ nennt „keller“"),
    "an unknown severity": (
        'severity = "warning"',
        'severity = "streng"',
        'severity = "streng"',
        "Bekannt sind: error, warning.",
    ),
    "an unknown stage": ('stage = "council"', 'stage = "counsil"', 'stage = "counsil"', "Meinten Sie „council“?"),
    "a phase number twice": (
        "number = 2",
        "number = 1",
        'number = 1\nstage = "stocktaking"',
        "Die Nummer 1 ist in [[phase]] mehrfach vergeben.",
    ),
    "a rung with an unknown phase": (
        'phases = ["council"]',
        'phases = ["rat"]',
        'phases = ["rat"]',
        "„phases“ nennt „rat“",
    ),
    "a rung that needs an unknown one": (
        'needs_rung = "basic"',
        'needs_rung = "gold"',
        'needs_rung = "gold"',
        "„needs_rung“ nennt „gold“",
    ),
    "a rung that needs itself": (
        'needs_rung = "basic"',
        'needs_rung = "advanced"',
        'needs_rung = "advanced"',
        "Bekannt sind: basic.",
    ),
    "a minimum share above 100": (
        "minimum_percent = 50",
        "minimum_percent = 101",
        "minimum_percent = 101",
        "höchstens 100",
    ),
    "a gap between size classes": (
        "population_from = 5000",
        "population_from = 6000",
        '[[scoring.size_class]]\nkey = "large"',
        "Lücke oder Überschneidung",
    ),
    "no size class for large towns": (
        "population_from = 5000",
        "population_from = 5000\npopulation_below = 9000",
        "[scoring]\n",
        "nach oben offen",
    ),
    "a wrong maximum": ("max_points = 4", "max_points = 5", "max_points = 5", "steht hier 5, gerechnet sind es 4."),
    "points in a scheme without points": ('kind = "scored"', 'kind = "process"', "[scoring]\n", "vergibt keine Punkte"),
    "a scale with other answers": (
        '{ key = "no", title = "Nein" }',
        '{ key = "nie", title = "Nie" }',
        'options = [\n    { key = "yes"',
        "braucht genau: yes, partly, no",
    ),
    "an unknown key in an option": (
        'title = "im Rathaus"',
        'titel = "im Rathaus"',
        'options = [\n    { key = "hall"',
        "Es fehlt die Angabe „title“",
    ),
    "translations that do not pair": (
        '["Questionnaire"]',
        '["Questionnaire", "More"]',
        "documents_en",
        "so viele Einträge",
    ),
    "an unknown approval level": (
        'kind = "add"\nlevel = "council"',
        'kind = "add"\nlevel = "König"',
        'level = "König"',
        "„level“ nennt „König“",
    ),
    "an approval level left out": (
        '[[amendment]]\nkind = "add"\nlevel = "council"\ntitle = "Änderung"\n',
        "",
        'key = "klein"',
        "wer Änderungen der Art „add“ genehmigt",
    ),
    "a key with blanks": ('key = "1.03"', 'key = "1 03"', 'key = "1 03"', "„1 03“ ist kein Schlüssel"),
    "a version that is no version": (
        'version = "2025.1"',
        'version = "neu"',
        'version = "neu"',
        "„neu“ ist keine Fassung",
    ),
    "another name than the file": ('version = "2025.1"', 'version = "2025.2"', 'key = "klein"', "„klein-2025.2.toml“"),
    "an unknown removed question": (
        'owner = "Verein"',
        'owner = "Verein"\nremoved_questions = ["9"]',
        "removed_questions",
        "„removed_questions“ nennt „9“",
    ),
}


@pytest.mark.parametrize("case", BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_refused_with_file_line_and_reason(tmp_path, case):
    before, after, where, reason = case
    assert SMALL.count(before) == 1, before
    text = SMALL.replace(before, after)

    refused = refusal(tmp_path, text)

    assert (refused.file, refused.line) == ("klein-2025.1.toml", line_of(text, where))
    assert reason in refused.reason
    assert str(refused) == f"klein-2025.1.toml, Zeile {refused.line}: {refused.reason}"


def test_a_line_inside_a_long_text_is_not_taken_for_a_table(tmp_path):
    text = SMALL.replace('level = "county"', 'level = "bund"')
    assert refusal(tmp_path, text).line == line_of(text, 'level = "bund"')


def test_an_unfinished_file_is_refused_at_its_last_line(tmp_path):
    text = SMALL + '\n[[module]]\nkey = "x"\ntitle = """Ohne Ende\n'
    assert refusal(tmp_path, text).line == text.rstrip("\n").count("\n") + 1


def test_a_file_in_another_encoding_is_refused_at_the_first_wrong_letter(tmp_path):
    path = tmp_path / "klein-2025.1.toml"
    path.write_bytes(SMALL.encode("cp1252"))
    with pytest.raises(SchemeError) as refused:
        load(path)
    assert (refused.value.line, refused.value.reason) == (
        next(number for number, line in enumerate(SMALL.splitlines(), 1) if not line.isascii()),
        "Die Datei ist nicht in UTF-8 gespeichert.",
    )


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(SchemeError, match="lässt sich nicht lesen"):
        load(tmp_path / "klein-2025.1.toml")


def test_a_file_saved_on_windows_counts_its_lines_the_same(tmp_path):
    text = SMALL.replace('level = "county"', 'level = "bund"')
    path = tmp_path / "klein-2025.1.toml"
    path.write_bytes(text.replace("\n", "\r\n").encode())
    with pytest.raises(SchemeError) as refused:
        load(path)
    assert refused.value.line == line_of(text, 'level = "bund"')


def _mutations() -> list[str]:
    """The small file with every single line left out, and with every value replaced by one of another kind."""
    lines = SMALL.splitlines()
    found = ["\n".join(lines[:number] + lines[number + 1 :]) for number in range(len(lines))]
    for number, line in enumerate(lines):
        if key := re.match(r"(\w+ = )", line):
            for value in ("-1", "1.5", "true", '"x"', "[]", "[1]", "{}", "[{}]", "1979-05-27", "[[]]"):
                found.append("\n".join([*lines[:number], key[1] + value, *lines[number + 1 :]]))
    return found


def test_whatever_is_broken_the_answer_is_a_scheme_or_a_sentence(tmp_path):
    accepted = 0
    for text in _mutations():
        try:
            load(write(tmp_path, text))
            accepted += 1
        except SchemeError as refused:
            assert 1 <= refused.line <= text.count("\n") + 1
            assert refused.reason.rstrip().endswith((".", "?"))
    assert 0 < accepted < len(_mutations()) / 4


# --- versions ----------------------------------------------------------------------------------------------------

NEXT = """\
key = "klein"
version = "2026.1"
based_on = "2025.1"
removed_questions = ["1.03"]

[[question]]
key = "1.04"
field = "living"
text = "Wie viele Bänke gibt es?"
level = "municipality"
target_groups = ["families"]
answer = "number"
unit = "Bänke"

[[question]]
key = "1.02"
field = "living"
text = "Wer kümmert sich?"
level = "municipality"
target_groups = []
answer = "text"
"""


def pair(folder: Path, newer: str = NEXT) -> tuple[Scheme, Scheme]:
    old = load(write(folder, SMALL))
    return old, load(write(folder, newer, "klein-2026.1.toml"))


def test_a_newer_version_takes_over_replaces_adds_and_removes(tmp_path):
    old, new = pair(tmp_path)
    assert [(each.key, str(each.text), each.since) for each in new.questions] == [
        ("1.01", "Gibt es genug Wohnungen?", "2025.1"),
        ("1.02", "Wer kümmert sich?", "2025.1"),
        ("1.04", "Wie viele Bänke gibt es?", "2026.1"),
    ]
    assert (new.phases, new.gates, new.scoring, new.title) == (old.phases, old.gates, old.scoring, old.title)
    assert (new.version, new.based_on) == ("2026.1", "2025.1")


def test_the_digest_of_a_version_covers_the_file_it_is_based_on(tmp_path):
    _old, new = pair(tmp_path)
    write(tmp_path, SMALL.replace("Gibt es genug", "Gibt es viele"))
    assert load(tmp_path / "klein-2026.1.toml").digest != new.digest


def test_the_preview_names_what_is_added_removed_reworded_moved_and_altered(tmp_path):
    newer = NEXT.replace('unit = "Bänke"', 'unit = "Bänke"') + (
        '\n[[field]]\nkey = "roads"\nnumber = 2\ntitle = "Wege"\npurpose = "Wie man geht."\n'
        '\n[[gate]]\nkey = "G2"\nphase = "council"\ntitle = "Der Rat hat entschieden"\n'
        '\n[[gate.requires]]\nfact = "council_decisions"\nat_least = 2\nlabel = "Beschlüsse"\nwhere = "bodies"\n'
        '\n[[question]]\nkey = "1.01"\nfield = "roads"\ntext = "Gibt es genug Wohnungen?"\n'
        'help = "Gemeint sind bezahlbare."\nevidence = "Wohnkonzept"\n'
        'level = "municipality"\ntarget_groups = ["families"]\nanswer = "yes_partly_no"\nweight = "standard"\n'
    )
    difference = changes(*pair(tmp_path, newer))

    assert [(each.kind, each.key) for each in difference.added] == [("field", "roads"), ("question", "1.04")]
    assert [each.key for each in difference.removed] == ["1.03"]
    assert [(old.key, new.words.de) for old, new in difference.reworded] == [("1.02", "Wer kümmert sich?")]
    assert [(old.place, new.place) for old, new in difference.moved] == [("living", "roads")]
    assert [(old.kind, old.key) for old, _new in difference.altered] == [("gate", "G2"), ("question", "1.02")]


def test_a_version_does_not_differ_from_itself():
    assert not changes(AUDIT, AUDIT)


def test_the_shipped_versions_differ_by_seven_new_two_reworded_and_one_removed_question():
    difference = changes(AUDIT, AUDIT_2026)
    assert [each.key for each in difference.added] == ["2.19", "3.19", "4.19", "4.20", "5.19", "5.20", "5.21"]
    assert difference.removed == (
        Part(
            "question",
            "1.02",
            AUDIT.question("1.02").text,
            "steering",
            (AUDIT.question("1.02").help, AUDIT.question("1.02").evidence),
        ),
    )
    assert [old.key for old, _new in difference.reworded] == ["1.01", "4.17"]
    assert (difference.moved, difference.altered) == ((), ())


def test_a_new_phase_may_be_squeezed_between_two_old_ones(tmp_path):
    newer = SMALL.replace("number = 2", "number = 5")
    write(tmp_path, newer)
    phase = '\n[[phase]]\nkey = "x"\nnumber = 3\nstage = "targeting"\ntitle = "X"\npurpose = "X."\n'
    new = load(write(tmp_path, NEXT + phase, "klein-2026.1.toml"))
    assert [each.key for each in new.phases] == ["stocktaking", "x", "council"]


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ('based_on = "2025.1"', 'based_on = "2024.1"', "„klein-2024.1.toml“, auf der diese Fassung beruht, fehlt"),
        ('based_on = "2025.1"', 'based_on = "2026.1"', "beruht im Kreis auf sich selbst"),
        ('removed_questions = ["1.03"]', 'removed_questions = ["7.77"]', "„removed_questions“ nennt „7.77“"),
        ('removed_questions = ["1.03"]', 'removed_questions = ["1.01"]', "steht hier 4, gerechnet sind es 0"),
        ('version = "2026.1"', 'version = "2026.1"\nkind = "process"', "kann die Art des Verfahrens nicht wechseln"),
    ],
)
def test_a_version_on_a_wrong_base_is_refused(tmp_path, before, after, reason):
    with pytest.raises(SchemeError, match=reason):
        pair(tmp_path, NEXT.replace(before, after))


def test_two_versions_that_rest_on_each_other_are_refused(tmp_path):
    write(tmp_path, SMALL.replace('kind = "scored"', 'based_on = "2026.1"\nkind = "scored"'))
    with pytest.raises(SchemeError, match="im Kreis"):
        load(write(tmp_path, NEXT, "klein-2026.1.toml"))


def test_a_town_may_keep_its_own_version_of_a_house_scheme_in_its_own_folder(tmp_path):
    house, town = tmp_path / "house", tmp_path / "town"
    house.mkdir()
    town.mkdir()
    write(house, SMALL)
    write(town, NEXT, "klein-2026.1.toml")
    assert sorted(load_all(house, town)) == [("klein", "2025.1"), ("klein", "2026.1")]


def test_a_second_folder_may_not_replace_a_version_of_the_first(tmp_path):
    house, town = tmp_path / "house", tmp_path / "town"
    house.mkdir()
    town.mkdir()
    write(house, SMALL)
    write(town, SMALL)
    with pytest.raises(SchemeError, match="gibt es in einem anderen Ordner schon"):
        load_all(house, town)


def test_one_broken_file_in_the_folder_stops_the_whole_folder(tmp_path):
    write(tmp_path, SMALL)
    write(tmp_path, "key = ", "kaputt-2025.1.toml")
    with pytest.raises(SchemeError) as refused:
        load_all(tmp_path)
    assert (refused.value.file, refused.value.line) == ("kaputt-2025.1.toml", 1)
