"""Saying how a list is read: a meaning for each column, our words for its values, and what holds for all rows."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kommpass.domain.offers import vocabularies as lists
from kommpass.domain.offers.checks import SUMMARY_LENGTH
from kommpass.domain.offers.listing import LISTS, TARGETS, Fixed, Recipe, guess_words, items_of
from kommpass.domain.offers.listing.cells import nothing
from kommpass.domain.offers.listing.plain_text import plain_text
from kommpass.offers.forms.writing import Words, choices
from kommpass.offers.queries.importing import KeptTable

MOST_ITEMS = 40
"""How many values of a column are asked for; rarer ones are taken as they are commonly meant."""
TWICE = (*LISTS, "subtitle", "location_name")
"""What a column may mean beside something else: a category is a kind and a topic."""
EXAMPLES = 3


class ImportMappingForm(forms.Form):
    """How the list is read: a meaning for each column, our words for its values, and what holds for all rows."""

    sheet = forms.TypedChoiceField(label=_("Blatt"), coerce=int, required=False)
    key = forms.ChoiceField(
        label=_("Woran erkennen wir eine Zeile wieder?"),
        required=False,
        help_text=_("Eine Nummer, die in jeder neuen Fassung der Liste dieselbe bleibt."),
    )
    provider = forms.CharField(
        label=_("Träger, wo die Zeile keinen nennt"),
        required=False,
        max_length=150,
        help_text=_("Gibt es ihn noch nicht, wird er angelegt."),
        widget=forms.TextInput(attrs={"list": "providers"}),
    )
    facility = forms.ChoiceField(label=_("Art der Einrichtung, wo die Zeile keine nennt"), required=False)
    topics = Words(
        lists.TOPICS,
        label=_("Themen, wo die Zeile keine nennt"),
        help_text=_("Leer lassen: Dann sind es die, die zur Art der Einrichtung gehören."),
    )
    city = forms.CharField(label=_("Ort, wo die Zeile keinen nennt"), required=False, max_length=100)
    summary = forms.CharField(
        label=_("„Kurz gesagt“, wo die Zeile keinen Text hat"),
        required=False,
        max_length=SUMMARY_LENGTH,
        help_text=_("Leer lassen: Dann steht dort die Art der Einrichtung."),
    )
    publish = forms.TypedChoiceField(
        label=_("Neue Angebote"),
        required=False,
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
        choices=[("no", _("als Entwurf anlegen")), ("yes", _("gleich veröffentlichen"))],
    )

    def __init__(self, *args, table: KeptTable, recipe: Recipe, **kwargs):
        self.table, self.recipe = table, recipe
        super().__init__(*args, initial=_initial(table, recipe), **kwargs)
        self.fields["sheet"].choices = list(enumerate(table.names))
        if len(table.names) < 2:
            del self.fields["sheet"]
        nowhere = ("", _t("an Name und Adresse"))
        self.fields["key"].choices = [nowhere, *((each, each) for each in table.columns)]
        self.fields["facility"].choices = [("", _t("keine")), *choices(lists.FACILITIES)()]
        self._add_columns()
        self._add_words()

    def _add_columns(self) -> None:
        """One choice for each column, and a second one for what it means beside."""
        used = {column: [] for column in self.table.columns}
        for target, columns in self.recipe.columns.items():
            for column in columns:
                used.setdefault(column, []).append(target)
        for place, column in enumerate(self.table.columns):
            meanings = sorted(used[column], key=lambda target: target in TWICE)
            for name, offered, meaning in (
                (f"column-{place}", self._meanings, meanings[:1]),
                (f"also-{place}", self._beside, meanings[1:2]),
            ):
                field = forms.ChoiceField(label=column, choices=offered, required=False, initial="".join(meaning))
                self.fields[name] = field

    @cached_property
    def _meanings(self) -> list:
        groups: dict[str, list] = {}
        for each in TARGETS:
            if not each.written_by_us or each.key in self.recipe.columns:
                groups.setdefault(_t(each.group), []).append((each.key, _t(each.label)))
        return [("", _t("nicht übernehmen")), *groups.items()]

    @cached_property
    def _beside(self) -> list:
        return [("", "–"), *((each.key, _t(each.label)) for each in TARGETS if each.key in TWICE)]

    def _add_words(self) -> None:
        """Two words of ours for each value of a column that feeds a list."""
        self.items: dict[str, dict[str, int]] = {}
        for target in LISTS:
            if columns := self.recipe.columns.get(target):
                self.items[target] = _items(self.table, target, columns)
        for target, items in self.items.items():
            words = [("", _t("nichts")), *choices(LISTS[target])()]
            for place, item in enumerate(items):
                keys = self.recipe.values.get(target, {}).get(item)
                meant = (*(guess_words(target, item) if keys is None else keys), "", "")
                for which in (0, 1)[: 1 if target == "facility" else 2]:
                    self.fields[f"word-{target}-{place}-{which}"] = forms.ChoiceField(
                        label=item, choices=words, required=False, initial=meant[which]
                    )

    @cached_property
    def column_rows(self) -> list[tuple]:
        """Each column with what stands in it, for the table on the page."""
        values = self.table.values()
        return [
            (self[f"column-{place}"], self[f"also-{place}"], _examples(values[column]))
            for place, column in enumerate(self.table.columns)
        ]

    @cached_property
    def word_tables(self) -> list[dict]:
        """For each list of ours: its name, and each value with how often it occurs and its one or two choices."""
        labels = {each.key: each.label for each in TARGETS}
        return [
            {
                "label": _t(labels[target]),
                "rows": [
                    (item, count, [self[name] for name in self._word_names(target, place) if name in self.fields])
                    for place, (item, count) in enumerate(items.items())
                ],
            }
            for target, items in self.items.items()
            if items
        ]

    @staticmethod
    def _word_names(target: str, place: int) -> Iterator[str]:
        return (f"word-{target}-{place}-{which}" for which in (0, 1))

    @property
    def other_sheet(self) -> int | None:
        """The sheet that was chosen, where it is not the one that is shown: it has other columns."""
        chosen = self.cleaned_data.get("sheet", "")
        return chosen if chosen != "" and chosen != self.table.chosen else None

    def clean(self):
        cleaned = super().clean()
        if self.errors or self.other_sheet is not None:
            return cleaned
        columns = self._columns()
        if "title" not in columns:
            self.add_error(None, _t("Bitte sagen Sie, in welcher Spalte der Name des Angebots steht."))
        if "provider" not in columns and not cleaned["provider"].strip():
            self.add_error("provider", _t("Bitte nennen Sie den Träger: Keine Spalte sagt, wer die Angebote macht."))
        return cleaned

    def _columns(self) -> dict[str, tuple[str, ...]]:
        """Target -> columns. Where nothing was changed they stay in the order in which they were."""
        found: dict[str, list[str]] = {}
        for place, column in enumerate(self.table.columns):
            for name in (f"column-{place}", f"also-{place}"):
                target = self.cleaned_data.get(name, "")
                if target and column not in found.setdefault(target, []):
                    found[target].append(column)
        before = self.recipe.columns
        return {
            target: before[target] if set(before.get(target, ())) == set(columns) else tuple(columns)
            for target, columns in found.items()
        }

    def _values(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """What was said of values, now and earlier."""
        said = {target: dict(words) for target, words in self.recipe.values.items()}
        for target, items in self.items.items():
            for place, item in enumerate(items):
                keys = [self.cleaned_data.get(name, "") for name in self._word_names(target, place)]
                said.setdefault(target, {})[item] = tuple(dict.fromkeys(key for key in keys if key))
        return said

    def read_as(self) -> Recipe:
        """The recipe that was decided."""
        data = self.cleaned_data
        texts = {name: " ".join(data[name].split()) for name in ("provider", "city", "summary")}
        fixed = Fixed(facility=data["facility"], topics=tuple(data["topics"]), publish=bool(data["publish"]), **texts)
        return Recipe(data["key"], self._columns(), self._values(), fixed)


def _initial(table: KeptTable, recipe: Recipe) -> dict[str, Any]:
    fixed = recipe.fixed
    return {
        **fixed.to_json(),
        "publish": "yes" if fixed.publish else "no",
        "sheet": table.chosen,
        "key": recipe.key_column,
    }


def _items(table: KeptTable, target: str, columns: tuple[str, ...]) -> dict[str, int]:
    """The most frequent values of a target, with how often they occur."""
    values = table.values()
    texts = [plain_text(value) for column in columns for value in values.get(column, ()) if value]
    found = items_of(target, [text for text in texts if not nothing(text)])
    return dict(list(found.items())[:MOST_ITEMS])


def _examples(values: list[str]) -> list[str]:
    """The first different values of a column, shortened."""
    found = dict.fromkeys(" ".join(value.split())[:60] for value in values[:500] if value)
    return list(found)[:EXAMPLES]
