"""Prints docs/reference from the code: permissions, schemes, commands, settings, journal. --check compares instead."""

import ast
import os
import sys
from argparse import SUPPRESS
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

import django
from django.core.management import BaseCommand, get_commands, load_command_class
from django.utils.translation import override

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "reference"
SOURCE = ROOT / "src" / "kommpass"

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kommpass.config.settings")
os.environ.setdefault("KOMMPASS_SECRET_KEY", "only-for-printing-the-reference")
django.setup()

from kommpass.audits.catalogue import schemes  # noqa: E402 - models need the set-up above
from kommpass.audits.journal import content  # noqa: E402
from kommpass.audits.models import JournalEntry  # noqa: E402
from kommpass.domain.canonical import canonical_json  # noqa: E402
from kommpass.domain.deeds import DEEDS  # noqa: E402
from kommpass.domain.hashchain import entry_hash  # noqa: E402
from kommpass.domain.permissions import (  # noqa: E402
    INSTALLATION_ROLES,
    ROLE_LABELS,
    RULES,
    TOWN_ROLES,
    WHILE_RESTING,
    Role,
    Rule,
)
from kommpass.domain.phases import Stage  # noqa: E402
from kommpass.domain.scheme_vocabulary import FACTS, LEVELS  # noqa: E402
from kommpass.domain.schemes import Scheme  # noqa: E402

Row = Iterable[object]

PRINTED = "<!-- Printed by scripts/reference.py. Change the code, then run: python scripts/reference.py -->"

ROLE_COLUMNS = dict(zip(Role, ("Ko", "Fb", "Tr", "Si", "VR", "Au", "St", "Gu", "Ge", "Sy"), strict=True))

# What each variable of the environment means. A variable that the code reads and that is missing here stops the print.
SETTINGS = {
    "KOMMPASS_VAR": "Folder of the data: SQLite file, secret key, collected static files, mails of the demo. Must be writable.",
    "KOMMPASS_DEMO": "`1`: demo. Mails become files shown at `/mails/`, the start page lists log-ins, `/gallery/` is open.",
    "KOMMPASS_DEBUG": "`1`: Django's debug pages. Never on a server.",
    "KOMMPASS_SECRET_KEY": "Signs sessions and contribution links. Without it one is made once and kept in `secret_key` "
    "inside of `KOMMPASS_VAR`. A new key ends all sessions and all links in mails already sent.",
    "KOMMPASS_HOSTS": "Host names the server answers to, with commas.",
    "KOMMPASS_BASE_URL": "Address of the installation as people type it, without a slash at the end. Stands in every mail. "
    "With `https://` cookies are secure, HSTS is sent and `X-Forwarded-Proto` of the proxy is believed.",
    "KOMMPASS_OPEN_DATA_LICENCE": "the licence of the open data (an address); without it the catalogue names Datenlizenz Deutschland 2.0",
    "KOMMPASS_IMPRINT": "Imprint of whoever runs the installation, for the page the law wants. Lines are kept.",
    "KOMMPASS_MAP_TILES": "Where the pictures behind the maps come from: an address with `{z}`, `{x}` and `{y}`, or a folder as in "
    "`file:/srv/tiles/{z}/{x}/{y}.png`. Without it maps show the districts alone. [More](../how-to/put-a-map-behind-the-districts.md).",
    "KOMMPASS_MAP_ATTRIBUTION": "Whose map that is, as its licence wants it; stands below every map. Needed with `KOMMPASS_MAP_TILES`.",
    "KOMMPASS_MAP_ATTRIBUTION_LINK": "Address of its licence; the line below the map leads there.",
    "KOMMPASS_MAP_ZOOMS": "The first and the last zoom level that the source has.",
    "KOMMPASS_SCHEMES": "Folder with scheme files of your own, beside the shipped ones.",
    "KOMMPASS_PROXIES": "How many proxies of yours stand before the server. With the default behind a proxy, all visitors "
    "share one address and therefore one limit for failed log-ins.",
    "KOMMPASS_EMAIL_BACKEND": "Django mail backend; default SMTP, in the demo files.",
    "KOMMPASS_SMTP_HOST": "Mail server.",
    "KOMMPASS_SMTP_PORT": "Its port.",
    "KOMMPASS_SMTP_USER": "User name there, if it wants one.",
    "KOMMPASS_SMTP_PASSWORD": "Password there.",
    "KOMMPASS_SMTP_TLS": "`1`: STARTTLS.",
    "KOMMPASS_MAIL_FROM": "Sender of all mails.",
    "KOMMPASS_LOG": "Level of the log on standard error: `DEBUG`, `INFO`, `WARNING`, `ERROR`.",
    "KOMMPASS_SIGNING": "Folder of the keys that sign certificates; default `signing` in `KOMMPASS_VAR`. Belongs in the backup, "
    "readable for the service alone.",
    "KOMMPASS_SIGNING_SUBJECT": "Name in the signing certificate that Kommpass makes itself, before it is made.",
    "KOMMPASS_FONTS": "Folder with the typefaces of the PDF documents; default `build/fonts`, made by the set-up.",
    "DATABASE_URL": "`postgresql://user:password@host:port/name`. Without it SQLite in `KOMMPASS_VAR`.",
}  # fmt: skip

