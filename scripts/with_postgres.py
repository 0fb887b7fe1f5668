"""Runs a command against a PostgreSQL server made for it: python scripts/with_postgres.py COMMAND [ARGUMENT ...].

The command finds the server in DATABASE_URL and decides the exit code; 69 means there was no server to be had.
"""

import os
import signal
import subprocess
import sys

from postgres import NoPostgres, postgres

NO_SERVER = 69


def main() -> int:
    if len(sys.argv) < 2:
        sys.exit("Which command? python scripts/with_postgres.py COMMAND [ARGUMENT ...]")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the server is stopped and its folder removed
    try:
        with postgres() as url:
            return subprocess.run(sys.argv[1:], env={**os.environ, "DATABASE_URL": url}, check=False).returncode
    except NoPostgres as reason:
        print(
            f"✗ PostgreSQL ließ sich nicht starten. Unter Debian und Ubuntu hilft: apt-get install postgresql\n  ({reason})",
            file=sys.stderr,
        )
        return NO_SERVER


if __name__ == "__main__":
    sys.exit(main())
