"""Freezing a version: CPU and queries at 100 and at 1,000 measures with all their parts.

Peer: Kausal Watch freezes a yearly report of 1,000 measures in 14.6-20.4 s with 20,012 queries (100: 2,012).
"""

from _town import COORDINATOR, NOON, announce, cpu, database, judged, statements, town

from kommpass.agreement import actions

SIZES = (100, 1000)


def main() -> None:
    announce("Freezing (gate, content, canonical JSON, SHA-256, sealed row, journal)")
    found = {}
    with database():
        for size in SIZES:
            with town(size, slug=f"stadt{size}") as (agreement, _user):

                def freeze(agreement=agreement):
                    return actions.freeze_version(agreement=agreement, by=COORDINATOR, at=NOON)

                found[size] = (cpu(freeze, rounds=5), statements(freeze))
                length = len(freeze().canonical.encode())
                print(f"N = {size:>5}: {found[size][0]:.0f} ms CPU, {found[size][1]} queries, {length:,} bytes frozen")
    few, many = (found[size] for size in SIZES)
    judged("CPU at 1,000", many[0], 1000, "ms")
    judged("queries at 1,000", many[1], 40)
    judged("more queries than at 100", many[1] - few[1], 0)


if __name__ == "__main__":
    main()
