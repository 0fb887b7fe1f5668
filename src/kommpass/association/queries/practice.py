"""Good examples: the published measures of all towns, to be searched by words, field, state and size."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
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
    description: str
    responsible: str
    due: str
    url: str
    state: MeasureState | None = None
    state_label: str = ""
    light: Light | None = None
    text: str = ""
    searched: str = ""

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


def examples(day: date) -> list[Example]:
    """All published measures, by town and number. Four queries."""
    return everywhere(_examples, day)


def _examples(day: date) -> list[Example]:
    found: dict[str, Example] = {}
    for published in promises(day):
        found |= {each.uid: each for each in _promised(published)}
    told: set[str] = set()
    for published in reports(day):
        for each in _reported(published):
            if each.uid not in told:
                told.add(each.uid)
                found[each.uid] = _joined(found[each.uid], each) if each.uid in found else each
    ready = [replace(each, searched=_searched(each)) for each in found.values()]
    return sorted(ready, key=lambda each: (folded(each.town), sort_key(each.number), each.uid))


def _promised(published: Published) -> Iterator[Example]:
    for field in published.content["fields"]:
        url = into_town(published.town, "portal:field", field["number"])
        for group in field["strategic_goals"]:
            for goal in group["goals"]:
                for measure in goal["measures"]:
                    if not measure["dropped"]:
                        yield replace(
                            _example(published, field, measure, f"{url}#{measure['id']}"),
                            description=measure["description"],
                        )


def _reported(published: Published) -> Iterator[Example]:
    """What a report says of measures: also of those that an older round has brought to an end."""
    url = into_town(published.town, "portal:home")
    for field in published.content["fields"]:
        for goal in field["goals"]:
            for measure in goal["measures"]:
                yield replace(
                    _example(published, field, measure, url),
                    state=MeasureState(measure["state"]) if measure["state"] else None,
                    state_label=measure["state_label"],
                    light=Light(measure["light"]) if measure["light"] else None,
                    text=measure["text"],
                )


def _example(published: Published, field: dict, measure: dict, url: str) -> Example:
    return Example(
        uid=measure["id"],
        town=published.town.name,
        size=size_of(published.town.population),
        fields=tuple(covers(field)),
        field=field["title"],
        number=measure["number"],
        title=measure["title"],
        description="",
        responsible=measure["responsible"],
        due=measure["due"],
        url=url,
    )


def _joined(promised: Example, reported: Example) -> Example:
    """The words that hold today, and how far the report says it is."""
    told = {name: getattr(reported, name) for name in ("state", "state_label", "light", "text")}
    return replace(promised, **told)


def _searched(each: Example) -> str:
    """All words of an example in the form that the search compares."""
    return folded(" ".join((each.title, each.description, each.text, each.responsible, each.field, each.town)))


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
        and fits(words, each.searched)
    ]
    return sorted(fitting, key=lambda each: not fits(words, folded(each.title))) if words else fitting
