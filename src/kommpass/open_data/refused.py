"""What other programs are told when they ask for something that cannot be: a status, a sentence, and where."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.http import JsonResponse

PROBLEM = "application/problem+json"


class Refused(Exception):
    """A request that is not answered. `errors`: which parameter, and what was expected there."""

    def __init__(self, status: int, sentence: str, errors: Sequence[dict[str, str]] = ()):
        super().__init__(sentence)
        self.status, self.sentence, self.errors = status, sentence, list(errors)


def problem(status: int, sentence: str, errors: Sequence[dict[str, str]] = ()) -> JsonResponse:
    """The answer as RFC 9457 writes it."""
    made: dict[str, Any] = {"title": HTTPStatus(status).phrase, "status": status, "detail": sentence}
    if errors:
        made["errors"] = list(errors)
    return JsonResponse(made, status=status, content_type=PROBLEM)
