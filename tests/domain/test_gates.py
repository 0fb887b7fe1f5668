"""Gates: counted first, judged after. A shut gate says of everything what there is and what is needed."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kommpass
from kommpass.domain.gates import Requirement, judge, missing
from kommpass.domain.scheme_files import load_all
from kommpass.domain.scheme_vocabulary import FACTS

SCHEMES = load_all(Path(kommpass.__file__).parent / "schemes")
GATES = [(scheme, gate) for scheme in SCHEMES.values() for gate in scheme.gates]
NUMBERS = st.integers(0, 500)


@dataclass(frozen=True)
class Rule:
    """A gate rule as a scheme would write it."""

    fact: str
    at_least: int | None = None
    equals_fact: str | None = None
    label: str = "Maßnahmen"
    where: str = "agreement:measures"
    severity: str = "error"


def test_a_requirement_says_what_there_is_and_what_is_needed():
    assert judge([Rule("measures", at_least=3)], {"measures": 2}) == (
        Requirement("Maßnahmen", have=2, need=3, where="agreement:measures", binding=True),
    )


def test_what_nobody_counted_is_nought():
    (found,) = judge([Rule("measures", at_least=1)], {})
    assert (found.have, found.met, found.missing) == (0, False, 1)


def test_all_measures_accepted_means_every_single_one():
    rule = Rule("measures_accepted", equals_fact="measures")
    counted = {"measures": 200, "measures_accepted": 199}
    assert [each.met for each in judge([rule], counted)] == [False]
    assert [each.met for each in judge([rule], counted | {"measures_accepted": 200})] == [True]


def test_all_of_nothing_does_not_open_a_gate():
    (found,) = judge([Rule("measures_accepted", equals_fact="measures")], {"measures": 0, "measures_accepted": 0})
    assert (found.need, found.met) == (1, False)


def test_advice_is_shown_and_does_not_hold_anybody_up():
    advice, duty = judge([Rule("ideas", at_least=5, severity="warning"), Rule("goals", at_least=1)], {"ideas": 1})
    assert (advice.met, advice.binding) == (False, False)
    assert missing([advice, duty]) == (duty,)


def test_every_missing_thing_is_named_at_once_and_in_order():
    rules = [Rule("a", at_least=1), Rule("b", at_least=2), Rule("c", at_least=3)]
    assert [(each.have, each.need) for each in missing(judge(rules, {"b": 2}))] == [(0, 1), (0, 3)]


@given(NUMBERS, NUMBERS)
def test_the_bar_is_full_exactly_when_the_requirement_is_met(have, need):
    requirement = Requirement("Fragen", have=have, need=need)
    assert (requirement.percent == 100) == requirement.met == (requirement.missing == 0)
    assert 0 <= requirement.percent <= 100


@given(NUMBERS, NUMBERS, NUMBERS)
def test_more_of_a_thing_never_shuts_an_open_gate(have, more, need):
    rules = [Rule("measures", at_least=need)]
    before, after = (missing(judge(rules, {"measures": number})) for number in (have, have + more))
    assert len(after) <= len(before)


@pytest.mark.parametrize(("scheme", "gate"), GATES, ids=lambda each: getattr(each, "key", ""))
def test_every_gate_of_our_schemes_is_shut_for_a_town_that_did_nothing(scheme, gate):
    requirements = judge(gate.requires, {})
    assert missing(requirements) != ()
    assert [each for each in gate.requires if each.fact not in FACTS] == []
    assert scheme.phase(gate.phase).key == gate.phase


@pytest.mark.parametrize(("scheme", "gate"), GATES, ids=lambda each: getattr(each, "key", ""))
def test_every_gate_of_our_schemes_opens_once_everything_is_there(scheme, gate):
    assert missing(judge(gate.requires, dict.fromkeys(FACTS, 1_000_000))) == ()
