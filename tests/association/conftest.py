"""The office at its desk."""

import pytest

from tests.association.builders import officer
from tests.conftest import signed_in


@pytest.fixture
def office(db):
    """A browser of somebody from the office of the association."""
    return signed_in(officer())
