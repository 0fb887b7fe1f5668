"""The second lock: on PostgreSQL the database itself keeps towns apart."""

import pytest
from django.db import Error, connection, transaction

from kommpass.municipalities.models import District
from kommpass.municipalities.scope import within

pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="row-level security exists on PostgreSQL only; make test runs it there"
)


@pytest.fixture
def ordinary_role(auental, hasselgrund):
    """Go on as a database role that is no superuser, as a web process should."""
    with within(hasselgrund):
        District.objects.create(name="Oberdorf")
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE kommpass_web NOSUPERUSER NOBYPASSRLS")
        cursor.execute("GRANT USAGE ON SCHEMA public TO kommpass_web")
        cursor.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO kommpass_web")
        cursor.execute("GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO kommpass_web")
        cursor.execute("SET ROLE kommpass_web")
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


def count(sql: str = "SELECT count(*) FROM municipalities_district") -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


def test_plain_sql_in_a_town_sees_only_this_town(ordinary_role, auental, hasselgrund):
    with within(auental):
        in_auental = count()
    with within(hasselgrund):
        in_hasselgrund = count()

    assert (in_auental, in_hasselgrund) == (9, 1)


def test_outside_of_a_town_plain_sql_sees_nothing(ordinary_role):
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('kommpass.town', '', false)")

    assert count() == 0


def test_a_row_for_another_town_is_refused(ordinary_role, auental, hasselgrund):
    with within(auental), pytest.raises(Error, match="row-level security"), transaction.atomic():
        District.objects.bulk_create([District(municipality=hasselgrund, name="Untergeschoben", code="")])
