"""Reads the tables of a scheme file one key at a time and refuses what is wrong with file, line and reason."""

import difflib
import re
import tomllib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from kommpass.domain.refusals import Refusal
from kommpass.domain.schemes import Words

STRING_OR_COMMENT = re.compile(
    r'"""(?:\\.|[^\\])*?"""(?!")|'
    r"'''.*?'''(?!')|"
    r'"(?:\\.|[^"\\\n])*"|'
    r"'[^'\n]*'|"
    r"#[^\n]*",
    re.DOTALL,
)
HEADER = re.compile(r"\s*(\[\[?)\s*([A-Za-z_][\w.-]*)\s*\]")
KEY = re.compile(r"\s*([\w-]+)\s*=")
PLAIN_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.]*")
SYNTAX_LINE = re.compile(r"\(at line (\d+), column \d+\)")

Place = tuple[str | int, ...]


class SchemeError(Refusal):
    """A scheme file that cannot be used: which file, which line, and why."""

    def __init__(self, file: str, line: int, reason: str):
        super().__init__(f"{file}, Zeile {line}: {reason}")
        self.file = file
        self.line = line
        self.reason = reason


class Lines:
    """Knows in which line every table and every key of a TOML text starts."""

    def __init__(self, text: str):
        self._tables: dict[Place, int] = {(): 1}
        self._keys: dict[tuple[Place, str], int] = {}
        counts: dict[Place, int] = {}
        here: Place = ()
        # Strings and comments are blanked first: a "[[question]]" inside a text is not a table.
        masked = STRING_OR_COMMENT.sub(lambda found: re.sub(r"[^\n]", "~", found.group()), text)
        for number, line in enumerate(masked.split("\n"), start=1):
            if header := HEADER.match(line):
                here = self._place(header[2].split("."), counts, repeated=header[1] == "[[")
                self._tables[here] = number
            elif key := KEY.match(line):
                self._keys[here, key[1]] = number

    @staticmethod
    def _place(names: list[str], counts: dict[Place, int], *, repeated: bool) -> Place:
        place: Place = ()
        for name in names[:-1]:
            place = (*place, name)
            if place in counts:
                place = (*place, counts[place])
        place = (*place, names[-1])
        if not repeated:
            return place
        counts[place] = counts.get(place, -1) + 1
        return (*place, counts[place])

    def of(self, place: Place, key: str = "") -> int:
        """The line of a key, or else of the nearest table around it."""
        if (place, key) in self._keys:
            return self._keys[place, key]
        for table in ((*place, key), (*place, key, 0)):
            if key and table in self._tables:
                return self._tables[table]
        while place not in self._tables:
            name = next((each for each in reversed(place) if isinstance(each, str)), "")
            place = place[: len(place) - 1 - place[::-1].index(name)] if name else ()
            if (place, name) in self._keys:
                return self._keys[place, name]
        return self._tables[place]


