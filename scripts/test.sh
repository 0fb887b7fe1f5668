#!/bin/sh
# All tests: on SQLite, on PostgreSQL, in the browser. A missing part is said and left out; in CI it fails instead.
# PYTEST_ARGS="-k measure" narrows all three runs. Each run uses every processor; a file stays in one piece.
set -eu
. scripts/say.sh
if [ "${CI:-}" = true ]; then
  KOMMPASS_REQUIRE_ALL=1
  export KOMMPASS_REQUIRE_ALL
fi
unset DATABASE_URL # the runs choose their own database

missing() { # a part that is not there: fatal where everything is required, otherwise said
  [ -z "${KOMMPASS_REQUIRE_ALL:-}" ] || fail "Ohne $1 sind die Tests unvollständig." "The tests are incomplete without $1."
  hint "Die Tests mit $1 werden ausgelassen." "Tests with $1 are left out."
}

# Looked for first, so that nobody waits for two runs to read that the third is impossible.
if CHROMIUM=$(sh scripts/chromium.sh); then
  export CHROMIUM
else
  missing Chromium
  CHROMIUM=""
fi

if PDFSIG=$(sh scripts/poppler.sh); then
  export PDFSIG
else
  missing Poppler
  unset PDFSIG
fi

eval "set -- ${PYTEST_ARGS:-}"

run_tests() { # COMMAND...: with PYTEST_ARGS it is no failure that a run has none of the wanted tests (pytest's 5)
  code=0
  "$@" || code=$?
  [ "$code" -ne 5 ] || [ -z "${PYTEST_ARGS:-}" ] || code=0
}

say "Tests auf SQLite" "tests on SQLite"
run_tests python -m pytest -q -n auto --dist loadscope --ignore=tests/browser "$@"
[ "$code" -eq 0 ] || exit "$code"

# What asks no database was tried above: the rules in plain Python, and reading and writing files.
say "Tests auf PostgreSQL" "tests on PostgreSQL"
run_tests python scripts/with_postgres.py python -m pytest -q -n auto --dist loadscope \
  --ignore=tests/browser --ignore=tests/domain --ignore=tests/adapters tests "$@"
case $code in
0) ;;
69) missing PostgreSQL ;;
*) exit "$code" ;;
esac

if [ -n "$CHROMIUM" ]; then
  say "Tests im Browser" "browser tests"
  run_tests python -m pytest -q -n auto --dist loadfile --no-loadscope-reorder tests/browser "$@"
  exit "$code"
fi
