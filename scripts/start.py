"""Brings the database up to date, fills an empty one with the demo towns, says where to go, and starts the server.

One process for all of it: loading Django once instead of four times keeps a second start short.
"""

import os
import socket
import sys
from pathlib import Path

import django
from django.core.management import CommandError, call_command
from django.db import DatabaseError

HOST = "127.0.0.1"


def port_is_free(port: int) -> bool:
    """Whether our server could listen there; a socket in TIME_WAIT does not count as busy."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def requested_port() -> int:
    """The port from the environment, refused with a sentence when it is none or taken."""
    text = os.environ.get("PORT") or "8000"
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        sys.exit(f"✗ PORT={text} ist keine Portnummer (1 bis 65535).  (PORT is not a port number)")
    if not port_is_free(int(text)):
        sys.exit(
            f"✗ Port {text} ist schon belegt: läuft Kommpass bereits? Sonst zum Beispiel: make run PORT={int(text) + 1}\n"
            f"  (Port {text} is in use; choose another with make run PORT=…)"
        )
    return int(text)


def say(german: str, english: str) -> None:
    print(f"» {german}  ({english})", flush=True)


def prepare() -> None:
    """Database, signing key and demo; each does nothing when nothing is to be done."""
    django.setup()
    say("Datenbank prüfen und auf Stand bringen", "applying migrations")
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("reindex", if_needed=True)
    say("Schlüssel für Urkunden anlegen, falls noch keiner da ist", "making the key that signs certificates")
    call_command("signingkey", "make", if_missing=True)
    if os.environ["KOMMPASS_DEMO"] == "1":
        say("Demo-Städte anlegen, falls noch keine Stadt da ist", "filling an empty database with the demo")
        call_command("demo", if_empty=True)
        print(flush=True)
        call_command("demo", logins=True)


def main() -> None:
    """Prepare, then become the server."""
    port = requested_port()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kommpass.config.settings")
    os.environ.setdefault("KOMMPASS_DEMO", "1")
    os.environ.setdefault("KOMMPASS_BASE_URL", f"http://{HOST}:{port}")
    try:
        prepare()
    except (CommandError, DatabaseError) as reason:
        sys.exit(f"✗ Die Datenbank ließ sich nicht vorbereiten: {reason}\n  (preparing the database failed)")
    print(f"\nKommpass: http://{HOST}:{port}/   Beenden mit Strg+C  (stop with Ctrl+C)\n", flush=True)
    server = Path(sys.executable).with_name("granian")
    options = [
        "--interface",
        "wsgi",
        "--host",
        HOST,
        "--port",
        str(port),
        "--workers",
        "2",
        "--blocking-threads",
        "4",
    ]
    os.execv(server, [str(server), *options, "--log-level", "warning", "kommpass.config.wsgi:application"])


if __name__ == "__main__":
    main()
