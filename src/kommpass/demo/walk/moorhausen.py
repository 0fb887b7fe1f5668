"""Moorhausen: told in a few lines up to its submission, so that office and board have something to do."""

from kommpass.demo.walk import contracts, stocktaking
from kommpass.demo.walk.chapters import UNTIL_COUNCIL, Chapter
from kommpass.demo.walk.review import hand_in_reviews, lay_before_the_board
from kommpass.demo.walk.town import TownOnItsWay
from kommpass.domain.phases import Stage
from kommpass.domain.schemes import Question, Scheme

BEGINS = 440


def stocktaking_phase(walk: TownOnItsWay) -> None:
    """The questionnaire was filled in on paper; here stand its crosses, and for texts where to find them."""
    told, scheme = walk.story("answers"), walk.procedure.scheme
    (bundle,) = told["bundle"]
    bundle = {**bundle, "answers": {each.key: {"value": _from_paper(each, scheme)} for each in scheme.questions}}
    walk.go("asked")
    stocktaking.delegate(walk, bundle, by_mail=True)
    walk.go("answered")
    stocktaking.answer_and_hand_in(walk, bundle)
    stocktaking.close_bundles(walk, [bundle])
    walk.go("analysed")
    stocktaking.analyse(walk, walk.story("findings")["field"])
    walk.go("accepted")
    stocktaking.accept_analyses(walk)
    walk.close("stocktaking")


def _from_paper(question: Question, scheme: Scheme) -> object:
    """A plausible answer of a small place: the same one every time."""
    place = int(question.key.replace(".", ""))
    if options := scheme.options_of(question):
        return options[place % len(options)].key
    return {
        "number": place % 12,
        "percentage": 40 + place % 50,
        "date": str(2015 + place % 8),
    }.get(question.answer, f"Siehe Anlage zum Fragebogen, Abschnitt {question.key}.")


def before_the_board(walk: TownOnItsWay) -> None:
    """Complete and submitted: one member has judged, one has begun to write, one has not looked at it yet."""
    told = walk.story("review")
    contracts.pay_what_is_due(walk)
    hand_in_reviews(walk, lay_before_the_board(walk, told), told["review"])


CHAPTERS = (
    Chapter(
        round=1,
        ends=0,
        steps=UNTIL_COUNCIL | {Stage.STOCKTAKING: stocktaking_phase, Stage.REVIEW: before_the_board},
    ),
)
