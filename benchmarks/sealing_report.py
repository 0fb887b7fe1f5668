"""Sealing an annual report: CPU and queries at 100 and at 1,000 measures, with values, views and remarks on each.

Peer: Kausal Watch freezes a yearly report of 1,000 measures in 14.6-20.4 s with 20,012 queries (100: 2,012).
"""

from _progress import begin, carry_out
from _town import COORDINATOR, NOON, announce, cpu, database, judged, statements, town

from kommpass.reporting import actions

SIZES = (100, 1000)


def main() -> None:
    announce("Sealing an annual report (requirements, content, canonical JSON, SHA-256, public part, journal)")
    found = {}
    with database():
        for size in SIZES:
            with town(size, slug=f"stadt{size}") as (agreement, _user):
                carry_out(agreement)
                report = begin(agreement)

                def seal(report=report):
                    return actions.seal_report(report=report, reason="Berichtigung", by=COORDINATOR, at=NOON)

                found[size] = (cpu(seal, rounds=5), statements(seal))
                length = len(seal().canonical.encode())
                print(f"N = {size:>5}: {found[size][0]:.0f} ms CPU, {found[size][1]} queries, {length:,} bytes sealed")
    few, many = (found[size] for size in SIZES)
    judged("CPU at 1,000", many[0], 1000, "ms")
    judged("queries at 1,000", many[1], 30)
    judged("more queries than at 100", many[1] - few[1], 0)


if __name__ == "__main__":
    main()
