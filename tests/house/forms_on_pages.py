"""Reads the forms of a page as a browser does: where they go, which fields they have, and what stands in them."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from kommpass.municipalities.scope import within
from tests.house.addresses import TOWN, addresses

CHOICES = {"select", "radio", "checkbox"}
UNTYPED = {"hidden", "submit", "button", "file"}
NUMBERS = {"number", "date", "time", "datetime-local"}


@dataclass
class Form:
    """One form that writes. `kinds` says for each field what it is; `values` what would be sent as it stands."""

    action: str
    kinds: dict[str, str] = field(default_factory=dict)
    values: dict[str, object] = field(default_factory=dict)
    offers: dict[str, list[str]] = field(default_factory=dict)

    @property
    def texts(self) -> list[str]:
        """The fields somebody types into."""
        return [name for name, kind in self.kinds.items() if kind not in CHOICES | UNTYPED]

    @property
    def untyped(self) -> list[str]:
        """Hidden fields and buttons that say something."""
        speaking = self.kinds.keys() - {"csrfmiddlewaretoken"}
        return [name for name, kind in self.kinds.items() if kind in ("hidden", "submit") and name in speaking]

    @property
    def choices(self) -> list[str]:
        return [name for name, kind in self.kinds.items() if kind in CHOICES]

    @property
    def choices_of_things(self) -> list[str]:
        """The choices among rows of the database: what they offer are keys."""
        return [name for name in self.choices if all(each.isdigit() for each in self.offers.get(name, []) if each)]

    @property
    def filled(self) -> dict[str, object]:
        """The form with something in every field: a plausible answer, so that it could be saved."""
        plausible = {"date": "2026-12-01", "number": "3", "email": "post@amt.example", "time": "10:00", "password": "x"}
        answers = dict(self.values)
        for name in self.texts:
            answers[name] = self.values.get(name) or plausible.get(self.kinds[name], "2027")
        for name in self.choices:
            offered = [each for each in self.offers.get(name, []) if each]
            if offered and not self.values.get(name):
                answers[name] = offered[-1]
        return answers


class _Reader(HTMLParser):
    def __init__(self, page: str):
        super().__init__()
        self.page, self.forms = page, []
        self.form = self.select = self.area = None

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form" and (given.get("method") or "").lower() == "post":
            self.form = Form(given.get("action") or self.page)
            self.forms.append(self.form)
        name = given.get("name") or ""
        if self.form is None or (not name and tag != "option"):
            return
        if tag == "select":
            self.select = name
            self.form.kinds[name] = "select"
        elif tag == "option" and self.select:
            self._offer(self.select, given.get("value") or "", "selected" in given)
        elif tag == "textarea":
            self.area = name
            self.form.kinds[name], self.form.values[name] = "textarea", ""
        elif tag in ("input", "button"):
            self._input(name, given, (given.get("type") or ("submit" if tag == "button" else "text")).lower())

    def _input(self, name, given, kind):
        value = given.get("value") or ""
        if kind == "submit":
            self.form.kinds.setdefault(name, kind)
            self.form.offers.setdefault(name, []).append(value)
            return
        self.form.kinds[name] = kind
        if kind in CHOICES:
            self._offer(name, value, "checked" in given)
        elif kind != "file":
            self.form.values[name] = value

    def _offer(self, name, value, chosen):
        self.form.offers.setdefault(name, []).append(value)
        if chosen and self.form.kinds[name] == "checkbox":
            self.form.values.setdefault(name, []).append(value)
        elif chosen:
            self.form.values[name] = value

    def handle_data(self, data):
        if self.form is not None and self.area:
            self.form.values[self.area] += data

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.select = None
        elif tag == "textarea" and self.area:
            self.form.values[self.area] = self.form.values[self.area].removeprefix("\n")
            self.area = None


def forms_of(answer, page: str) -> list[Form]:
    """The forms of an answer that write inside of the town; leaving and changing the language are not ours."""
    if answer.status_code != 200 or not answer.headers.get("Content-Type", "").startswith("text/html"):
        return []
    reader = _Reader(page.split("#")[0])
    reader.feed(answer.content.decode())
    strangers = ("/i18n/", "/accounts/logout/")
    return [form for form in reader.forms if not any(each in form.action for each in strangers)]


def forms_in(built, browser) -> list[Form]:
    """Every form of the town once, as its pages show it."""
    with within(built.municipality):
        pages = [each.filled(built.values) for each in addresses(TOWN) if each.reads() and not each.is_document]
    found = {}
    for page in pages:
        for form in forms_of(browser.get(page), page):
            found.setdefault((form.action, tuple(sorted(form.kinds))), form)
    return list(found.values())


def once_each(forms: Iterable[Form], fields_of: Callable[[Form], list[str]]) -> Iterator[tuple[Form, str]]:
    """Pairs of a form and one of its fields; fields that differ by a number only (of a question, a row) once."""
    tried = set()
    for form in forms:
        for name in fields_of(form):
            alike = name if name == "once" else re.sub(r"\d+", "#", f"{form.action} {name}")
            if alike not in tried:
                tried.add(alike)
                yield form, name
