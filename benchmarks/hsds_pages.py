"""The HSDS interface as another program reads all of it: a walk through the pages, CPU, queries and bytes.

Peer: integreat-cms 2026.10.0 gives its 500 places in one answer without pages: 1,005 queries, about 2 s of CPU
(1.8-2.4 s), 3.16 MB (design/directory.md, section 9; not measured again here). Its places carry contacts, opening
hours and texts, so the fair comparison is our full page; the short page is what a program asks for to list offers.
"""

import random
import time
from collections.abc import Callable

from _town import COORDINATOR, NOON, announce, database, judged, statements
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kommpass.domain.offers.content import Contact, Cost, OfferContent, Place
from kommpass.domain.schedules import Schedule
from kommpass.municipalities.models import District, Municipality
from kommpass.municipalities.scope import within
from kommpass.offers import actions
from kommpass.offers.models import Offer
from kommpass.open_data.entries import forget_entries
from kommpass.open_data.models import WrittenEntry
from kommpass.open_data.remembered import forget_answers
from kommpass.people.models import Organisation

DEED = {"by": COORDINATOR, "at": NOON}
SIZE, PER_PAGE = 500, 100
PEER_QUERIES, PEER_CPU, PEER_BYTES = 1005, 2000, 3_163_000
WORDS = ["Eltern", "Gruppe", "offen", "gemeinsam", "Stadtteil", "Beratung", "Musik", "Bewegung", "Frühstück", "Hebamme",
         "Termin", "Anmeldung", "kostenlos", "Hilfe", "Austausch", "Sprache", "Garten", "Ferien", "Kita"]  # fmt: skip
DAYS = ("MO", "TU", "WE", "TH", "FR")


def main() -> None:
    announce(f"HSDS: {SIZE} offers, pages of {PER_PAGE} (Django test client, all middleware, a stranger)")
    print(f"a loop of 10 million additions takes {_calibration():.2f} s of CPU here")
    with database():
        _fill(SIZE)
        browser = Client()
        for name, query in (("short", ""), ("full", "&full=true")):
            _compared(name, _walked(browser, query))
        _judged_pages(browser)
        for name in ("offers.geojson", "offers.csv", "offers.xlsx", "hsds/tabular.zip"):
            forget_answers()
            begin = time.process_time()
            length = len(browser.get(f"/bench/api/{name}").content)
            print(f"  {name:<18} {(time.process_time() - begin) * 1000:>6.0f} ms CPU, {length:,} bytes")


def _calibration() -> float:
    begin, total = time.process_time(), 0
    for number in range(10_000_000):
        total += number
    return time.process_time() - begin


def _walked(browser: Client, query: str) -> dict[str, tuple[float, int, int]]:
    """A walk through all pages as each of these moments finds it: its CPU, queries and bytes."""

    def walk() -> int:
        length, number, last = 0, 1, False
        while not last:
            answer = browser.get(f"/bench/api/hsds/services?per_page={PER_PAGE}&page={number}{query}")
            assert answer.status_code == 200, answer.content
            length += len(answer.content)
            last = b'"last_page":true' in answer.content[:200]
            number += 1
        return length

    before = {
        "written for the first time": _forget_all,
        "after a start": _forget_memory,
        "on the next morning": forget_answers,
        "after the change of one offer": _change_one,
        "again": lambda: None,
    }
    return {when: _measured(make_ready, walk) for when, make_ready in before.items()}


