"""The public progress pages as a browser gets them: CPU, bytes and queries at 50 and at 1,000 measures.

Every measure has three rounds of words, an indicator value and a public question; each field holds its share of
them, on pages of at most 25 measures or 50 kB.
"""

from _progress import begin, carry_out
from _town import COORDINATOR, NOON, announce, cpu, database, judged, statements, town
from django.test import Client

from kommpass.reporting import actions as reporting

SIZES = (50, 1000)
PAGES = ("progress/", "progress/field/1/", "progress/embed/")


def main() -> None:
    announce("Public progress through the whole stack (Django test client, all middleware, a stranger)")
    found: dict[int, dict[str, tuple]] = {}
    with database():
        for size in SIZES:
            with town(size, slug=f"stadt{size}") as (agreement, _user):
                carry_out(agreement)
                sealed = reporting.seal_report(report=begin(agreement), by=COORDINATOR, at=NOON)
                reporting.submit_report(sealed=sealed, by=COORDINATOR, at=NOON)
                print(f"N = {size:>5}: {len(sealed.public_canonical.encode()):,} bytes of public content")
                found[size] = {name: _measured(f"/stadt{size}/public/{name}") for name in PAGES}
                for name, (milliseconds, length, queries) in found[size].items():
                    print(f"  {name:<20} {milliseconds:>5.0f} ms CPU, {length:>8,} bytes, {queries} queries")
    many = found[SIZES[-1]].values()
    judged("CPU of the slowest page at 1,000", max(each[0] for each in many), 100, "ms")
    judged("largest page at 1,000", max(each[1] for each in many) / 1000, 150, "kB")
    judged("most queries at 1,000", max(each[2] for each in many), 12)
    more = max(found[SIZES[-1]][name][2] - found[SIZES[0]][name][2] for name in PAGES)
    judged("more queries than at 50", more, 0)


def _measured(address: str) -> tuple[float, int, int]:
    browser = Client()

    def page():
        answer = browser.get(address)
        assert answer.status_code == 200, answer.status_code
        return answer

    return cpu(page, rounds=15), len(page().content), statements(page)


if __name__ == "__main__":
    main()
