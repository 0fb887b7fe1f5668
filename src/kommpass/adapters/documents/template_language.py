"""The little language a town's Word template may speak: values, loops, conditions and a few filters.

Templates are uploaded. So the sandbox is closed twice: jinja's own keeps Python's insides away, and a list of
allowed words keeps away everything with which a template could fill the memory (calls, macros, assignments).
"""

from collections.abc import Iterable, Iterator
from time import monotonic
from typing import Any

from django.utils.translation import gettext as _
from jinja2 import StrictUndefined, Template, nodes, pass_context
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from kommpass.adapters.documents.wording import date_words, money_words

ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.For,
    nodes.If,
    nodes.Name,
    nodes.Getattr,
    nodes.Getitem,
    nodes.Filter,
    nodes.Test,
    nodes.Const,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.CondExpr,
    nodes.Add,
    nodes.Sub,
    nodes.Keyword,
    nodes.Tuple,
    nodes.List,
)
FILTERS = (
    "default",
    "first",
    "int",
    "last",
    "length",
    "lower",
    "rejectattr",
    "selectattr",
    "sort",
    "trim",
    "unique",
    "upper",
)

MOST_SECONDS = 20
MOST_CHARACTERS = 60_000_000
MOST_TURNS = 5_000_000
COUNTED = "counted"


class NotInTemplates(Exception):
    """The template uses a word of jinja that templates of towns do not have, or it never ends."""


class Measured(Template):
    """A template that stops when it writes too long or too much."""

    def render(self, *given: Any, **named: Any) -> str:
        """The whole text, or NotInTemplates."""
        pieces, length, started = [], 0, monotonic()
        for piece in self.generate(*given, **named):
            pieces.append(piece)
            length += len(piece)
            if length > MOST_CHARACTERS or monotonic() - started > MOST_SECONDS:
                raise _endless()
        return "".join(pieces)


class TemplateLanguage(ImmutableSandboxedEnvironment):
    """Jinja without Python: what is not on the list is refused before anything runs."""

    template_class = Measured

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.turns_left = MOST_TURNS

    def from_string(self, source, *given: Any, **named: Any) -> Template:
        """Read the template; refuse words that are not on the list, and count the turns of its loops."""
        template = self.parse(source)
        _refuse_unknown_words(template)
        for loop in list(template.find_all(nodes.For)):
            loop.iter = nodes.Filter(loop.iter, COUNTED, [], [], None, None)
        template.set_environment(self)
        return super().from_string(template, *given, **named)


def template_language() -> TemplateLanguage:
    """The language with its filters and without any global function."""
    language = TemplateLanguage(autoescape=True, undefined=StrictUndefined)
    language.globals.clear()
    language.filters = {name: language.filters[name] for name in FILTERS}
    language.filters[COUNTED] = counted
    language.filters |= {"join": join, "datum": date_words, "euro": money_words}
    return language


@pass_context
def counted(context: Context, values: Iterable[Any]) -> Iterator[Any]:
    """The values of a loop, until the loops of a document turned too often: also one that writes nothing ends."""
    for value in values:
        context.environment.turns_left -= 1
        if context.environment.turns_left < 0:
            raise _endless()
        yield value


def _endless() -> NotInTemplates:
    return NotInTemplates(_("Die Word-Vorlage wird beim Ausfüllen zu groß. Bitte prüfen Sie ihre Schleifen."))


def join(values: Iterable[Any], between: str = ", ") -> str:
    """The values in one line; what stands between them is short."""
    return str(between)[:20].join(str(value) for value in values)


def _refuse_unknown_words(template: nodes.Template) -> None:
    for node in template.find_all(nodes.Node):
        if not isinstance(node, ALLOWED):
            word = type(node).__name__.lower()
            raise NotInTemplates(
                _(
                    "Die Word-Vorlage verwendet in einem Platzhalter „%(word)s“; erlaubt sind nur Angaben, "
                    "Bedingungen, Schleifen und die genannten Filter."
                )
                % {"word": word}
            )
        if isinstance(node, nodes.For) and (node.recursive or not node.body):
            raise NotInTemplates(
                _("Die Word-Vorlage enthält eine Schleife ohne Inhalt oder eine, die sich selbst aufruft.")
            )