def _measured(make_ready: Callable[[], object], walk: Callable[[], int], rounds: int = 7) -> tuple[float, int, int]:
    used, asked, length = [], 0, 0
    for _round in range(rounds):
        make_ready()
        with CaptureQueriesContext(connection) as captured:
            begin = time.process_time()
            length = walk()
            used.append((time.process_time() - begin) * 1000)
        asked = sum("set_config" not in each["sql"] for each in captured.captured_queries)
    return sorted(used)[rounds // 2], asked, length


def _forget_memory() -> None:
    """As a process that has just begun."""
    forget_answers()
    forget_entries()


def _forget_all() -> None:
    """As in a town whose name or districts have just changed, and after an update."""
    _forget_memory()
    with within(Municipality.objects.get(slug="bench")):
        WrittenEntry.objects.all().delete()


def _change_one() -> None:
    with within(Municipality.objects.get(slug="bench")):
        offer = Offer.objects.order_by("?").first()
        content = offer.document.having(registration=f"{offer.document.registration} Danke!")
        actions.change_offer(offer=offer, content=content, by=COORDINATOR, at=timezone.now())


def _compared(name: str, walks: dict[str, tuple[float, int, int]]) -> None:
    print(f"  {name}: {walks['again'][2]:,} bytes (peer: {PEER_BYTES:,})")
    for when, (milliseconds, asked, _length) in walks.items():
        print(
            f"    {when:<29} {milliseconds:>5.0f} ms CPU, {asked:>3} queries: 1/{PEER_CPU / milliseconds:.0f} of the "
            f"peer's CPU ({PEER_CPU} ms), 1/{PEER_QUERIES / asked:.0f} of its queries ({PEER_QUERIES:,})"
        )
    for when, (milliseconds, asked, _length) in walks.items():
        judged(f"queries of the walk {when}", asked, PEER_QUERIES / 20)
        judged(f"CPU of the walk {when}", milliseconds, PEER_CPU / 20, "ms")


def _judged_pages(browser: Client) -> None:
    page, stream = "/bench/api/hsds/services?full=true&per_page=50", "/bench/api/hsds/services?full=true&format=ndjson"

    def all_of_it() -> int:
        return len(browser.get(stream).getvalue())

    tag = browser.get(page)["ETag"]
    for name, make_ready in (("", _forget_memory), (" written for the first time", _forget_all)):
        milliseconds, asked, _length = _measured(make_ready, lambda: len(browser.get(page).content), rounds=15)
        judged(f"CPU of a full page of 50{name}", milliseconds, 60, "ms")
        judged(f"queries of a full page of 50{name}", asked, 12)
        judged(f"CPU of everything as a stream{name}", _measured(make_ready, all_of_it)[0], 500, "ms")
    unchanged = statements(lambda: browser.get(page, headers={"If-None-Match": tag}))
    judged("queries of an unchanged page (304)", unchanged, 3)


def _fill(number: int) -> None:
    """Offers as integreat's places were for its measurement: five paragraphs of thirty words, hours on each weekday,
    a contact for each and a second one for every other; and ours: topics, ages, prices, languages, a district."""
    chance = random.Random(1)
    place = Municipality.objects.create(name="Bench", slug="bench", ags="05999001", population=60_000)
    with within(place):
        districts = [District(name=f"Bezirk {each}", code=str(each), boundary=_square(each)) for each in range(9)]
        District.objects.bulk_create(districts)
        providers = [
            actions.add_provider(organisation=Organisation.objects.create(name=f"Träger {each}"), **DEED)
            for each in range(50)
        ]
        for each in range(number):
            where = actions.add_location(
                name=f"Ort {each}", street=f"Weg {each}", postal_code="44787", city="Bench",
                latitude=51.4 + chance.random() * 0.01, longitude=7.2 + chance.random() * 0.09, **DEED,
            )  # fmt: skip
            content = _content(each, str(where.key), chance)
            offer = actions.add_offer(provider=providers[each % 50], content=content, **DEED)
            actions.publish_offer(offer=offer, **DEED)


def _square(number: int) -> dict:
    west = 7.2 + number * 0.01
    corners = [[west, 51.4], [west + 0.01, 51.4], [west + 0.01, 51.41], [west, 51.41], [west, 51.4]]
    return {"type": "Polygon", "coordinates": [corners]}


def _content(number: int, location: str, chance: random.Random) -> OfferContent:
    text = "\n\n".join(" ".join(chance.choices(WORDS, k=30)) for _each in range(5))
    contacts = [Contact("Anmeldung", f"0234 {1000 + number}", f"a{number}@bench.example")]
    if number % 2:
        contacts.append(Contact("Leitung", f"0234 {2000 + number}", f"b{number}@bench.example"))
    return OfferContent(
        title=f"Angebot {number} {chance.choice(WORDS)}", summary=" ".join(chance.choices(WORDS, k=15)), text=text,
        url=f"https://bench.example/{number}", facility="family_centre", min_months=number % 36, max_months=36 + number,
        topics=("meeting", "counselling"), target_groups=("parents",), access=("open", "registration"),
        registration="Bitte anrufen.", cost="paid", costs=(Cost("Regulär", "5.00", "je Termin", ("card",)),),
        languages=("de", "en", "ar"), places=(Place(location, "Saal"),), contacts=tuple(contacts),
        times=tuple(Schedule(key=day, rule=f"FREQ=WEEKLY;BYDAY={day}", starts="09:00", ends="16:00") for day in DAYS),
    )  # fmt: skip


if __name__ == "__main__":
    main()
