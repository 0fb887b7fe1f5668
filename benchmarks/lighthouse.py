"""The family portal on a phone of the middle class, as Lighthouse sees it: list, offer, map, calendar.

Lighthouse is no part of Kommpass. Install it anywhere outside, and say where it is:

    npm install --ignore-scripts --prefix /tmp/lighthouse lighthouse
    LIGHTHOUSE=/tmp/lighthouse/node_modules/.bin/lighthouse CHROMIUM=/usr/bin/chromium python benchmarks/lighthouse.py

Its phone is Lighthouse's own default: 412 pixels wide, a processor slowed four times, 1.6 Mbit/s with 150 ms. Every
page is opened several times in an empty browser; the figure is the middle one. `… 3` opens each three times, not five.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from urllib.request import urlopen

from _town import announce
from tests.adapters.tile_server import TileServer, png
from tests.browser.house import another_door, open_house

TIMES = int(sys.argv[1]) if len(sys.argv) > 1 else 5
FIND = "/auental/public/offers/"
TARGETS = {"performance": 95, "accessibility": 100}
QUIETLY = "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
QUIETLY += " --disable-component-update --disable-sync"
METRICS = ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift")


def main() -> int:
    program = os.environ.get("LIGHTHOUSE") or shutil.which("lighthouse")
    if not program:
        print(
            "Lighthouse is not here; LIGHTHOUSE=/path/to/lighthouse names it. How to get it: benchmarks/lighthouse.py"
        )
        return 0
    announce(f"The family portal on a phone, {TIMES} times each, the middle one")
    with tempfile.TemporaryDirectory() as folder, open_house(Path(folder)) as house, TileServer().running() as tiles:
        settings = {"KOMMPASS_MAP_TILES": tiles.template, "KOMMPASS_MAP_ATTRIBUTION": "© Landesvermessung"}
        tiles.picture = png() + bytes(25_000)  # as many bytes as a tile of a town mostly has
        with another_door(house, **settings) as door:
            pages = {
                "list": house.url + FIND,
                "list of a search": f"{house.url}{FIND}?q=beratung&cost=free",
                "offer": house.url + _first_offer(house.url),
                "map": f"{house.url}{FIND}map/",
                "map with pictures": f"{door}{FIND}map/",
                "calendar": f"{house.url}{FIND}calendar/",
            }
            return 0 if all([_told(name, _looks(program, url)) for name, url in pages.items()]) else 1


def _first_offer(url: str) -> str:
    with urlopen(f"{url}{FIND}?q=krabbelgruppe") as answer:
        page = answer.read().decode()
    return page.split('result__title"><a href="')[1].split('"')[0]


def _looks(program: str, url: str) -> list[dict]:
    urlopen(url).close()  # the first visitor of all waits for the index; that is measured in finder.py
    looks = [_look(program, url) for _each in range(TIMES)]
    return [each for each in looks if each]


def _look(program: str, url: str) -> dict | None:
    """One look; a second try where the browser lost its trace, which happens on a busy machine."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or ""
    command = [program, url, "--quiet", "--output=json", f"--only-categories={','.join(TARGETS)}"]
    for _each in range(3):
        done = subprocess.run(
            [*command, f"--chrome-flags={QUIETLY}"],
            env=os.environ | {"CHROME_PATH": chromium},
            capture_output=True,
            text=True,
        )
        found = json.loads(done.stdout) if done.stdout.startswith("{") else {}
        if found and all(found["categories"][each]["score"] is not None for each in TARGETS):
            return found
    return None


def _told(name: str, looks: list[dict]) -> bool:
    """One line for a page; whether it reaches both targets."""
    if not looks:
        print(f"{name:20} Lighthouse did not get to an end.")
        return False
    scores = {each: round(100 * median(look["categories"][each]["score"] for look in looks)) for each in TARGETS}
    least = round(100 * min(look["categories"]["performance"]["score"] for look in looks))
    values = {each: median(look["audits"][each]["numericValue"] for look in looks) for each in METRICS}
    weight = median(look["audits"]["total-byte-weight"]["numericValue"] for look in looks)
    first, largest, blocked, shifted = values.values()
    print(
        f"{name:20} performance {scores['performance']} (least {least}), accessibility {scores['accessibility']}; "
        f"first paint {first / 1000:.1f} s, largest {largest / 1000:.1f} s, blocked {blocked:.0f} ms, "
        f"shifted {shifted:.3f}, {weight / 1024:.0f} KiB in all"
    )
    return all(scores[each] >= target for each, target in TARGETS.items())


if __name__ == "__main__":
    sys.exit(main())
