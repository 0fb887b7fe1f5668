#!/bin/sh
# Makes .venv from the hashed lock files: "python_environment.sh run" for the program, "… dev" for tests and checks too.
# Finds a Python that really runs, brings uv into .tools/ (plain pip if that fails) and node where there is none.
set -eu
. scripts/say.sh
WHAT=${1:-run}

runs() { # a pyenv shim is on the PATH and fails all the same, so every candidate is run
  "$1" -c 'import sys, sqlite3, ssl, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
  for candidate in "${PYTHON:-}" python3.13 python3.12 python3.11 python3 python3.14 python \
    "$HOME"/.pyenv/versions/3.1[1-9]*/bin/python; do
    [ -n "$candidate" ] && runs "$candidate" || continue
    "$candidate" -c 'import sys; print(sys._base_executable or sys.executable)' # never the one inside .venv
    return 0
  done
  return 1
}

find_uv() { # prints the command; brings it by pip, from hashes, when the machine has none
  if command -v uv >/dev/null 2>&1; then
    command -v uv
    return 0
  fi
  if ! .tools/uv/bin/uv --version >/dev/null 2>&1; then
    say "Installationswerkzeug holen" "fetching the installer uv" >&2
    rm -rf .tools/uv
    "$PY" -m venv .tools/uv >.stamps/uv.log 2>&1 || return 1
    .tools/uv/bin/python -m pip install -q --require-hashes -r requirements/installer.lock >>.stamps/uv.log 2>&1 || return 1
    .tools/uv/bin/uv --version >/dev/null 2>&1 || return 1
  fi
  echo .tools/uv/bin/uv
}

LOCKS="-r requirements/build.lock -r requirements/run.lock"
[ "$WHAT" = run ] || LOCKS="$LOCKS -r requirements/dev.lock"
sh scripts/node_usable.sh || LOCKS="$LOCKS -r requirements/frontend.lock"

with_uv() {
  export UV_PYTHON_DOWNLOADS=never
  [ -x .venv/bin/python ] || "$UV" venv -q --allow-existing .venv --python "$PY" || return 1
  # shellcheck disable=SC2086
  "$UV" pip install -q --python .venv/bin/python --require-hashes $LOCKS || return 1
  "$UV" pip install -q --python .venv/bin/python --no-deps --no-build-isolation --offline -e .
}

with_pip() {
  "$PY" -m venv .venv || return 1
  # shellcheck disable=SC2086
  .venv/bin/python -m pip install -q --require-hashes $LOCKS || return 1
  .venv/bin/python -m pip install -q --no-deps --no-build-isolation -e .
}

mkdir -p .stamps
# An environment of another place or of a Python that has gone cannot be mended.
if [ -e .venv ] && { ! runs .venv/bin/python || { [ -f .venv/made-in ] && [ "$(cat .venv/made-in)" != "$(pwd -P)" ]; }; }; then
  rm -rf .venv
fi

PY=$(find_python) || fail \
  "Python 3.11 oder neuer fehlt. Unter Debian und Ubuntu: apt-get install python3 python3-venv" \
  "Python 3.11 or newer (with sqlite3, ssl and venv) was not found; PYTHON=/path/to/python names one."

say "Python-Pakete einrichten, beim ersten Mal dauert das ein bis zwei Minuten" "installing the locked Python packages with $PY"
if UV=$(find_uv) && quietly packages with_uv; then
  :
elif hint "uv half nicht weiter, jetzt mit pip." "uv did not work, trying pip." && quietly packages with_pip; then
  :
else
  fail "Die Python-Pakete ließen sich nicht installieren. Braucht: Internetzugang zum Paketverzeichnis und python3-venv." \
    "Installing the Python packages failed: is the package index reachable, and is python3-venv installed? See .stamps/packages.log"
fi
pwd -P >.venv/made-in