DJANGO_COMMANDS = {
    "migrate": "Brings the database up to date, also the table for failed log-ins; on PostgreSQL renews the row-level policies.",
    "collectstatic": "Gathers style, scripts and pictures in `static` inside of `KOMMPASS_VAR`. Needed after every update.",
    "check": "Looks for mistakes in the settings; `--deploy` also judges them for a server.",
    "clearsessions": "Removes sessions that have ended.",
    "dumpdata": "Writes all data as JSON, for a move to another database.",
    "loaddata": "Reads it again.",
}

VERIFIER = """\
import hashlib, json, sys, unicodedata


def nfc(value):
    if isinstance(value, dict):
        return {nfc(key): nfc(each) for key, each in value.items()}
    if isinstance(value, list):
        return [nfc(each) for each in value]
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


number, before = 0, ""
for number, line in enumerate(open(sys.argv[1], encoding="utf-8"), start=1):
    row = json.loads(line)
    expected, place = row["hash"], number
    if "fields" in row:  # of a confidential entry there are only its two hashes
        covered = {"previous": before, "fields": nfc(row["fields"])}
        spelled = json.dumps(covered, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        expected, place = hashlib.sha256(spelled.encode()).hexdigest(), row["fields"]["sequence"]
    if (row["previous_hash"], row["hash"], place) != (before, expected, number):
        sys.exit(f"Line {number} does not follow from the lines before it.")
    before = row["hash"]
print(f"{number} entries, last hash {before}")
"""


def table(header: Row, rows: Iterable[Row]) -> str:
    names = [str(each) for each in header]
    lines = [_line(names), _line(["---"] * len(names)), *(_line(row) for row in rows)]
    return "\n".join(lines) + "\n"


def _line(cells: Row) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|").replace("\n", " ").strip() for cell in cells) + " |"


def permissions() -> str:
    """Role x action x stage, in the words people read."""
    legend = ", ".join(f"{short} {ROLE_LABELS[role]}" for role, short in ROLE_COLUMNS.items())
    header = ["Handlung", "in Worten", *ROLE_COLUMNS.values(), "wann"]
    rows = [
        [f"`{action}`", DEEDS[action], *("●" if role in rule.roles else "" for role in ROLE_COLUMNS), _when(rule)]
        for action, rule in RULES.items()
    ]
    resting = ", ".join(f"„{DEEDS[action]}“" for action in RULES if action in WHILE_RESTING)
    return f"""# Permissions

{PRINTED}

The one table of `domain/permissions.py`: views, actions, menus and tests read it. A missing right is answered with 403 and
a sentence; what belongs to another town does not exist (404).

Roles: {legend}.

Held in one town: {", ".join(ROLE_LABELS[role] for role in TOWN_ROLES)}. Held in the whole installation: \
{", ".join(ROLE_LABELS[role] for role in INSTALLATION_ROLES)}.

"lesen" only looks and is possible at any time, also while the procedure rests. While it rests, writing is closed except
for: {resting}. Stages are those of the open phases; a phase of a scheme says which stage it is.

{table(header, rows)}"""


def _when(rule: Rule) -> str:
    if not rule.writes:
        return "lesen"
    if rule.during == frozenset(Stage):
        return "jederzeit"
    return ", ".join(stage.label for stage in Stage if stage in rule.during)


def scheme_pages() -> str:
    """Every shipped scheme version: phases, gates, fields, questions."""
    parts = [_scheme(each) for _, each in sorted(schemes().items())]
    return f"""# Schemes

{PRINTED}

The scheme versions in `src/kommpass/schemes`. A running procedure pins one of them. How to write your own:
[write a scheme](../how-to/write-a-scheme.md).

{"".join(parts)}## What a gate may count

A gate names facts. These words are known; a fact that no room counts yet reads as 0.

{", ".join(f"`{fact}`" for fact in FACTS)}
"""


