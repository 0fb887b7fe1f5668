"""An annual report of 300 measures as PDF: from the sealed row to the last byte.

Target of the house: 5 s. The figure is the CPU of this process and of the typesetter's, which a busy machine does not
change; the time on the clock stands beside it. A measure has its text, a value, the auditor's view and two remarks.
"""

import os
import time

from _progress import begin, carry_out
from _town import COORDINATOR, NOON, announce, database, judged, town

from kommpass.reporting import actions, documents
from kommpass.reporting.models import SealedReport

MEASURES, ROUNDS = 300, 3


def main() -> None:
    announce(f"Documents of an annual report of {MEASURES} measures (median of {ROUNDS})")
    with database(), town(MEASURES, slug="stadt") as (agreement, _user):
        carry_out(agreement)
        sealed = actions.seal_report(report=begin(agreement), by=COORDINATOR, at=NOON)
        found = {}
        for form, kinds in documents.FORMS.items():
            for kind in kinds:
                spent, clock, size = _made(sealed, form, kind)
                found[form, kind] = spent
                print(f"{form:>12} {kind:<4}: {spent:.2f} s CPU, {clock:.2f} s on the clock, {size:,} bytes")
    judged("annual report as PDF", found["report", "pdf"], 5, "s")


def _made(sealed: SealedReport, form: str, kind: str) -> tuple[float, float, int]:
    """Seconds of CPU, seconds on the clock, bytes."""
    times, size = [], 0
    for _round in range(ROUNDS):
        begun, clock = _spent(), time.monotonic()
        size = len(documents.make(SealedReport.objects.get(pk=sealed.pk), form, kind))
        times.append((_spent() - begun, time.monotonic() - clock))
    return *sorted(times)[ROUNDS // 2], size


def _spent() -> float:
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


if __name__ == "__main__":
    main()
