"""The list of measures as a browser gets it: CPU, bytes and queries at 50 and at 1,000 measures.

Peers, measured on the same kind of machine (2 cores): LocalZero Monitoring 1,280-1,970 ms CPU and 5.46 MB for its page
of 1,000 measures, Kausal Watch 3,500-6,100 ms for the data alone.
"""

from _town import announce, cpu, database, judged, statements, town
from django.test import Client

SIZES = (50, 1000)


def main() -> None:
    announce("List of measures through the whole stack (Django test client, all middleware, signed in)")
    found = {}
    with database():
        for size in SIZES:
            with town(size, slug=f"stadt{size}") as (_agreement, user):
                browser = Client()
                browser.force_login(user)

                def page(browser=browser, address=f"/stadt{size}/agreement/measures/"):
                    answer = browser.get(address)
                    assert answer.status_code == 200, answer.status_code
                    return answer

                found[size] = (cpu(page, rounds=15), len(page().content), statements(page))
                print(f"N = {size:>5}: {found[size][0]:.0f} ms CPU, {found[size][1]:,} bytes, {found[size][2]} queries")
    few, many = (found[size] for size in SIZES)
    judged("CPU at 1,000", many[0], 100, "ms")
    judged("first page at 1,000", many[1] / 1000, 150, "kB")
    judged("queries at 1,000", many[2], 12)
    judged("more queries than at 50", many[2] - few[2], 0)


if __name__ == "__main__":
    main()
