#!/bin/sh
# Prints the path of a Chromium that runs; installs Debian's when there is none and we are root.
. scripts/say.sh

find_chromium() {
  for browser in "${CHROMIUM:-}" chromium chromium-browser google-chrome \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" \
    "$(.venv/bin/python -c 'from playwright.sync_api import sync_playwright
with sync_playwright() as play: print(play.chromium.executable_path)' 2>/dev/null)"; do
    # Ubuntu puts a chromium on the PATH that only asks for a snap: run it before believing it
    if [ -n "$browser" ] && command -v "$browser" >/dev/null && "$browser" --version >/dev/null 2>&1; then
      command -v "$browser"
      return 0
    fi
  done
  return 1
}

install_chromium() {
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -q || { sleep 5 && apt-get update -q; } || true # an old list of packages is better than none
  apt-get install -y -q --no-install-recommends chromium
}

find_chromium && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  say "Chromium für die Browsertests installieren" "installing Chromium for the browser tests" >&2
  quietly chromium install_chromium >&2 || true
  find_chromium && exit 0
fi
printf '✗ %s\n  %s\n' \
  "Für die Browsertests fehlt Chromium. Als root: apt-get install chromium - oder: .venv/bin/python -m playwright install chromium" \
  "The browser tests need Chromium; CHROMIUM=/path/to/chromium names one that is already there." >&2
exit 1
