"""Takes the pictures of the German handbook from running demos, so that they show what the pages look like today.

Some pages are only interesting while the agreement is drafted, others after the resolution or years later. So there are
three demos:

    export KOMMPASS_DEMO=1
    KOMMPASS_VAR=/tmp/shots-a KOMMPASS_BASE_URL=http://127.0.0.1:8161 kommpass migrate
    KOMMPASS_VAR=/tmp/shots-a KOMMPASS_BASE_URL=http://127.0.0.1:8161 kommpass demo --until targeting
    KOMMPASS_VAR=/tmp/shots-a KOMMPASS_BASE_URL=http://127.0.0.1:8161 kommpass runserver 127.0.0.1:8161 --noreload

the same with /tmp/shots-b, 8162 and `--until council`, and with /tmp/shots-c, 8163 and no `--until` (everything), each also
with `kommpass signingkey make` and `kommpass collectstatic --noinput`, then

    python scripts/handbook_shots.py targeting=http://127.0.0.1:8161 council=http://127.0.0.1:8162 full=http://127.0.0.1:8163

A further argument such as `only=vorlage` takes one picture. Where pngquant is installed, it makes each a third as large: all
pictures together must stay below 3 MB. CHROMIUM names the browser if it is not called chromium.
"""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "handbuch" / "bilder"
PASSWORD = "kommpass-demo-2026"
WIDTH = 1120
MOST_BYTES = 150_000


@dataclass(frozen=True)
class Shot:
    """One picture: which demo, who looks, where, and which link leads on.

    `then` is a second link, `mail` takes the link inside of a letter, `down_to` scrolls to a heading.
    """

    name: str
    demo: str
    path: str
    who: str = ""
    click: str = ""
    then: str = ""
    mail: str = ""
    height: int = 720
    down_to: str = ""


AUENTAL, HASSELGRUND = "koordination@auental.example", "koordination@hasselgrund.example"
OFFICE, BOARD = "geschaeftsstelle@verein.example", "gutachten@verein.example"
SHOTS = (
    Shot("anmelden", "council", "/accounts/login/", height=620),
    Shot("uebersicht", "council", "/hasselgrund/", HASSELGRUND, height=900),
    Shot("verfahren", "council", "/hasselgrund/procedure/", HASSELGRUND, height=800),
    Shot("menschen-und-stellen", "council", "/auental/people/", AUENTAL),
    Shot("bestandsaufnahme", "council", "/hasselgrund/stocktaking/", HASSELGRUND, height=820),
    Shot("neues-fragenpaket", "council", "/hasselgrund/stocktaking/bundle/new/", HASSELGRUND, height=900),
    Shot(
        "befunde", "council", "/hasselgrund/stocktaking/", HASSELGRUND, click="Steuerung, Vernetzung und Nachhaltigkeit",
        height=860,
    ),
    Shot("workshops", "council", "/auental/participation/", AUENTAL, height=820),
    Shot("ideen", "council", "/auental/participation/ideas/", AUENTAL, height=760),
    Shot("entwurf", "targeting", "/auental/agreement/", AUENTAL, height=820),
    Shot("massnahme", "targeting", "/auental/agreement/measures/", AUENTAL, click="Familienprüfung für Ratsvorlagen", height=860),
    Shot("zustimmung", "targeting", "/auental/agreement/acceptance/", AUENTAL, height=700),
    Shot("import", "targeting", "/auental/agreement/import/", AUENTAL, height=760),
    Shot("festschreiben", "targeting", "/auental/agreement/freeze/", AUENTAL, height=700),
    Shot("fassung", "targeting", "/auental/agreement/versions/", AUENTAL, click="Fassung 1", height=760, down_to="Weg durch die Gremien"),
    Shot("fassungen", "council", "/auental/agreement/versions/", AUENTAL, height=760),
    Shot("vorlage", "council", "/auental/bodies/", AUENTAL, click="Zielvereinbarung im Audit", height=760, down_to="Beratungsfolge"),
    Shot("aenderungen", "council", "/auental/agreement/amendments/", AUENTAL, height=560),
    Shot("uebergabe", "council", "/auental/people/hand-over/", AUENTAL, height=560),
    Shot("protokoll", "council", "/auental/procedure/journal/", AUENTAL, height=620),
    Shot("link-fragen", "council", "/mails/", mail="Erinnerung an Ihre Fragen – Angebote", height=900),
    Shot("link-massnahmen", "council", "/mails/", mail="Ihre Maßnahmen in der Zielvereinbarung", height=1160),
    Shot("meine-massnahmen", "targeting", "/auental/agreement/own/", "schulamt@auental.example", height=960),
    Shot("rat-fassung", "council", "/auental/agreement/versions/", "rat@auental.example", click="Fassung 2", height=820),
    Shot("oeffentlich", "council", "/auental/public/", height=860),
    Shot("auditorin-feld", "council", "/hasselgrund/stocktaking/", "auditorin@verein.example", click="Steuerung, Vernetzung", height=760),
    Shot("verein", "full", "/association/procedures/", OFFICE, height=760),
    Shot("register", "full", "/register/", height=760),
    Shot("gutachten", "full", "/accounts/start/", BOARD, height=860),
    Shot("votum", "full", "/accounts/start/", BOARD, click="Moorhausen", then="Votum schreiben", height=820),
    Shot("zertifikat", "full", "/auental/certificate/", AUENTAL, height=820),
    Shot("umsetzung", "full", "/auental/progress/", AUENTAL, height=820),
    Shot("jahresbericht", "full", "/auental/reports/", AUENTAL, click="Erster Jahresbericht zum Aufbauzertifikat", then="Fassung 1", height=860),
    Shot("zwei-minuten", "full", "/auental/council/", "rat@auental.example", height=860),
    Shot("stand-fuer-alle", "full", "/auental/public/progress/", height=860),
    Shot("angebote", "full", "/auental/offers/", AUENTAL, height=860),
    Shot("aktuell-halten", "full", "/auental/offers/upkeep/", AUENTAL, height=760),
    Shot("praeventionskette", "full", "/auental/offers/prevention/", AUENTAL, height=1300),
    Shot("familienportal", "full", "/auental/public/offers/", height=860),
    Shot("familienkarte", "full", "/auental/public/offers/map/", height=900, down_to="114 Angebote"),
    Shot("link-angebote", "full", "/mails/", mail="Stimmt noch alles", height=860),
    Shot("installation", "council", "/association/installation/", "system@kommpass.example", height=480),
)  # fmt: skip


