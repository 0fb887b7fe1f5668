"""Saying how far a measure is: by the link in the mail, signed in, or by the coordination for somebody else."""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommpass.agreement.models import Measure
from kommpass.audits.door import allowed, by_link, requires
from kommpass.domain.progress import MeasureState, overdue
from kommpass.implementation import actions, queries
from kommpass.implementation.forms import AnswerForm
from kommpass.implementation.models import SelfAssessment, StatusRequest, StatusRound
from kommpass.people.links import LinkClosed
from kommpass.people.models import ContributionLink
from kommpass.ui.pages import respond

ALL = "all"


@dataclass(frozen=True)
class Card:
    """One measure on the page: what was promised, the last word, what was said in this round, and the form."""

    measure: Measure
    last: SelfAssessment | None
    given: SelfAssessment | None
    form: AnswerForm
    today: date

    @property
    def confirmable(self) -> bool:
        """Whether "nothing has changed" says something: there is an earlier word, and none in this round."""
        return self.given is None and self.last is not None

    @property
    def overdue(self) -> bool:
        word = self.given or self.last
        return overdue(MeasureState(word.state) if word else None, self.measure.due_on, self.today)


class Sheet:
    """Everything one person is asked about in a round. `data` are the fields that were sent for one of the measures."""

    def __init__(self, round_: StatusRound, found: QuerySet[Measure], *, data=None, about: Measure | None = None):
        self.round, self.found = round_, found
        self.data, self.about = data, about

    @cached_property
    def cards(self) -> list[Card]:
        """The cards in the order of the agreement, in a constant number of queries."""
        measures = list(self.found)
        keys = [each.pk for each in measures]
        given = queries.given(self.round, among=keys)
        words = queries.newest(self.round.procedure.agreement, among=keys)
        readings = queries.readings(keys)
        cards = []
        for each in measures:
            last = words.get(each.pk)
            last = last if last and last.round_id != self.round.pk else None
            form = AnswerForm(
                self.data if each == self.about else None,
                round=self.round,
                measure=each,
                last=last,
                given=given.get(each.pk),
                readings=readings,
            )
            cards.append(Card(each, last, given.get(each.pk), form, timezone.localdate()))
        return cards

    def card_of(self, measure: Measure) -> Card:
        return next(each for each in self.cards if each.measure == measure)

    @property
    def answered(self) -> int:
        return sum(each.given is not None for each in self.cards)

    @property
    def owing(self) -> int:
        return len(self.cards) - self.answered

    @property
    def confirmable(self) -> int:
        return sum(each.confirmable for each in self.cards)

    @property
    def organisations(self) -> int:
        """For how many organisations this person answers: with more than one, each card says for which."""
        return len({each.measure.responsible_id for each in self.cards})


@require_GET
@requires("progress.own")
def own(request):
    """What the running round asks my organisations; after its end, what was answered."""
    round_ = queries.open_round(request.procedure) or queries.rounds(request.procedure).first()
    if round_ is None:
        return respond(request, "implementation/own.html", {"sheet": None})
    return _shown(request, Sheet(round_, queries.own_measures(round_, request.actor)), "implementation/own.html")


@require_POST
@requires("progress.report")
def own_answer(request, round_id: int):
    """An answer of somebody who is signed in."""
    round_ = get_object_or_404(queries.rounds(request.procedure), pk=round_id)
    sheet = Sheet(round_, queries.own_measures(round_, request.actor))
    return _taken(request, sheet, "implementation/own.html", reverse("implementation:own"))


@require_http_methods(["GET", "POST"])
@requires("progress.report")
def answer_for(request, request_id: int):
    """The same page for the coordination: for people without an address, or who answer by telephone."""
    asked = get_object_or_404(queries.own_requests(request.procedure, request.actor), pk=request_id)
    return _asked(request, asked, "implementation/answer_for.html")


def procedure_behind(link: ContributionLink):
    """The procedure of the round that a link belongs to; another scheme may be the newer one in this town."""
    link.asked = queries.request_behind(link)
    if link.asked is None:
        raise LinkClosed(_("Dieser Link gehört nicht zu dieser Seite. Bitte verwenden Sie den Link aus Ihrer E-Mail."))
    return link.asked.round.procedure


@require_http_methods(["GET", "POST"])
@by_link("progress", "progress.report", procedure_of=procedure_behind)
def report_by_link(request, token: str):
    """The page behind the link in the mail: no account, all measures of one person. GET shows, POST answers."""
    asked = request.link.asked
    request.actor = queries.acting_for(request.actor, asked)
    return _asked(request, asked, "implementation/by_link.html")


def _asked(request, asked: StatusRequest, template: str):
    sheet = Sheet(asked.round, queries.measures_of_request(asked))
    if request.method == "POST":
        return _taken(request, sheet, template, request.path, asked=asked)
    return _shown(request, sheet, template, asked=asked)


def _taken(request, sheet: Sheet, template: str, here: str, *, asked: StatusRequest | None = None):
    """Take one answer, or "nothing has changed" for one measure or for all."""
    wanted, unchanged = request.POST.get("measure", ""), request.POST.get("intent") == "unchanged"
    if unchanged and wanted == ALL:
        _confirm(request, sheet, list(sheet.found))
        return respond(request, template, {}, done=here)
    measure = get_object_or_404(sheet.found, pk=wanted if wanted.isdecimal() else 0)
    if unchanged:
        _confirm(request, sheet, [measure])
    else:
        sheet = Sheet(sheet.round, sheet.found, data=request.POST, about=measure)
        form = sheet.card_of(measure).form
        if not form.is_valid():
            return _shown(request, sheet, template, asked=asked, about=measure, status=422)
        actions.report_progress(round=sheet.round, measure=measure, **form.said, by=request.actor, at=timezone.now())
        _say(request, _("Danke, Ihre Angaben sind gespeichert."))
    done = f"{here}#measure-{measure.pk}"
    return _shown(request, Sheet(sheet.round, sheet.found), template, asked=asked, about=measure, done=done)


def _confirm(request, sheet: Sheet, measures: list[Measure]) -> None:
    made = actions.confirm_unchanged(round=sheet.round, measures=measures, by=request.actor, at=timezone.now())
    text = ngettext(
        "Danke. %d Maßnahme ist als unverändert gemeldet.", "Danke. %d Maßnahmen sind als unverändert gemeldet.",
        len(made),
    )  # fmt: skip
    _say(request, text % len(made) if made else _("Hier war nichts mehr zu bestätigen."))


def _say(request, text: str) -> None:
    """On a page of its own it is a message; where only a card is swapped, the card says it."""
    if not request.htmx:
        messages.success(request, text)


def _shown(
    request,
    sheet: Sheet,
    template: str,
    *,
    asked: StatusRequest | None = None,
    about: Measure | None = None,
    done: str | None = None,
    status: int = 200,
):
    """The page; or, for htmx, the one card that was answered with what is left."""
    own_action = reverse("implementation:own-answer", args=[sheet.round.pk])
    context = {
        "sheet": sheet,
        "round": sheet.round,
        "asked": asked,
        "action": request.path if asked else own_action,
        "may_report": sheet.round.open and allowed(request.actor, "progress.report", request.procedure),
    }
    if request.htmx and about:
        context |= {"card": sheet.card_of(about), "swapped": True}
        return respond(request, "implementation/parts/sheet.html", context, fragment="card", status=status)
    return respond(request, template, context, done=done, status=status)