def _scheme(scheme: Scheme) -> str:
    questions = [[each.number, each.title.de, *_levels(scheme, each.key)] for each in scheme.fields]
    questions.append(["", "zusammen", *_levels(scheme, None)])
    based = f", based on {scheme.based_on}" if scheme.based_on else ""
    scored = f"\nPoints: at most {scheme.scoring.max_points}; " if scheme.scoring else ""
    if scheme.scoring:
        sizes = (f"{each.title.de} {each.minimum_percent} %" for each in scheme.scoring.size_classes)
        scored += f"needed: {', '.join(sizes)}.\n"
    return f"""## {scheme.title.de}, {scheme.version}

Key `{scheme.key}`, kind `{scheme.kind}`{based}. {" ".join(scheme.note.de.split())}
{scored}
{table(["Nr.", "Phase", "Stage", "Wochen"], ([p.number, p.title.de, f"`{p.stage}`", p.weeks or ""] for p in scheme.phases))}
{table(["Tor", "am Ende von", "verlangt", "Fact", "nötig"], _gates(scheme))}
{table(["Nr.", "Handlungsfeld", "Fragen", *LEVELS], questions)}
Rungs: {"; ".join(_rung(each) for each in scheme.rungs)}.

"""


def _levels(scheme: Scheme, field: str | None) -> list[int]:
    asked = [each for each in scheme.questions if field is None or each.field == field]
    return [len(asked), *(sum(each.level == level for each in asked) for level in LEVELS)]


def _rung(rung) -> str:
    return f"{rung.title.de} ({rung.years} Jahre)" if rung.years else rung.title.de


def _gates(scheme: Scheme) -> Iterable[Row]:
    titles = {phase.key: phase.title.de for phase in scheme.phases}
    for gate in scheme.gates:
        for rule in gate.requires:
            need = f"alle `{rule.equals_fact}`" if rule.equals_fact else f"mindestens {rule.at_least}"
            binding = "" if rule.severity == "error" else " (Hinweis, sperrt nicht)"
            name = f"{gate.key} {gate.title.de}"
            yield name, titles[gate.phase], rule.label.de, f"`{rule.fact}`", need + binding


def commands() -> str:
    """`kommpass` commands of our own with their options, and those of Django that an operator needs."""
    known = get_commands()
    own = sorted((name, app) for name, app in known.items() if app.startswith("kommpass."))
    others = table(["Befehl", "wozu"], ([f"`kommpass {name}`", text] for name, text in DJANGO_COMMANDS.items()))
    return f"""# Commands

{PRINTED}

`kommpass COMMAND --help` says the same in the terminal.

{"".join(_command(name, app) for name, app in own)}## From Django

{others}"""


def _command(name: str, app: str) -> str:
    command = load_command_class(app, name)
    parser = command.create_parser("kommpass", name)
    base = {each.dest for each in BaseCommand().create_parser("kommpass", name)._actions}
    actions = [each for each in parser._actions if each.dest not in base and each.help != SUPPRESS]
    rows = [[_spelled(each), each.help or "", _default(each)] for each in actions]
    options = "\n" + table(["Angabe", "wozu", "üblich"], rows) if rows else ""
    return f"## `kommpass {name}`\n\n{command.help}\n{options}\n"


def _spelled(action) -> str:
    if not action.option_strings:
        choices = "|".join(action.choices) if action.choices else action.dest.upper()
        return f"`{choices}`" if action.required else f"`[{choices}]`"
    return f"`{action.option_strings[0]}{'' if action.nargs == 0 else ' ' + (action.metavar or action.dest.upper())}`"


def _default(action) -> str:
    if action.required and action.option_strings:
        return "nötig"
    return f"`{action.default}`" if isinstance(action.default, str) and action.default else ""


def settings_page() -> str:
    """Every variable of the environment that the code reads, with its default as written there."""
    read = dict(sorted(_variables().items(), key=lambda found: list(SETTINGS).index(_explained(found[0]))))
    if unused := set(SETTINGS) - set(read):
        raise SystemExit(f"scripts/reference.py explains variables that nobody reads: {sorted(unused)}")
    rows = [[f"`{name}`", SETTINGS[name], f"`{default}`" if default else ""] for name, default in read.items()]
    return f"""# Settings

{PRINTED}

Everything that differs between machines comes from the environment. What a town decides for itself is in the interface
under *Einstellungen*.

{table(["Variable", "meaning", "default"], rows)}"""


