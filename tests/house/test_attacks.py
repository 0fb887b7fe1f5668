"""What an attacker tried against this house, and what became of it."""

import logging
import signal

import pytest
from django.test import Client

from kommpass.adapters.documents.pdf import _breakable
from kommpass.adapters.documents.template_language import NotInTemplates, template_language
from kommpass.adapters.plan_files.lines import _BETWEEN
from kommpass.config.quiet_log import WithoutTokens
from kommpass.domain.permissions import Role
from kommpass.stocktaking.sheet import harmless
from kommpass.ui.templatetags.ui import compared_with
from tests.conftest import member, signed_in

HOURS_OF_WORK = 10_000


@pytest.fixture(autouse=True)
def within_seconds():
    """No attack may keep the house busy: what takes longer than half a minute is stopped."""

    def stop(signal_number, stack):
        raise TimeoutError("This took too long.")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(30)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize(
    "address", ["/auental/", "/auental/procedure/", "/auental/nowhere/", "/accounts/profile/", "/accounts/login/"]
)
def test_no_cache_keeps_what_one_person_may_see(procedure, address):
    assert "no-store" in signed_in(member(Role.COORDINATOR)).get(address)["Cache-Control"]


def test_public_pages_may_be_kept(procedure):
    assert Client().get("/auental/public/")["Cache-Control"] == "public, max-age=300"


def test_the_log_holds_no_key(caplog, auental):
    token = "WzIsMzIsImJ1bmRsZSJd:1xV2Cl:lyKcHiJl5BJ_GUXZVGLuY5SbAmUpHhJdl3NNBCiM4Ew"
    with caplog.at_level(logging.WARNING, "django.request"):
        Client().get(f"/auental/stocktaking/link/{token}/")
    (entry,) = [each for each in caplog.records if each.name == "django.request"]
    WithoutTokens().filter(entry)
    assert entry.getMessage() == "Gone: /auental/stocktaking/link/…/"


def test_two_long_texts_of_few_words_are_compared_at_once():
    old, new = "a b " * (HOURS_OF_WORK // 2), "b a a " * (HOURS_OF_WORK // 3)
    pieces = compared_with(new, old)
    assert "".join(text for kind, text in pieces if kind != "removed") == new
    assert "".join(text for kind, text in pieces if kind != "added") == old


def test_a_word_template_cannot_turn_in_circles_without_writing():
    letters = "x" * 300
    loops = "".join(f'{{% for v{number} in "{letters}" %}}' for number in range(4))
    template = template_language().from_string(loops + "{% if 0 %}{% endif %}" + "{% endfor %}" * 4)
    with pytest.raises(NotInTemplates):
        template.render()


def test_loops_of_a_word_template_know_their_place():
    inside = "{{ loop.index }}/{{ loop.length }}{% if not loop.last %},{% endif %}"
    words = "{% for each in all if each.a %}" + inside + "{% endfor %}"
    assert template_language().from_string(words).render(all=[{"a": 1}, {"a": 0}, {"a": 2}]) == "1/2,2/2"


@pytest.mark.parametrize("text", ["a(" * HOURS_OF_WORK, ("a" * 59 + "(") * 333, '"' * 2 * HOURS_OF_WORK])
def test_long_rows_of_signs_are_set_at_once(text):
    assert _breakable(text) == text


def test_long_addresses_and_rows_of_letters_may_break():
    assert _breakable("Siehe https://auental.example/kita und " + "a" * 61) == (
        "Siehe https://auenta\u200bl.example/kita und " + "\u200b".join(["a" * 14] * 4 + ["a" * 5])
    )


def test_a_cell_of_blanks_is_read_at_once():
    assert [_BETWEEN.split(text) for text in ("2026 - 2027", "2026 bis  2027", "2026 – 2027", "2026–2027")] == [
        ["2026", "2027"]
    ] * 4
    assert _BETWEEN.split("a" + " " * 2_000_000 + "b") == ["a" + " " * 2_000_000 + "b"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@sum", "\t=1", "\r=1", "\n=1+1", "  =1+1", "\uff1d1+1"])
def test_no_answer_becomes_a_formula(text):
    assert harmless(text) == f"'{text}"
