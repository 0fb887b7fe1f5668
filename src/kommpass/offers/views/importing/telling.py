"""What was kept of an import in the reader's language: notes, mistakes, changes; and where one is."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommpass.domain.offers.vocabularies import FACILITIES, TOPICS
from kommpass.offers.models import ImportRun
from kommpass.offers.views.tabs import trail

STEPS = (
    gettext_lazy("Liste hochladen"),
    gettext_lazy("Spalten zuordnen"),
    gettext_lazy("Vorschau prüfen"),
    gettext_lazy("Übernehmen"),
)


def open_run(import_id: int) -> ImportRun | None:
    """A run that is not finished, with its table; None for one that is."""
    run = get_object_or_404(ImportRun.objects.select_related("recipe"), pk=import_id)
    return run if run.state == ImportRun.State.PREVIEW else None


def way(*steps: str) -> list[tuple[str, str]]:
    """The way back: the list of imports, and where one is."""
    at_list = [(_("Übernommene Listen"), reverse("offers:imports") if steps else "")]
    return trail(*at_list, *((step, "") for step in steps))


def note(kept: dict) -> str:
    """A note of the reader in the reader's language, with its place in front."""
    line = _("Zeile %d") % kept["row"] if kept["row"] is not None else ""
    column = _("Spalte „%s“") % kept["column"] if kept["column"] else ""
    place = ", ".join(part for part in (line, column) if part)
    return f"{place}: {sentence(kept)}" if place else sentence(kept)


def sentence(kept: dict) -> str:
    return said(kept["message"], kept["values"])


def evidence(kept: dict) -> str:
    """What speaks for or against two offers being one; kinds are compared by their keys and shown by their words."""
    words = FACILITIES.labels | TOPICS.labels
    named = {name: _(words[each]) if each in words else each for name, each in kept["values"].items()}
    return said(kept["message"], named)


def said(message: str, values: dict) -> str:
    words = {name: _(each) if name == "label" else each for name, each in values.items()}
    return _(message).format(**words)


def problem(kept: dict) -> dict:
    return {"row": kept["row"], "title": kept["title"], "sentence": sentence(kept)}


def changed(kept: dict) -> dict:
    words = {name: ", ".join(_(label) for label in kept[name]) for name in ("taken", "kept")}
    return {**kept, **words}
