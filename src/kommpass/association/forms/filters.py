"""How the lists are narrowed down. Everything stands in the address; a wrong choice is left out, not answered."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kommpass.association.kinds_of_towns import FEDERAL_STATES, SIZES
from kommpass.association.plain_text import fits, folded, words_of
from kommpass.association.queries.decisions import TownCondition
from kommpass.association.queries.overview import TownLine
from kommpass.association.queries.practice import Example, search
from kommpass.association.queries.register import Entry, narrowed
from kommpass.association.queries.reports import STATES as REPORT_STATES
from kommpass.association.queries.reports import ReportLine
from kommpass.audits.catalogue import schemes
from kommpass.domain.validity import STATE_LABELS

ALL = ("", _("alle"))


class Narrowing(forms.Form):
    """What all filters share: only what was chosen validly counts."""

    def chosen(self) -> dict:
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}

    @property
    def used(self) -> bool:
        return any(self.chosen().values())


def certificate_states() -> list[tuple[str, str]]:
    return [ALL, *((state.value, _t(label)) for state, label in STATE_LABELS.items())]


def federal_states() -> list[tuple[str, str]]:
    return [ALL, *FEDERAL_STATES.items()]


class OverviewFilter(Narrowing):
    q = forms.CharField(label=_("Kommune"), required=False, max_length=100)
    certificate = forms.ChoiceField(label=_("Zertifikat"), required=False, choices=certificate_states)
    federal_state = forms.ChoiceField(label=_("Bundesland"), required=False, choices=federal_states)
    waiting = forms.ChoiceField(
        label=_("Offene Arbeit"), required=False, choices=[ALL, ("yes", _("nur mit offener Arbeit"))]
    )

    def narrow(self, lines: Sequence[TownLine]) -> list[TownLine]:
        asked = self.chosen()
        words = words_of(asked["q"])
        return [
            each
            for each in lines
            if fits(words, folded(each.town.name))
            and (not asked["certificate"] or asked["certificate"] in each.states)
            and (not asked["federal_state"] or asked["federal_state"] == each.town.state)
            and (not asked["waiting"] or each.work)
        ]


class ReportFilter(Narrowing):
    q = forms.CharField(label=_("Kommune"), required=False, max_length=100)
    state = forms.ChoiceField(label=_("Stand"), required=False, choices=[ALL, *REPORT_STATES.items()])

    def narrow(self, lines: Sequence[ReportLine]) -> list[ReportLine]:
        return _by_town_and_state(lines, **self.chosen())


class ConditionFilter(Narrowing):
    q = forms.CharField(label=_("Kommune"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=_("Stand"),
        required=False,
        choices=[
            ALL,
            ("overdue", _("überfällig")),
            ("open", _("offen")),
            ("waiting", _("Nachweis liegt vor")),
            ("met", _("erfüllt")),
        ],
    )

    def narrow(self, lines: Sequence[TownCondition]) -> list[TownCondition]:
        return _by_town_and_state(lines, **self.chosen())


def _by_town_and_state(lines: Sequence, *, q: str, state: str) -> list:
    words = words_of(q)
    return [each for each in lines if fits(words, folded(each.town.name)) and state in ("", each.state)]


class RegisterFilter(Narrowing):
    q = forms.CharField(label=_("Kommune oder Nummer"), required=False, max_length=100)
    state = forms.ChoiceField(label=_("Zustand heute"), required=False, choices=certificate_states)
    federal_state = forms.ChoiceField(label=_("Bundesland"), required=False, choices=federal_states)

    def narrow(self, entries: Sequence[Entry]) -> list[Entry]:
        asked = self.chosen()
        return narrowed(entries, asked=asked["q"], state=asked["state"], federal_state=asked["federal_state"])


def fields_of_action() -> list[tuple[str, str]]:
    """The fields of all schemes, each once; a later version may have worded it anew."""
    titles = {field.key: str(field.title) for _key, scheme in sorted(schemes().items()) for field in scheme.fields}
    return [ALL, *titles.items()]


class PracticeFilter(Narrowing):
    q = forms.CharField(
        label=_("Suchwörter"), required=False, max_length=100, help_text=_("Jedes Wort muss vorkommen, auch als Teil.")
    )
    field = forms.ChoiceField(label=_("Handlungsfeld"), required=False, choices=fields_of_action)
    progress = forms.ChoiceField(
        label=_("Stand"),
        required=False,
        choices=[
            ALL,
            ("done", _("umgesetzt")),
            ("under_way", _("in Arbeit")),
            ("not_started", _("noch nicht begonnen")),
            ("ended", _("anders beendet")),
            ("unreported", _("noch kein Bericht")),
        ],
    )
    size = forms.ChoiceField(
        label=_("Größe der Kommune"), required=False, choices=[ALL, *((each.key, each.title) for each in SIZES)]
    )

    def narrow(self, found: Sequence[Example]) -> list[Example]:
        asked = self.chosen()
        return search(found, asked=asked["q"], field=asked["field"], progress=asked["progress"], size=asked["size"])
