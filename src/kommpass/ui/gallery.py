"""One page with every component and every kind of field: for developers, and for the screenshot test."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render

from kommpass.domain.gates import Requirement

FIELDS_OF_ACTION = [("1", "Bildung und Betreuung"), ("2", "Wohnen und Umfeld"), ("3", "Beratung und Unterstützung")]


class SampleForm(forms.Form):
    """Every kind of field once."""

    title = forms.CharField(label="Titel der Maßnahme", help_text="Kurz und so, dass alle sie verstehen.")
    description = forms.CharField(label="Beschreibung", widget=forms.Textarea, required=False)
    field_of_action = forms.ChoiceField(label="Handlungsfeld", choices=[("", "Bitte wählen"), *FIELDS_OF_ACTION])
    due_on = forms.DateField(label="Fällig am", initial=date(2027, 3, 15))
    places = forms.IntegerField(label="Anzahl der Plätze", required=False, min_value=0)
    mail = forms.EmailField(label="E-Mail-Adresse", help_text="Für Rückfragen.")
    rhythm = forms.ChoiceField(
        label="Wie oft wird berichtet?", choices=[("q", "jedes Quartal"), ("y", "jedes Jahr")], widget=forms.RadioSelect
    )
    groups = forms.MultipleChoiceField(
        label="Zielgruppen",
        help_text="Mehrere sind möglich.",
        required=False,
        choices=[("c", "Kinder"), ("y", "Jugendliche"), ("p", "Eltern"), ("s", "Ältere Menschen")],
        widget=forms.CheckboxSelectMultiple,
    )
    paper = forms.FileField(label="Vorlage", required=False, help_text="PDF, höchstens 20 MB.")
    subject_to_budget = forms.BooleanField(label="Steht unter Haushaltsvorbehalt", required=False)
    token = forms.CharField(widget=forms.HiddenInput, required=False)


class FilterForm(forms.Form):
    """The filters above a list."""

    text = forms.CharField(label="Suchwort", required=False)
    field = forms.ChoiceField(label="Handlungsfeld", choices=[("", "Alle"), *FIELDS_OF_ACTION], required=False)
    open_only = forms.BooleanField(label="Nur offene", required=False)


class StepForm(forms.Form):
    """A row of a formset."""

    title = forms.CharField(label="Arbeitsschritt")
    due_on = forms.DateField(label="Fällig am", required=False)


def gallery(request):
    """Shows the components; only where nothing real is kept."""
    if not (settings.DEBUG or getattr(settings, "DEMO", False)):
        raise Http404
    return render(request, "ui/gallery.html", samples())


def samples() -> dict:
    """Invented values for every component."""
    steps = forms.formset_factory(StepForm, extra=2)(prefix="steps")
    steps.row_label = "Schritt"
    return {
        "form": SampleForm(prefix="plain"),
        "mistaken": SampleForm({"wrong-mail": "keine Adresse", "wrong-due_on": "irgendwann"}, prefix="wrong"),
        "filter_form": FilterForm(prefix="filter"),
        "steps": steps,
        "page": Paginator(range(240), 20).page(4),
        "breadcrumb": [("Übersicht", "/"), ("Ziele und Maßnahmen", "/"), ("Ferienbetreuung", "")],
        "lights": ["green", "yellow", "red", "none"],
        "icons": ICONS,
        **_procedure(),
        **_lists(),
    }


def _procedure() -> dict:
    phase = SimpleNamespace
    return {
        "phases": [
            phase(label="Anbahnung", state="done", dates="bis 01/2026", url="/"),
            phase(label="Teilnahmebeschluss", state="done", dates="bis 03/2026"),
            phase(label="Bestandsaufnahme", state="overdue", dates="bis 09/2026", url="/"),
            phase(label="Strategieworkshop", state="current", dates="bis 30.11.2026", url="/"),
            phase(label="Beteiligung", state="open", dates="ab 12/2026"),
            phase(label="Zielvereinbarung", state="open", dates="ab 02/2027"),
            phase(label="Gremienlauf", state="open", dates="ab 04/2027"),
            phase(label="Begutachtung", state="open", dates="ab 05/2027"),
            phase(label="Umsetzung und jährlicher Bericht", state="open", dates="bis 2030"),
        ],
        "requirements": [
            Requirement("Beantwortete Fragen der Bestandsaufnahme", 183, 200, where="/"),
            Requirement("Beschluss über die Teilnahme", 1),
            Requirement("Stellungnahme des Jugendamts", 0, binding=False),
        ],
        "facts": [
            ("Verantwortlich", "Fachbereich Jugend"),
            ("Fällig", "März 2027"),
            ("Kosten im Jahr", "12.500,00 €"),
            ("Leer", ""),
        ],
        "pieces": [
            ("same", "Ferienbetreuung in "),
            ("gone", "drei"),
            ("new", "allen"),
            ("same", " Stadtteilen bis 2028"),
        ],
    }


def _lists() -> dict:
    entry = SimpleNamespace
    return {
        "columns": ["Nr.", "Maßnahme", "Verantwortlich", "Stand", ("Kosten", "number")],
        "rows": [
            ("1.1", "Ferienbetreuung in allen Stadtteilen", "Fachbereich Jugend", "green", "12.500,00 €"),
            ("1.2", "Randzeiten in der Kita Sonnenhügel", "Träger Sonnenhügel e. V.", "yellow", "4.000,00 €"),
            ("2.1", "Sichere Schulwege im Norden", "Tiefbauamt", "red", "80.000,00 €"),
        ],
        "deadlines": [
            entry(
                due_on=date(2026, 11, 9),
                label="Bericht zur Maßnahme 1.2",
                url="/",
                responsible="Träger",
                state="overdue",
            ),
            entry(
                due_on=date(2026, 12, 1),
                label="Strategieworkshop einladen",
                url="/",
                responsible="Koordination",
                state="soon",
            ),
            entry(
                due_on=date(2027, 3, 15), label="Ratsvorlage einreichen", url="", responsible="Sitzungsdienst", state=""
            ),
        ],
        "entries": [
            entry(at=datetime(2026, 11, 20, 14, 3, tzinfo=UTC), text="Maßnahme 1.2 geändert", by="Ute Weber", url="/"),
            entry(at=datetime(2026, 11, 18, 9, 40, tzinfo=UTC), text="Bestandsaufnahme eröffnet", by="Jan Petersen"),
        ],
        "tabs": [
            entry(label="Alle", url="/", active=True),
            entry(label="Meine", url="/", active=False, count=3),
            entry(label="Abgeschlossen", url="/", active=False),
        ],
        "bars": [("Norden", 120, "note"), ("Mitte", 310), ("Süden und Neubaugebiet am Fluss", 86, "warn")],
        "parts": [
            ("Bildung", [("umgesetzt", 6, "good"), ("in Arbeit", 11, "soft"), ("ohne Angabe", 3, "none")], "/"),
            ("Wohnen", [("umgesetzt", 1, "good"), ("in Arbeit", 0, "soft"), ("aufgegeben", 2, "sun")]),
            ("Beratung", []),
        ],
        "stepper": ["Angaben", "Begründung", "Prüfen", "Absenden"],
    }


ICONS = [
    "check",
    "success",
    "info",
    "warning",
    "danger",
    "help",
    "plus",
    "close",
    "arrow-right",
    "arrow-left",
    "arrow-down",
    "arrow-up",
    "calendar",
    "clock",
    "person",
    "people",
    "building",
    "document",
    "download",
    "upload",
    "mail",
    "lock",
    "search",
    "edit",
    "trash",
    "flag",
    "home",
    "menu",
    "logout",
    "settings",
    "link",
    "external",
    "print",
    "chart",
    "star",
    "list",
    "comment",
    "map",
    "eye",
    "history",
    "compass",
    "leaf",
    "seal",
    "open",
    "dot",
]