class Sessions:
    """One browser context for each person and demo: signing in is slow on purpose."""

    def __init__(self, browser: Browser, demos: dict[str, str]):
        self.browser, self.demos, self._pages = browser, demos, {}

    def page(self, shot: Shot) -> Page:
        key = shot.demo, shot.who
        if key not in self._pages:
            context = self.browser.new_context(locale="de-DE", viewport={"width": WIDTH, "height": 720})
            self._pages[key] = context.new_page()
            if shot.who:
                self._sign_in(self._pages[key], self.demos[shot.demo], shot.who)
        return self._pages[key]

    def _sign_in(self, page: Page, base: str, who: str) -> None:
        page.goto(f"{base}/accounts/login/")
        page.fill("input[name=login]", who)
        page.fill("input[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        if page.locator("input[name=password]").count():
            sys.exit(f"{who} could not sign in at {base}: is it a demo?")


def take(shot: Shot, sessions: Sessions) -> None:
    """Go there as a person would, and keep what is on the screen."""
    page, base = sessions.page(shot), sessions.demos[shot.demo]
    page.set_viewport_size({"width": WIDTH, "height": shot.height})
    page.goto(base + shot.path)
    if shot.mail:
        page.get_by_role("link", name=shot.mail).first.click()
        page.goto(re.search(rf"{re.escape(base)}\S+", page.locator("main").inner_text()).group())
    if shot.click:
        page.locator("main").get_by_role("link", name=shot.click).first.click()
    if shot.then:
        page.wait_for_load_state("load")
        page.locator("main, aside").get_by_role("link", name=shot.then).first.click()
    page.wait_for_load_state("networkidle")
    if shot.down_to:
        page.locator("main").get_by_role("heading", name=shot.down_to).first.evaluate(
            'it => it.scrollIntoView({behavior: "instant"})'
        )
    page.evaluate("document.activeElement && document.activeElement.blur()")
    target = FOLDER / f"{shot.name}.png"
    page.screenshot(path=target, animations="disabled")
    if shutil.which("pngquant"):
        subprocess.run(["pngquant", "--quality=80-98", "--strip", "--force", "--ext=.png", target], check=True)
    if (size := target.stat().st_size) > MOST_BYTES:
        sys.exit(f"{target.name} has {size} bytes; make its height smaller, at most {MOST_BYTES} are allowed.")
    print(f"{target.name}  {size // 1024} kB")


def main() -> None:
    words = dict(word.partition("=")[::2] for word in sys.argv[1:])
    only = words.pop("only", "")
    wanted = [shot for shot in SHOTS if shot.demo in words and only in ("", shot.name)]
    if not wanted:
        sys.exit(__doc__)
    FOLDER.mkdir(parents=True, exist_ok=True)
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        sessions = Sessions(browser, words)
        for shot in wanted:
            take(shot, sessions)
        browser.close()


if __name__ == "__main__":
    main()
