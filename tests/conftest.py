"""Builders, named after what they make. Every argument has a sensible default."""

import gc
import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from hypothesis import HealthCheck
from hypothesis import settings as examples

from kommpass.audits import actions as audits
from kommpass.audits.catalogue import newest
from kommpass.audits.models import Procedure
from kommpass.domain.permissions import INSTALLATION_ROLES, Actor, Role
from kommpass.domain.phases import Stage
from kommpass.municipalities.models import District, Municipality
from kommpass.municipalities.scope import within
from kommpass.people.models import InstallationRole, Membership, Organisation, Post, User

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
TODAY = date(2026, 11, 2)
# No example is judged by the clock: the machine may be busy with something else.
examples.register_profile("town", examples(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
examples.load_profile("town")
PASSWORD = "Ein-langes-Kennwort-1"
AUDIT = "familiengerechte_kommune"


def pytest_configure(config):
    """A password costs half a second on purpose; a thousand people in the tests would cost ten minutes."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    _look_for_garbage_less_often()


def _look_for_garbage_less_often() -> None:
    """What was brought in stays to the end: to walk through it again and again took a tenth of all time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def actor(*roles: Role, organisations=(), name: str = "Vera Beispiel", via: str = "account") -> Actor:
    """A person with these roles (default: coordinator)."""
    return Actor(
        id=1,
        name=name,
        roles=frozenset(roles or {Role.COORDINATOR}),
        organisations=frozenset(getattr(each, "pk", each) for each in organisations),
        via=via,
    )


def make_user(email: str = "vera@auental.example", name: str = "Vera Beispiel") -> User:
    return User.objects.create_user(email, PASSWORD, name=name)


def member(role: Role, *, organisation: Organisation | None = None, email: str = "", name: str = "") -> User:
    """A person with one role in the town in scope (or in the installation)."""
    user = make_user(email or f"{role}@auental.example", name or f"Person {role.label}")
    if role in INSTALLATION_ROLES:
        InstallationRole.objects.create(user=user, role=role)
    else:
        Membership.objects.create(user=user, role=role, organisation=organisation)
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def open_only(procedure: Procedure, *stages: Stage) -> Procedure:
    """Put a procedure into these stages, whatever has happened so far."""
    for phase in procedure.phases.all():
        wanted = phase.procedure.scheme.phase(phase.key).stage in stages
        phase.opened_at, phase.closed_at = (NOON, None) if wanted else (None, None)
        phase.save()
    procedure.forget()
    return procedure


def queries_of(captured) -> int:
    """How many queries the work itself took: on PostgreSQL the second lock adds statements of its own."""
    return sum("set_config" not in each["sql"] for each in captured.captured_queries)


@pytest.fixture
def auental(db):
    """A town of 60,000 with nine districts and its own youth office; the test runs inside of it."""
    town = Municipality.objects.create(name="Auental", slug="auental", ags="05999001", population=60_000)
    with within(town):
        for number in range(1, 10):
            District.objects.create(name=f"Bezirk {number}", code=str(number))
        yield town


@pytest.fixture
def hasselgrund(db):
    """A municipality of 9,000 without a youth office; not in scope."""
    return Municipality.objects.create(
        name="Hasselgrund",
        slug="hasselgrund",
        ags="05999002",
        population=9_000,
        has_youth_office=False,
        county_name="Kreis Hassel",
    )


@pytest.fixture
def procedure(auental):
    """The first round of the audit, with all working stages open."""
    scheme = newest(AUDIT)
    begun = audits.start_procedure(
        scheme_key=AUDIT,
        scheme_version=scheme.version,
        rung="basic",
        title="Audit Auental",
        by=actor(Role.COORDINATOR),
        at=NOON,
    )
    return open_only(begun, *(set(Stage) - {Stage.REVIEW, Stage.AWARD, Stage.IMPLEMENTATION, Stage.BALANCING}))


@pytest.fixture
def youth_office(auental):
    return Organisation.objects.create(name="Jugendamt", short="51", email="jugendamt@auental.example")


@pytest.fixture
def provider(auental):
    return Organisation.objects.create(
        name="Kinderschutzbund Auental", kind=Organisation.Kind.PROVIDER, email="info@kinderschutzbund.example"
    )


@pytest.fixture
def post(youth_office):
    return Post.objects.create(organisation=youth_office, title="Leitung Jugendamt")


@pytest.fixture
def client_as(auental):
    """A browser signed in as a person of this role: client_as(Role.AUDITOR)."""

    def sign_in(role: Role = Role.COORDINATOR, *, organisation: Organisation | None = None) -> Client:
        return signed_in(member(role, organisation=organisation))

    return sign_in


@pytest.fixture(scope="session")
def shared_data():
    """The folder of real open data beside the project; where it is missing the test says so."""
    folder = Path(os.environ.get("KOMMPASS_SHARED", Path(__file__).parents[2] / "shared")) / "data"
    if not folder.is_dir():
        if os.environ.get("KOMMPASS_REQUIRE_ALL") == "1":
            pytest.fail(f"the real data is missing: {folder}")
        pytest.skip(f"needs the real data beside the project, looked in {folder}")
    return folder
