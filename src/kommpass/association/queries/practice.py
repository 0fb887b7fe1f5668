"""Good examples: the published measures of all towns, to be searched by words, field, state and size."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from kommpass.association.kinds_of_towns import Size, size_of
from kommpass.association.plain_text import fits, folded, words_of
from kommpass.association.queries.everywhere import everywhere
from kommpass.association.queries.published import Published, covers, promises, reports
from kommpass.domain.numbering import sort_key
from kommpass.domain.progress import DONE, ENDED, Light, MeasureState
from kommpass.people.addresses import into_town


@dataclass(frozen=True)
class Example:
    """A published measure of a town: what was promised, and how far it is by the newest public report."""

    uid: str
    town: str
    size: Size
    fields: tuple[str, ...]
    field: str
    number: str
    title: str
    responsible: str
    due: str
    url: str
    description: str = ""
    state: MeasureState | None = None
    state_label: str = ""
    light: Light | None = None
    text: str = ""

    @property
    def progress(self) -> str:
        """done, under_way, not_started, ended or unreported."""
        if self.state is None:
            return "unreported"
        if self.state in DONE:
            return "done"
        if self.state in ENDED:
            return "ended"
        return "not_started" if self.state is MeasureState.NOT_STARTED else "under_way"

    @property
    def searched(self) -> str:
        """All its words in the form that the search compares."""
        return folded(" ".join((self.title, self.description, self.text, self.responsible, self.field, self.town)))


def examples(day: date) -> list[Example]:
    """All published measures, by town and number. Four queries."""
    return everywhere(_examples, day)


def _examples(day: date) -> list[Example]:
    """What holds today with what the newest report says; and what only older reports still tell."""
    told: dict[str, tuple[Published, dict, dict]] = {}
    for published in reports(day):
        for field in published.content["fields"]:
            for goal in field["goals"]:
                for measure in goal["measures"]:
                    told.setdefault(measure["id"], (published, field, measure))
    found = [each for published in promises(day) for each in _promised(published, told)]
    promised = {each.uid for each in found}
    found += [_reported(*row) for uid, row in told.items() if uid not in promised]
    places = {town: folded(town) for town in {each.town for each in found}}
    return sorted(found, key=lambda each: (places[each.town], sort_key(each.number), each.uid))


def _promised(published: Published, told: dict[str, tuple]) -> Iterator[Example]:
    """The measures of the version in force, each with how far the newest report says it is."""
    for field in published.content["fields"]:
        url = into_town(published.town, "portal:field", field["number"])
        head = _head(published, field)
        for group in field["strategic_goals"]:
            for goal in group["goals"]:
                for measure in goal["measures"]:
                    if not measure["dropped"]:
                        word = _word(told[measure["id"]][2]) if measure["id"] in told else {}
                        yield Example(
                            **head,
                            **_named(measure),
                            **word,
                            url=f"{url}#{measure['id']}",
                            description=measure["description"],
                        )


def _reported(published: Published, field: dict, measure: dict) -> Example:
    """A measure that an older round has brought to an end: only its report still tells of it."""
    url = into_town(published.town, "portal:home")
    return Example(**_head(published, field), **_named(measure), **_word(measure), url=url)


def _word(measure: dict) -> dict:
    """What a report says of a measure."""
    return {
        "state": MeasureState(measure["state"]) if measure["state"] else None,
        "state_label": measure["state_label"],
        "light": Light(measure["light"]) if measure["light"] else None,
        "text": measure["text"],
    }


def _head(published: Published, field: dict) -> dict:
    """What all measures of a field have in common."""
    return {
        "town": published.town.name,
        "size": size_of(published.town.population),
        "fields": tuple(covers(field)),
        "field": field["title"],
    }


def _named(measure: dict) -> dict:
    return {
        "uid": measure["id"],
        "number": measure["number"],
        "title": measure["title"],
        "responsible": measure["responsible"],
        "due": measure["due"],
    }


def search(
    found: Sequence[Example], *, asked: str = "", field: str = "", progress: str = "", size: str = ""
) -> list[Example]:
    """Those that fit: every word somewhere, capitals and umlauts forgiven. What has it in its title comes first."""
    words = words_of(asked)
    fitting = [
        each
        for each in found
        if (not field or field in each.fields)
        and (not progress or progress == each.progress)
        and (not size or size == each.size.key)
        and (not words or fits(words, each.searched))
    ]
    return sorted(fitting, key=lambda each: not fits(words, folded(each.title))) if words else fitting
