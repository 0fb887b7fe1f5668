"""People at the doors of the review: members of the board by name, and the office."""

import pytest

from kommpass.domain.permissions import Role
from tests.assessment.builders import ILSE, board_member
from tests.conftest import member, signed_in


@pytest.fixture
def office(auental):
    return signed_in(member(Role.ASSOCIATION_OFFICE))


@pytest.fixture
def coordinator(auental):
    return signed_in(member(Role.COORDINATOR))


@pytest.fixture
def auditor(auental):
    return signed_in(member(Role.AUDITOR))


@pytest.fixture
def browser_of_member(auental):
    """browser_of_member("Ilse Brandner"): a browser signed in as this member of the board."""

    def sign_in(name: str = ILSE):
        return signed_in(board_member(name))

    return sign_in
