"""How good a search is: nDCG@10 over the judged queries, by kind and half, with the empty pages and the worst."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from statistics import fmean

from .corpus import Item, data_folder, load
from .judgement import HALVES, KINDS, Query, judged_queries

PAGE = 10
"""What a phone shows before somebody gives up."""
WORST = 15
_COLUMNS = (*HALVES, None)
"""The halves, and both together."""


def ndcg_at_10(ranked_keys: Sequence[str], grades: Mapping[str, int]) -> float:
    """Normalised discounted cumulative gain of the first ten keys: 1.0 is the best possible page, 0.0 a useless one.

    `grades` gives every relevant key its grade (1 to 3), keys that are not in it are worth nothing. Gain 2^grade - 1,
    discount log2(place + 1) (Burges et al. 2005; Järvelin & Kekäläinen 2002). A key that comes twice pays once.

    >>> ndcg_at_10(["a", "b"], {"a": 3, "b": 1})
    1.0
    >>> round(ndcg_at_10(["b", "a"], {"a": 3, "b": 1}), 3)
    0.71
    >>> ndcg_at_10([], {"a": 3})
    0.0
    """
    best = _gain(sorted(grades.values(), reverse=True))
    if best <= 0:
        raise ValueError("nDCG needs at least one relevant item, the grades hold none.")
    return _gain([grades.get(key, 0) for key in dict.fromkeys(ranked_keys)]) / best


def _gain(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / log2(place + 1) for place, grade in enumerate(grades[:PAGE], 1))


@dataclass(frozen=True)
class Result:
    """What one query brought: its nDCG@10, how many items came back, and the first of them."""

    query: Query
    ndcg: float
    found: int
    first: str

    def __str__(self) -> str:
        asked = f"{self.query.kind:<10} {self.query.text!r}"
        return f"  {self.ndcg:.2f}  {asked}, {self.found} found, first: {self.first or '-'}"


@dataclass(frozen=True)
class Report:
    """The results of all queries, and what can be counted about them. No half or kind means all."""

    results: tuple[Result, ...]

    def of(self, *, kind: str | None = None, half: str | None = None) -> tuple[Result, ...]:
        return tuple(
            each
            for each in self.results
            if (kind is None or each.query.kind == kind) and (half is None or each.query.half == half)
        )

    def mean(self, *, kind: str | None = None, half: str | None = None) -> float:
        """Mean nDCG@10, every query with the same weight."""
        return fmean(each.ndcg for each in self.of(kind=kind, half=half))

    def empty_pages(self, *, kind: str | None = None, half: str | None = None) -> int:
        """How many queries found nothing at all, though each of them has an answer."""
        return sum(each.found == 0 for each in self.of(kind=kind, half=half))

    def useless_pages(self, *, kind: str | None = None, half: str | None = None) -> int:
        """How many queries have not one relevant item on the first page, the empty ones among them."""
        return sum(each.ndcg == 0 for each in self.of(kind=kind, half=half))

    def worst(self, count: int = WORST, *, half: str | None = None) -> tuple[Result, ...]:
        return tuple(sorted(self.of(half=half), key=lambda each: each.ndcg)[:count])

    def printed(self, *, worst_of: str | None = "tune") -> str:
        """The table, and below it the worst queries of one half: who builds the engine looks at "tune" only."""
        head = f"{'nDCG@10':<12}" + "".join(f"{half:>15}" for half in (*HALVES, "all"))
        lines = [head, *(self._line(kind, kind) for kind in KINDS), self._line("all", None)]
        lines += self._counts("empty pages", self.empty_pages) + self._counts("useless", self.useless_pages)
        lines += ["", f"worst {WORST} queries ({worst_of or 'all'}):"]
        return "\n".join([*lines, *map(str, self.worst(half=worst_of))])

    def __str__(self) -> str:
        return self.printed()

    def _line(self, name: str, kind: str | None) -> str:
        cells = (f"{self.mean(kind=kind, half=half):.3f} ({len(self.of(kind=kind, half=half))})" for half in _COLUMNS)
        return f"{name:<12}" + "".join(f"{cell:>15}" for cell in cells)

    def _counts(self, name: str, count: Callable[..., int]) -> list[str]:
        return [f"{name:<12}" + "".join(f"{count(half=half):>15}" for half in _COLUMNS)]


def evaluate(search: Callable[[str], list[str]], items: Iterable[Item] | None = None) -> Report:
    """Ask all judged queries. `search` takes what was typed and gives keys of items, the best first.

    `items` is the corpus the engine searches; without it, the real lists beside the project are read.
    """
    corpus = tuple(load(data_folder()) if items is None else items)
    titles = {item.key: item.title for item in corpus}
    needs = {query.need: query for query in judged_queries()}
    grades = {need: query.grades(corpus) for need, query in needs.items()}
    return Report(tuple(_result(query, search(query.text), grades[query.need], titles) for query in judged_queries()))


def _result(query: Query, ranked: list[str], grades: Mapping[str, int], titles: Mapping[str, str]) -> Result:
    first = titles.get(ranked[0], ranked[0]) if ranked else ""
    return Result(query, ndcg_at_10(ranked, grades), len(ranked), first)
