"""What somebody gives as an answer: how it is read, judged and shown, before anything is stored."""

import hashlib
import json
from dataclasses import asdict, dataclass, replace

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kommpass.domain.moments import DateRefused, parse_moment
from kommpass.domain.schemes import Question, Scheme
from kommpass.domain.targets import TargetRefused, format_decimal, parse_decimal
from kommpass.stocktaking.models import Answer

Kind = Answer.Kind
INSTEAD = (Kind.UNKNOWN, Kind.NOT_APPLICABLE, Kind.OUTSIDE, Kind.OPEN)


@dataclass(frozen=True)
class Given:
    """An answer as it was given: plain texts, in the form in which they are stored."""

    kind: str = Kind.OPEN
    value: str = ""
    reason: str = ""
    provided_by: str = ""
    sources: str = ""
    comment: str = ""
    action_needed: bool = False

    @classmethod
    def of(cls, answer: Answer) -> "Given":
        return cls(**{name: getattr(answer, name) for name in cls.__dataclass_fields__})

    @property
    def as_dict(self) -> dict:
        return asdict(self)

    @property
    def fingerprint(self) -> str:
        """What a page remembers of the state it showed, to notice that somebody else wrote meanwhile."""
        return hashlib.sha256(json.dumps(asdict(self)).encode()).hexdigest()[:16]


class Mistake(ValueError):
    """An answer that cannot be kept; `field` is where, `sentence` says why and what to do."""

    def __init__(self, field: str, sentence: str):
        super().__init__(sentence)
        self.field, self.sentence = field, sentence


def judged(question: Question, scheme: Scheme, given: Given) -> Given:
    """The answer in the form in which it is stored, or a Mistake."""
    if given.value and given.kind == Kind.OPEN:
        given = replace(given, kind=Kind.VALUE)
    if given.value and given.kind != Kind.VALUE:
        raise Mistake(
            "value",
            _("Sie haben „%s“ gewählt und zugleich eine Antwort eingetragen. Bitte entscheiden Sie sich für eines.")
            % Kind(given.kind).label,
        )
    if given.kind == Kind.VALUE:
        return replace(given, value=_value(question, scheme, given.value))
    if given.kind == Kind.NOT_APPLICABLE and not given.reason:
        raise Mistake("reason", _("Bitte schreiben Sie in einem Satz, warum die Frage nicht zutrifft."))
    if given.kind == Kind.OUTSIDE and not given.provided_by:
        raise Mistake(
            "provided_by", _("Bitte nennen Sie, wer zuständig ist oder das anbietet, zum Beispiel den Kreis.")
        )
    return given


def _value(question: Question, scheme: Scheme, text: str) -> str:
    if not text:
        raise Mistake("value", _("Bitte tragen Sie die Antwort ein – oder wählen Sie „Wissen wir nicht“."))
    if options := scheme.options_of(question):
        if text not in {option.key for option in options}:
            raise Mistake("value", _("Diese Antwort steht nicht zur Wahl. Bitte wählen Sie eine der angebotenen."))
        return text
    if question.answer == "date":
        try:
            return parse_moment(text).text
        except DateRefused as refused:
            sentence = _("Schreiben Sie zum Beispiel 31.12.2027, März 2027 oder 2027.")
            raise Mistake("value", f"{_(refused.message).format(**refused.values)} {sentence}") from None
    if question.answer in ("number", "percentage"):
        return _number(question, text)
    return text


def _number(question: Question, text: str) -> str:
    try:
        number = parse_decimal(text)
    except TargetRefused as refused:
        raise Mistake("value", _(refused.message).format(**refused.values)) from None
    if question.answer == "percentage" and not 0 <= number <= 100:
        raise Mistake("value", _("Ein Anteil liegt zwischen 0 und 100 Prozent."))
    return format(number, "f")


def in_our_words(words) -> str:
    """A text of the scheme in the language of the page."""
    return words.in_language(get_language() or "de")


def shown(question: Question, scheme: Scheme, given: Given) -> str:
    """An answer as people read it: "Zum Teil", "1.234,5 Plätze", "März 2027", "Trifft nicht zu: …"."""
    if given.kind == Kind.VALUE:
        return _shown_value(question, scheme, given.value)
    label = str(Kind(given.kind).label)
    detail = {Kind.NOT_APPLICABLE: given.reason, Kind.OUTSIDE: given.provided_by}.get(given.kind, "")
    return f"{label}: {detail}" if detail else label


def _shown_value(question: Question, scheme: Scheme, value: str) -> str:
    for option in scheme.options_of(question):
        if option.key == value:
            return in_our_words(option.title)
    try:
        if question.answer == "date":
            return parse_moment(value).german
        if question.answer in ("number", "percentage"):
            unit = "%" if question.answer == "percentage" else question.unit
            return f"{format_decimal(parse_decimal(value.replace('.', ',')))} {unit}".strip()
    except (DateRefused, TargetRefused):
        return value
    return value


def typed(question: Question, value: str) -> str:
    """A stored value as it stands in its input field: German, and readable by `judged` again."""
    if question.answer == "number" or question.answer == "percentage":
        return value.replace(".", ",")
    if question.answer == "date" and value:
        try:
            return parse_moment(value).german
        except DateRefused:
            return value
    return value
