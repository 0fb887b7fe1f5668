#!/bin/sh
# Runs every measurement in benchmarks/, one after the other; "make bench BENCH=name" runs one.
set -eu
. scripts/say.sh
[ -n "$(ls benchmarks/*.py 2>/dev/null)" ] || fail "In benchmarks/ liegt keine Messung." "There is nothing to measure in benchmarks/."
failed=""
for file in benchmarks/${BENCH:-*}.py; do
  case $file in */_*) continue ;; esac
  say "Messung $file" "running $file"
  python "$file" || failed="$failed $file"
done
[ -z "$failed" ] || fail "Diese Messungen schlugen fehl:$failed" "These benchmarks failed:$failed"
