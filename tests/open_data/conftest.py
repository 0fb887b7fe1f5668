"""The town's interface as other programs meet it: over HTTP, from a server of the test."""

from pathlib import Path
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from django.test import Client

from kommpass.offers.queries import shelves
from kommpass.open_data.hsds import service_areas


@pytest.fixture(autouse=True)
def _nothing_in_memory_of_other_tests():
    """Towns of other tests had the same keys; a real one never has them twice."""
    service_areas.outlines.cache_clear()
    shelves._kept.clear()


@pytest.fixture
def api(auental):
    """Asks the interface of Auental: api("/hsds/services", search="krabbel") gives what the JSON says."""
    browser = Client()

    def get(path: str, *, status: int = 200, **asked):
        answer = browser.get(f"/auental/api{path}", asked)
        assert answer.status_code == status, answer.content[:500]
        return answer.json()

    return get


class Quiet(WSGIRequestHandler):
    def log_message(self, *_args):
        """The test says what went wrong; nobody reads the log of its server."""


@pytest.fixture
def served(auental, settings, monkeypatch):
    """The address of Auental on a server that sees what the test has written, inside of the test's own transaction.

    pytest-django's server would empty all tables afterwards, which our sealed ones refuse.
    """
    shared = connections["default"]
    shared.inc_thread_sharing()
    # At both ends of a request Django closes connections that are in the middle of something: ours is in the test's.
    monkeypatch.setattr(shared, "close_if_unusable_or_obsolete", lambda: None)
    server = make_server("127.0.0.1", 0, WSGIHandler(), handler_class=Quiet)

    def serve():
        connections["default"] = shared
        server.serve_forever(poll_interval=0.05)

    thread = Thread(target=serve, daemon=True)
    thread.start()
    settings.BASE_URL = f"http://127.0.0.1:{server.server_port}"
    yield f"{settings.BASE_URL}/auental/api"
    server.shutdown()
    thread.join()
    server.server_close()
    shared.dec_thread_sharing()


@pytest.fixture(scope="session")
def hsds_schemas(shared_data) -> Path:
    """The schemas of HSDS, beside the project."""
    return shared_data / "04_hsds" / "v3_1" / "schema"
