"""The finder as a family gets it: a search with filters and all numbers, and the page, at 5,000 and at 100,000 offers.

`python benchmarks/finder.py` takes the first size, `… 100000` the second as well (indexing it takes minutes).
"""

import gzip
import sys
from time import perf_counter

from _directory import fill
from _town import announce, cpu, database, judged, statements
from django.test import Client
from django.utils import timezone

from kommpass.municipalities.models import District, Municipality
from kommpass.municipalities.scope import within
from kommpass.offers.queries import shelves
from kommpass.offers.queries.finding import Wish, find
from kommpass.offers.queries.shelves import kept

SIZES = (5_000, *map(int, sys.argv[1:]))
QUERIES = (
    "", "krabbelgruppe", "beratung", "schwangerschaftsberatung", "krabelgruppe", "säuglingsschwimmen sonnenschein",
    "kita", "hilfe für eltern", "musik", "pflege", "frühstück väter", "sprachkurs kostenlos", "treff jugend nord",
)  # fmt: skip


def wishes(district: int) -> list[Wish]:
    """Every query alone, with an age, and with four filters."""
    full = {"topics": ("meeting", "counselling", "learning"), "cost": ("free", "unknown")}
    return [
        wish
        for query in QUERIES
        for wish in (
            Wish(query=query),
            Wish(query=query, age=8),
            Wish(query=query, age=40, words=full, districts=(district,)),
            Wish(query=query, near=(51.9, 8.3), within=2_000.0, criteria=("step_free",)),
        )
    ]


def main() -> None:
    announce("The finder: words, filters, all facets' numbers")
    with database():
        for size in SIZES:
            town = Municipality.objects.create(name=f"Stadt {size}", slug=f"stadt{size}")
            with within(town):
                begun = perf_counter()
                fill(size)
                print(f"N = {size:,}: written and indexed in {perf_counter() - begun:.0f} s on the clock")
                district = District.objects.values_list("pk", flat=True).first()
                _searches(size, wishes(district))
            _page(size, f"/stadt{size}/public/offers/")


def _searches(size: int, asked: list[Wish]) -> None:
    now = timezone.now()
    loading = cpu(lambda: (_forget(), kept()), rounds=3)
    used, fresh, clock = [], [], []
    for wish in asked:
        fresh.append(cpu(lambda wish=wish: (_forget_words(), find(wish, now)), rounds=1))
        find(wish, now)
        used.append(cpu(lambda wish=wish: find(wish, now), rounds=5))
        for _round in range(5):
            begun = perf_counter()
            find(wish, now)
            clock.append((perf_counter() - begun) * 1000)
    clock.sort()
    p95 = clock[int(len(clock) * 0.95)]
    print(
        f"  searches: CPU median {sorted(used)[len(used) // 2]:.1f} ms, "
        f"most {max(used):.1f} ms; reading a changed index {loading:.0f} ms"
    )
    print(
        f"  searches for words that nobody asked for since a change: CPU median {sorted(fresh)[len(fresh) // 2]:.1f} ms"
    )
    if size <= 5_000:
        judged(f"CPU of a search at {size:,} (median)", sorted(used)[len(used) // 2], 30, "ms")
    judged(f"p95 on the clock at {size:,}", p95, 100 if size <= 5_000 else 250, "ms")


def _forget() -> None:
    shelves._kept.clear()


def _forget_words() -> None:
    kept().postings._known.forget()


def _page(size: int, address: str) -> None:
    browser = Client()
    for query in ("", "?q=beratung&age=3"):

        def page(query=query):
            answer = browser.get(address + query)
            assert answer.status_code == 200
            return answer

        content = page().content
        print(
            f"  page {query or '(all)'}: {cpu(page, rounds=7):.0f} ms CPU, "
            f"{len(content):,} bytes, {len(gzip.compress(content)):,} gzip, {statements(page)} queries"
        )
        judged(f"queries of the page at {size:,}", statements(page), 12)
        judged("first page, gzip, without style and script", len(gzip.compress(content)) / 1000, 100, "kB")


if __name__ == "__main__":
    main()
