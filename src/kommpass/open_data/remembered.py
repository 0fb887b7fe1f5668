"""What was answered last, in memory: whoever asks the same while nothing changed gets the same bytes."""

from django.http import HttpResponse

from kommpass.domain.memory import Memory

ANSWERS: Memory[tuple[bytes, dict[str, str]]] = Memory()
"""Whole answers by their tags: the bytes, and the headers that say what they are."""


def known_answer(tag: str) -> HttpResponse | None:
    found = ANSWERS.get(tag)
    return HttpResponse(found[0], headers=found[1]) if found else None


def keep_answer(tag: str, response: HttpResponse) -> None:
    """Remember an answer that is whole."""
    if not response.streaming and response.status_code == 200:
        ANSWERS.keep(tag, (response.content, dict(response.headers)), len(response.content))


def forget_answers() -> None:
    ANSWERS.forget()
