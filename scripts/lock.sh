#!/bin/sh
# Writes requirements/*.lock: exact versions and hashes for Python 3.11 and newer, and no address. "make lock" calls it.
# New versions: make lock UPGRADE=--upgrade
set -eu
. scripts/say.sh

UV=$(command -v uv || echo .tools/uv/bin/uv)

lock() { # NAME [more options]: keeps the versions of an existing lock unless --upgrade is given
  name=$1
  shift
  say "Paketliste $name.lock" "resolving $name.in"
  "$UV" pip compile -q --universal --generate-hashes --python-version 3.11 --python .venv/bin/python \
    --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" "$@" ${UPGRADE:-} \
    "requirements/$name.in" -o "requirements/$name.lock"
}

lock run
lock dev -c requirements/run.lock
lock build
lock frontend
lock installer

if grep -nE '(https?|file)://|^(-i|-f|--index|--extra|--find)' requirements/*.lock; then
  fail "Eine Paketliste enthält eine Adresse." "A lock file contains an address; it must hold versions and hashes only."
fi
