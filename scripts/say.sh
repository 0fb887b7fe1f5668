# The voice of the shell scripts: a step, a hint, a failure - German first, English beside it. To be sourced.

say() { printf '» %s  (%s)\n' "$1" "$2"; }

hint() { printf '  %s\n  %s\n' "$1" "$2" >&2; }

fail() {
  printf '\n✗ %s\n  %s\n' "$1" "$2" >&2
  exit 1
}

# quietly LOG COMMAND...: one dot every few seconds while it runs, its output only when it fails.
quietly() {
  log=.stamps/$1.log
  shift
  mkdir -p .stamps
  begun=$(date +%s)
  "$@" >"$log" 2>&1 </dev/null &
  job=$!
  trap 'kill "$job" 2>/dev/null; exit 130' INT TERM
  dots=""
  waited=0
  while kill -0 "$job" 2>/dev/null; do
    sleep 0.2 2>/dev/null || sleep 1
    waited=$((waited + 1))
    if [ $((waited % 15)) -eq 0 ]; then
      printf '.'
      dots=yes
    fi
  done
  trap - INT TERM
  code=0
  wait "$job" || code=$?
  [ -z "$dots" ] || printf '\n'
  if [ "$code" -ne 0 ]; then
    tail -n 30 "$log" >&2
    return "$code"
  fi
  printf '  fertig nach %s s  (done)\n' "$(($(date +%s) - begun))"
}
