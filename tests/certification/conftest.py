"""A key for the tests, and a certificate with its signed document that a whole file of tests shares."""

from dataclasses import dataclass

import pytest
from django.db import transaction
from django.test.utils import override_settings

from kommpass.adapters.signature import make_key
from kommpass.audits import actions as audits
from kommpass.audits.catalogue import newest
from kommpass.certification.models import Certificate
from kommpass.municipalities.models import Municipality
from kommpass.municipalities.scope import within
from tests.certification.builders import issued, signed
from tests.conftest import AUDIT, NOON
from tests.journeys.story import COORDINATION


@pytest.fixture(scope="session")
def signing_folder(tmp_path_factory):
    """A key takes its time to be found: one for all tests."""
    folder = tmp_path_factory.mktemp("signing")
    make_key(folder, subject="Verein der Probe", now=NOON)
    return folder


@pytest.fixture(autouse=True)
def our_key(settings, signing_folder):
    """No test ever touches the key of the installation it runs in."""
    settings.SIGNING_FOLDER = signing_folder
    return signing_folder


@dataclass(frozen=True)
class Signed:
    """A certificate, and its document as the town holds it."""

    town: Municipality
    certificate: Certificate
    file: bytes


@pytest.fixture(scope="module")
def signed_once(django_db_setup, django_db_blocker, signing_folder):
    """Lindental, from 12.11.2026 until 11/2029, made once for a file of tests. Each test takes back what it did."""
    with (
        django_db_blocker.unblock(),
        transaction.atomic(),
        override_settings(SIGNING_FOLDER=signing_folder),
    ):
        town = Municipality.objects.create(name="Lindental", slug="lindental", population=60_000)
        with within(town):
            procedure = audits.start_procedure(
                scheme_key=AUDIT, scheme_version=newest(AUDIT).version, rung="basic", title="Audit Lindental",
                by=COORDINATION, at=NOON,
            )  # fmt: skip
            certificate = issued(procedure)
            file = bytes(signed(certificate).pdf)
        yield Signed(town, certificate, file)
        transaction.set_rollback(True)


@pytest.fixture
def kept(signed_once, db):
    """The shared certificate, with the test standing inside of its town."""
    with within(signed_once.town):
        yield signed_once
