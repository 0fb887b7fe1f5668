#!/bin/sh
# Prints the path of poppler's pdfsig, the independent reader of our signatures; installs it when there is none and we are root.
. scripts/say.sh

find_pdfsig() {
  for reader in "${PDFSIG:-}" pdfsig; do
    if [ -n "$reader" ] && command -v "$reader" >/dev/null && "$reader" -v >/dev/null 2>&1; then
      command -v "$reader"
      return 0
    fi
  done
  return 1
}

install_poppler() {
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -q || { sleep 5 && apt-get update -q; } || true # an old list of packages is better than none
  apt-get install -y -q --no-install-recommends poppler-utils
}

find_pdfsig && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  say "Poppler für die Prüfung der Signaturen installieren" "installing poppler to read signatures" >&2
  quietly poppler install_poppler >&2 || true
  find_pdfsig && exit 0
fi
printf '✗ %s\n  %s\n' \
  "Für die Prüfung der Signaturen fehlt pdfsig. Als root: apt-get install poppler-utils" \
  "Reading our signatures independently needs poppler's pdfsig; PDFSIG=/path/to/pdfsig names one that is already there." >&2
exit 1