class Entry:
    """One table of the file. Every key is taken once; `done` refuses the keys that nobody took."""

    def __init__(self, file: str, lines: Lines, values: Mapping[str, Any], place: Place = ()):
        self._file = file
        self._lines = lines
        self._values = values
        self._place = place
        self._taken: list[str] = []

    def error(self, reason: str, key: str = "") -> SchemeError:
        return SchemeError(self._file, self._lines.of(self._place, key), reason)

    @property
    def name(self) -> str:
        """How a sentence names this table: [[question]] „1.03“."""
        table = ".".join(each for each in self._place if isinstance(each, str))
        key = self._values.get("key", "")
        return f"[[{table}]] „{key}“".removesuffix(" „“") if table else "Kopf der Datei"

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def _take(self, key: str) -> Any:
        self._taken.append(key)
        if key not in self._values:
            raise self.error(f"{self.name}: Es fehlt die Angabe „{key}“.")
        return self._values[key]

    def text(self, key: str, default: str | None = None) -> str:
        if default is not None and key not in self._values:
            self._taken.append(key)
            return default
        value = self._take(key)
        if not isinstance(value, str):
            raise self.error(f"„{key}“ muss ein Text in Anführungszeichen sein.", key)
        if not value.strip():
            raise self.error(f"„{key}“ ist leer. Bitte einen Text eintragen.", key)
        return " ".join(value.split())

    def key(self, key: str = "key") -> str:
        """A key: it stands in addresses, file names and journals, so it is kept plain."""
        value = self.text(key)
        if not PLAIN_KEY.fullmatch(value):
            raise self.error(f"„{value}“ ist kein Schlüssel. Erlaubt sind a-z, 0-9, Punkt und Unterstrich.", key)
        return value

    def words(self, key: str, *, required: bool = True) -> Words:
        """A German text and, under the same key with _en, its English."""
        german = self.text(key, None if required else "")
        return Words(german, self.text(f"{key}_en", ""))

    def number(self, key: str, *, least: int = 0, most: int | None = None) -> int:
        value = self._take(key)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.error(f"„{key}“ muss eine ganze Zahl sein.", key)
        if value < least:
            raise self.error(f"„{key}“ ist {value}, muss aber mindestens {least} sein.", key)
        if most is not None and value > most:
            raise self.error(f"„{key}“ ist {value}, darf aber höchstens {most} sein.", key)
        return value

    def optional_number(self, key: str, *, least: int = 0) -> int | None:
        self._taken.append(key)
        return self.number(key, least=least) if key in self._values else None

    def one_of(self, key: str, allowed: Collection[str], default: str | None = None) -> str:
        value = self.text(key, default)
        if value != default and value not in allowed:
            raise self.error(f"„{key}“ nennt „{value}“. {_known(value, allowed)}", key)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; a missing one is an empty list."""
        self._taken.append(key)
        value = self._values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, str) and each.strip() for each in value):
            raise self.error(f"„{key}“ muss eine Liste von Texten sein.", key)
        return tuple(value)

    def many_of(self, key: str, allowed: Collection[str]) -> tuple[str, ...]:
        values = self.texts(key)
        for value in values:
            if value not in allowed:
                raise self.error(f"„{key}“ nennt „{value}“. {_known(value, allowed)}", key)
        if len(set(values)) < len(values):
            raise self.error(f"„{key}“ nennt etwas doppelt.", key)
        return values

    def children(self, key: str) -> tuple["Entry", ...]:
        """The tables of a list, [[key]] or { … }; a missing list is empty."""
        self._taken.append(key)
        value = self._values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            raise self.error(f"„{key}“ muss als Liste von Tabellen [[{key}]] geschrieben sein.", key)
        return tuple(
            Entry(self._file, self._lines, each, (*self._place, key, number)) for number, each in enumerate(value)
        )

    def child(self, key: str) -> "Entry":
        value = self._take(key)
        if not isinstance(value, dict):
            raise self.error(f"„{key}“ muss als Tabelle [{key}] geschrieben sein.", key)
        return Entry(self._file, self._lines, value, (*self._place, key))

    def done(self) -> None:
        """Refuse unknown keys: mostly they are slips of the pen that would silently be ignored."""
        for key in self._values:
            if key not in self._taken:
                raise self.error(f"{self.name}: Die Angabe „{key}“ gibt es nicht. {_known(key, self._taken)}", key)


def _known(value: str, allowed: Collection[str]) -> str:
    near = difflib.get_close_matches(value, allowed, n=1)
    if near:
        return f"Meinten Sie „{near[0]}“?"
    return "Bekannt sind: " + ", ".join(dict.fromkeys(allowed)) + "." if allowed else "Bekannt ist hier nichts."


def open_file(path: Path) -> tuple[Entry, bytes]:
    """Read a scheme file as its top table and its bytes."""
    try:
        raw = path.read_bytes()
    except OSError as problem:
        raise SchemeError(path.name, 1, "Die Datei lässt sich nicht lesen.") from problem
    try:
        text = raw.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as problem:
        line = raw.count(b"\n", 0, problem.start) + 1
        raise SchemeError(path.name, line, "Die Datei ist nicht in UTF-8 gespeichert.") from problem
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        found = SYNTAX_LINE.search(str(problem))
        line = int(found[1]) if found else text.rstrip("\n").count("\n") + 1
        reason = str(problem).split(" (at ")[0]
        raise SchemeError(path.name, line, f"Hier ist das TOML nicht gültig ({reason}).") from problem
    return Entry(path.name, Lines(text), values), raw
