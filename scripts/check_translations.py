"""Says which texts of the interface lack an English translation; --write enters the new ones into the catalogue."""

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib
from texts import Text, collect

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "src/kommpass"
CATALOGUE = SOURCES / "locale/en/LC_MESSAGES/django.po"
HEADER = {
    "Language": "en",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}
SHOWN = 40  # a list nobody reads to its end hides its beginning
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|(?<!%)%[sd]|\{\w*\}")


def open_catalogue() -> polib.POFile:
    """The catalogue as it is, or an empty one."""
    if CATALOGUE.exists():
        return polib.pofile(str(CATALOGUE), wrapwidth=110)
    catalogue = polib.POFile(wrapwidth=110)
    catalogue.metadata = dict(HEADER)
    return catalogue


def find(catalogue: polib.POFile, text: Text) -> polib.POEntry | None:
    return catalogue.find(text.text, msgctxt=text.context or False) or None


def translations(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def fault(text: Text, entry: polib.POEntry | None) -> str:
    """What is wrong with the translation of a text, empty if nothing."""
    if entry is None:
        return "fehlt"
    if entry.fuzzy:
        return "ist nur vermutet (fuzzy)"
    if text.plural and text.plural != entry.msgid_plural:
        return "hat eine andere Mehrzahl"
    given = translations(entry)
    if not given or not all(given):
        return "ist leer"
    wanted = set(PLACEHOLDER.findall(text.text)) | set(PLACEHOLDER.findall(text.plural))
    if any(not set(PLACEHOLDER.findall(each)) <= wanted for each in given):
        return "hat fremde Platzhalter"
    if wanted - set().union(*(PLACEHOLDER.findall(each) for each in given)):
        return "lässt Platzhalter aus"
    return ""


def enter_missing(catalogue: polib.POFile, texts: dict[Text, Path]) -> int:
    """Add an empty entry for every text that has none; what is there stays as it is. Sorted, so that merges are quiet."""
    added = 0
    for text in texts:
        entry = find(catalogue, text)
        if entry is None:
            entry = polib.POEntry(msgid=text.text, msgctxt=text.context or None)
            catalogue.append(entry)
            added += 1
        if text.plural and entry.msgid_plural != text.plural:
            entry.msgid_plural, entry.msgstr_plural = (
                text.plural,
                entry.msgstr_plural or {0: entry.msgstr, 1: ""},
            )
    catalogue.sort(key=lambda entry: (entry.obsolete, entry.msgid, entry.msgctxt or ""))
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(CATALOGUE))
    return added


def complaints(catalogue: polib.POFile, texts: dict[Text, Path]) -> Iterator[str]:
    for text, file in sorted(texts.items(), key=lambda item: item[0].text):
        wrong = fault(text, find(catalogue, text))
        if wrong:
            yield f"{file.relative_to(ROOT)}: die Übersetzung von {text.text!r} {wrong}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="enter missing texts, with empty translations")
    options = parser.parse_args()
    texts, unreadable = collect(SOURCES)
    catalogue = open_catalogue()
    if options.write:
        print(f"{enter_missing(catalogue, texts)} neue Texte in {CATALOGUE.relative_to(ROOT)} eingetragen.")
    faults = [*(f"kein fester Text: {each}" for each in unreadable), *complaints(catalogue, texts)]
    print("\n".join(faults[:SHOWN]))
    known = {(text.text, text.context) for text in texts}
    unused = [entry for entry in catalogue if not entry.obsolete and (entry.msgid, entry.msgctxt or "") not in known]
    for entry in unused:
        print(f"Hinweis: {entry.msgid!r} steht im Katalog, aber in keiner Datei.")
    print(f"{len(texts)} Texte, {len(faults)} ohne brauchbare englische Übersetzung, {len(unused)} unbenutzt.")
    return 0 if options.write or not faults else 1


if __name__ == "__main__":
    sys.exit(main())