def _explained(name: str) -> str:
    if name not in SETTINGS:
        raise SystemExit(f"scripts/reference.py does not explain the variable {name} yet.")
    return name


def _variables() -> dict[str, str]:
    """Name -> default, from every os.environ.get("…", …) of ours."""
    found: dict[str, str] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "os.environ.get":
                name, *default = node.args
                found.setdefault(ast.literal_eval(name), _written(default[0]) if default else "")
    return found


def _written(default: ast.expr) -> str:
    match default:
        case ast.Constant():
            return str(default.value)
        case ast.BinOp() if ast.unparse(default) == "ROOT / 'var'":
            return "var"
    return ""


def journal() -> str:
    """The format of a journal entry, with an example whose hash is computed here."""
    entry = JournalEntry(
        municipality_id=1, sequence=1, procedure_id=1, action="procedure.plan", actor_id=7, actor_name="Vera Sommerfeld",
        at=datetime(2027, 3, 1, 8, 30, tzinfo=UTC), details={"phase": "kickoff", "until": "2027-04-15"},
    )  # fmt: skip
    fields = content(entry)
    meaning = {
        "municipality": "number of the town in this installation",
        "sequence": "1, 2, 3 … within the town, without gaps",
        "procedure": "number of the procedure, 0 if the entry concerns the town as a whole",
        "action": "a word of the [table of permissions](permissions.md), or of `domain/deeds.py`",
        "actor": "number of the account; 0 for a contribution link or a command",
        "name": "their name at that time, or the organisation that answered by link",
        "via": "`account`, `link`, `command` or `public`",
        "at": "moment in UTC, ISO 8601 with microseconds",
        "details": "what changed. Days, moments, decimals and fractions are texts",
    }
    covered = canonical_json({"previous": "", "fields": fields})
    return f"""# Journal

{PRINTED}

Every action writes one entry in the transaction in which it acts (`audits/journal.py`). The table is sealed by triggers:
the database refuses to change or remove a row. Each entry carries a hash over itself and the hash of the entry before, so
a change behind the database's back breaks the chain.

## An entry

{table(["field", "meaning"], ([f"`{name}`", meaning[name]] for name in fields))}
## Its hash

SHA-256, as 64 hexadecimal digits, over the UTF-8 bytes of one canonical JSON text: an object with `fields` (above) and
`previous` (the hash of the entry before, an empty text for the first). Canonical means: keys sorted by code point, no
spaces, texts in NFC, umlauts as they are, no floating-point numbers (`domain/canonical.py`). For example

```json
{covered}
```

has the hash `{entry_hash("", fields)}`.

The end of each chain (number and hash of the last entry) is kept in a row of its own, so that a cut-off end is noticed.
Whoever can rewrite the whole table *and* that row can build a new chain: note the last hash outside from time to time, for
example in the minutes of the meeting that adopted the agreement.

## The exported file

`kommpass journal export --town SLUG`, or *Protokoll > Für das Archiv herunterladen*: JSON Lines, one entry a line, with
`fields`, `previous_hash` and `hash`. What board and office do confidentially (`CONFIDENTIAL` in `domain/deeds.py`) comes
without `fields`, so that the town learns neither names nor moments and the chain stays whole; a random salt in its details
keeps the hash from being guessed open. `--confidential` of the command writes these too. It can be verified with nothing but Python:

```python
{VERIFIER}```

Save it as `verify.py` and run `python verify.py journal.jsonl`. Inside the installation `kommpass journal verify` does the
same, compares with the kept end, and says in a sentence whether an entry was changed, removed, inserted or moved.
"""


PAGES: dict[str, Callable[[], str]] = {
    "permissions.md": permissions,
    "schemes.md": scheme_pages,
    "commands.md": commands,
    "settings.md": settings_page,
    "journal.md": journal,
}


def stale() -> list[str]:
    """The pages that do not say what the code says."""
    with override("de"):
        return [
            name
            for name, page in PAGES.items()
            if not (FOLDER / name).exists() or (FOLDER / name).read_text(encoding="utf-8") != page()
        ]


def main() -> int:
    if sys.argv[1:] == ["--check"]:
        if found := stale():
            print(f"Veraltet: {', '.join(found)}. Bitte ausführen: python scripts/reference.py", file=sys.stderr)
        return 1 if found else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    with override("de"):
        for name, page in PAGES.items():
            (FOLDER / name).write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
