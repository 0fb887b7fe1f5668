"""What is asked of the matrix, read from the address of the page, and written into addresses again."""

from urllib.parse import urlencode

from django.urls import reverse

from kommpass.offers.forms.steering import MatrixFilter
from kommpass.offers.queries.steering.matrix import Question, names_of_columns


def question_of(data) -> tuple[Question, MatrixFilter]:
    """The question of a page; what cannot be read asks for nothing."""
    form = MatrixFilter(data)
    form.is_valid()
    said = getattr(form, "cleaned_data", {})
    by = said.get("by") or "topic"
    question = Question(
        by=by if by in names_of_columns() else "topic",
        target_group=said.get("target_group", ""),
        free=said.get("free", False),
        step_free=said.get("step_free", False),
    )
    return question, MatrixFilter({**said, "by": question.by})


def address(name: str, question: Question, *args, **more: str) -> str:
    """The address of a page with the question in it."""
    return (
        f"{reverse(name, args=args)}?{urlencode(asked(question) | {key: each for key, each in more.items() if each})}"
    )


def asked(question: Question) -> dict[str, str]:
    """The question as it stands in an address: only what is chosen."""
    switches = {name: "on" for name in ("free", "step_free") if getattr(question, name)}
    group = {"target_group": question.target_group} if question.target_group else {}
    return {"by": question.by} | group | switches
