"""A throw-away town for measurements: its own database in memory, and as many measures as wanted."""

import os
import platform
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
os.environ["DJANGO_SETTINGS_MODULE"] = "kommpass.config.settings"
os.environ.setdefault("KOMMPASS_VAR", tempfile.mkdtemp(prefix="kommpass-bench-"))
(Path(os.environ["KOMMPASS_VAR"]) / "static").mkdir(parents=True, exist_ok=True)

import django  # noqa: E402 - the settings have to be named first

django.setup()

from datetime import UTC, date, datetime  # noqa: E402

from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_test_environment  # noqa: E402

from kommpass.agreement import actions  # noqa: E402
from kommpass.agreement.models import (  # noqa: E402
    Agreement,
    Goal,
    Indicator,
    Measure,
    Origin,
    StatusEntry,
    Step,
    StrategicGoal,
)
from kommpass.audits import actions as audits  # noqa: E402
from kommpass.audits.catalogue import newest  # noqa: E402
from kommpass.domain.permissions import Actor, Role  # noqa: E402
from kommpass.domain.phases import Stage  # noqa: E402
from kommpass.municipalities.models import District, Municipality  # noqa: E402
from kommpass.municipalities.scope import within  # noqa: E402
from kommpass.participation.models import Idea  # noqa: E402
from kommpass.people.models import Membership, Organisation, User  # noqa: E402

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
COORDINATOR = Actor(id=1, name="Vera Beispiel", roles=frozenset({Role.COORDINATOR}))
WORDS = "Die Stadt baut das Angebot für Familien im Stadtteil gemeinsam mit Trägern, Schulen und Vereinen aus. "


def announce(title: str) -> None:
    """Commit, machine and load: without them a figure means nothing."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, cwd=ROOT, check=False
    )
    load = ", ".join(f"{each:.2f}" for each in os.getloadavg())
    print(
        f"{title}\ncommit {commit.stdout.strip() or '?'}, Python {platform.python_version()}, "
        f"Django {django.__version__}, "
        f"{connection.vendor}, {os.cpu_count()} cores, load average {load}"
    )


@contextmanager
def database():
    """A test database of its own: nothing of a real town is touched."""
    setup_test_environment(debug=False)
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


@contextmanager
def town(measures: int, *, slug: str):
    """A town whose draft has this many measures (10 under each goal), each with everything that can be said of it."""
    place = Municipality.objects.create(name=slug.title(), slug=slug, ags="05999001", population=60_000)
    with within(place):
        procedure = audits.start_procedure(
            scheme_key="familiengerechte_kommune",
            scheme_version=newest("familiengerechte_kommune").version,
            rung="basic",
            title="Audit",
            by=COORDINATOR,
            at=NOON,
        )
        for phase in procedure.phases.all():
            if phase.stage in (Stage.TARGETING, Stage.COUNCIL):
                procedure.phases.filter(pk=phase.pk).update(opened_at=NOON)
        procedure.forget()
        agreement = actions.open_agreement(procedure=procedure, by=COORDINATOR, at=NOON)
        agreement.procedure = procedure
        _fill(agreement, measures)
        user = User.objects.create_user(f"vera@{slug}.example", "Ein-langes-Kennwort-1", name="Vera Beispiel")
        Membership.objects.create(user=user, role=Role.COORDINATOR)
        yield agreement, user


def _fill(agreement: Agreement, number: int) -> None:
    owners = Organisation.objects.bulk_create(Organisation(name=f"Fachbereich {each}") for each in range(20))
    districts = District.objects.bulk_create(District(name=f"Bezirk {each}", code=str(each)) for each in range(9))
    ideas = Idea.objects.bulk_create(
        Idea(procedure=agreement.procedure, text=f"Idee {each}", source=Idea.Source.VOICE, received_at=NOON)
        for each in range(50)
    )
    fields = list(agreement.procedure.fields.all())
    strategic = StrategicGoal.objects.bulk_create(
        StrategicGoal(agreement=agreement, field=field, text=WORDS, position=1) for field in fields
    )
    goals = Goal.objects.bulk_create(
        Goal(
            agreement=agreement,
            field=fields[each % len(fields)],
            strategic_goal=strategic[each % len(fields)],
            position=each,
            number=f"{each % len(fields) + 1}.{each // len(fields) + 1}",
            title=f"Ziel {each}",
        )
        for each in range(max(1, number // 10))
    )
    measures = Measure.objects.bulk_create(
        Measure(
            agreement=agreement,
            goal=goals[each % len(goals)],
            position=each // len(goals) + 1,
            number=f"{goals[each % len(goals)].number}.{each // len(goals) + 1}",
            title=f"Maßnahme {each}: Angebot ausbauen",
            description=WORDS * 8,
            responsible=owners[each % 20],
            start="2026",
            due="2027-12",
            due_on=date(2027, 12, 31),
            funding="Haushalt 2027",
            cost_once=10_000 + each,
            target_groups=["alle Familien"],
            acceptance="accepted",
        )
        for each in range(number)
    )
    Measure.partners.through.objects.bulk_create(
        Measure.partners.through(measure=each, organisation=owners[(place + 1) % 20])
        for place, each in enumerate(measures)
    )
    Measure.districts.through.objects.bulk_create(
        Measure.districts.through(measure=each, district=districts[(place + more) % 9])
        for place, each in enumerate(measures)
        for more in (0, 4)
    )
    Step.objects.bulk_create(
        Step(measure=each, title=f"Schritt {step}", due="2027-06", due_on=date(2027, 6, 30), position=step)
        for each in measures
        for step in (1, 2)
    )
    Indicator.objects.bulk_create(
        Indicator(
            measure=each,
            name="Plätze",
            baseline="6",
            position=1,
            target={"kind": "range", "low": "10", "high": "14", "unit": "Schulen", "by": "2027"},
        )
        for each in measures
    )
    Origin.objects.bulk_create(
        Origin(measure=each, idea=ideas[place % 50], text=ideas[place % 50].text) for place, each in enumerate(measures)
    )
    StatusEntry.objects.bulk_create(
        StatusEntry(
            measure=each,
            label=f"Sachstand {year}",
            period_from=date(year, 1, 1),
            period_until=date(year, 12, 31),
            light="green",
            text=WORDS,
        )
        for each in measures
        for year in (2024, 2025, 2026)
    )


def cpu(work, *, rounds: int) -> float:
    """Milliseconds of CPU of one round: the median, after one round to warm up."""
    work()
    times = []
    for _round in range(rounds):
        begin = time.process_time()
        work()
        times.append((time.process_time() - begin) * 1000)
    return sorted(times)[len(times) // 2]


def statements(work) -> int:
    """How many SQL statements it takes; telling PostgreSQL which town it is does not count."""
    with CaptureQueriesContext(connection) as counted:
        work()
    return sum("set_config" not in each["sql"] for each in counted.captured_queries)


def judged(name: str, have: float, limit: float, unit: str = "") -> None:
    print(f"  {'ok  ' if have <= limit else 'MISS'} {name}: {have:,.1f} {unit} (target: at most {limit:,.0f} {unit})")
