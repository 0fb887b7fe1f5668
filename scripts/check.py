"""Runs every check a change must pass, says each one's name and result, and fails if one failed."""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable


def templates() -> list[str]:
    """The templates of all rooms; an empty list would make djade complain, so the check is then left out."""
    return [str(path.relative_to(ROOT)) for path in sorted(ROOT.glob("src/kommpass/**/templates/**/*.html"))]


def checks() -> list[tuple[str, list[str]]]:
    """What is checked and by which command, the quick ones first."""
    pages = templates()
    return [
        ("Stil (ruff check)", ["ruff", "check", "--output-format", "concise", "."]),
        ("Form (ruff format)", ["ruff", "format", "--check", "."]),
        *([("Vorlagen (djade)", ["djade", "--check", "--target-version", "5.2", *pages])] if pages else []),
        ("Schichten (import-linter)", ["lint-imports"]),
        ("Typen (mypy)", ["mypy", "src/kommpass/domain", "src/kommpass/analysis"]),
        ("Einstellungen (django check)", ["kommpass", "check", "--fail-level", "WARNING"]),
        ("Migrationen (makemigrations --check)", ["kommpass", "makemigrations", "--check", "--dry-run"]),
        ("Übersetzungen", [PYTHON, "scripts/check_translations.py"]),
        ("Fremde Lizenzen", [PYTHON, "scripts/third_party.py"]),
    ]


def run(name: str, command: list[str]) -> bool:
    """Run one check; its output is shown only when it failed."""
    begun = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    passed = done.returncode == 0
    print(f"{'✓' if passed else '✗'} {name}  {time.perf_counter() - begun:.1f} s", flush=True)
    if not passed:
        print(done.stdout.rstrip(), flush=True)
    return passed


def main() -> int:
    """All checks run even if an early one fails, so that one look shows everything."""
    os.environ.pop("DATABASE_URL", None)  # the checks look at the sources, never at somebody's database
    (ROOT / "var").mkdir(exist_ok=True)
    results = [run(name, command) for name, command in checks()]
    failed = results.count(False)
    print(
        f"{failed} von {len(results)} Prüfungen schlugen fehl."
        if failed
        else f"Alle {len(results)} Prüfungen bestanden."
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
