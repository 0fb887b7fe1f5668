"""A house of its own for the browser: an empty folder, the demo towns, and the real server on a free port."""

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

PROGRAMS = Path(sys.executable).parent
ROOT = Path(__file__).resolve().parents[2]
LONGEST_START_SECONDS = 180


@dataclass(frozen=True)
class House:
    """Where it stands, and what `kommpass demo --logins` says about it."""

    url: str
    logins: str
    environment: dict[str, str]
    letters: int
    """How many mails the demo itself wrote; whatever the tests write comes later."""

    def link_for(self, sentence: str) -> str:
        """The address below the first line that begins so, for example "Fragen beantworten ohne Konto"."""
        lines = self.logins.splitlines()
        return next(lines[at + 1].strip() for at, line in enumerate(lines) if line.startswith(sentence))

    @property
    def password(self) -> str:
        return next(line for line in self.logins.splitlines() if line.startswith("Passwort")).split()[-1]


@contextmanager
def open_house(folder: Path):
    """Build it, keep it open while it is used, and take it down."""
    port = _free_port()
    environment = os.environ | {
        "KOMMPASS_VAR": str(folder),
        "KOMMPASS_DEMO": "1",
        "KOMMPASS_BASE_URL": f"http://127.0.0.1:{port}",
        "DJANGO_SETTINGS_MODULE": "kommpass.config.settings",
        "PYTHONPATH": str(ROOT / "src"),
    }
    for surprise in ("KOMMPASS_DEBUG", "KOMMPASS_HOSTS", "KOMMPASS_EMAIL_BACKEND"):
        environment.pop(surprise, None)
    for command in (["migrate", "-v0"], ["createcachetable"], ["collectstatic", "--noinput", "-v0"], ["demo"]):
        _kommpass(command, environment)
    logins = _kommpass(["demo", "--logins"], environment)
    letters = sum(each.read_text().count("\nSubject: ") for each in (folder / "mails").glob("*.log"))
    with _served(environment, port) as url:
        yield House(url, logins, environment, letters)


@contextmanager
def another_door(house: House, **settings: str):
    """The address of a second server for the same house, with other settings."""
    with _served(house.environment | settings, _free_port()) as url:
        yield url


@contextmanager
def _served(environment: dict[str, str], port: int):
    place = Path(environment["KOMMPASS_VAR"]) / f"server-{port}.log"
    with place.open("wb") as log:
        server = subprocess.Popen(_server(port), env=environment, stdout=log, stderr=subprocess.STDOUT)
    try:
        _wait_for(f"http://127.0.0.1:{port}/", server, place)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)


def _kommpass(words: list[str], environment: dict[str, str]) -> str:
    command = [sys.executable, "-m", "kommpass.config.cli", *words]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, f"kommpass {' '.join(words)}:\n{done.stdout}\n{done.stderr}"
    return done.stdout


def _server(port: int) -> list[str]:
    listen = ["--host", "127.0.0.1", "--port", str(port), "--workers", "1", "--blocking-threads", "3"]
    application = "kommpass.config.wsgi:application"
    return [str(PROGRAMS / "granian"), "--interface", "wsgi", *listen, "--log-level", "warning", application]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(url: str, server: subprocess.Popen, log: Path) -> None:
    latest = time.monotonic() + LONGEST_START_SECONDS
    while time.monotonic() < latest and server.poll() is None:
        try:
            urlopen(url, timeout=20).close()
            return
        except OSError:  # not there yet, or so busy that it has not answered
            time.sleep(0.2)
    raise AssertionError(f"The server did not start:\n{log.read_text()}")
