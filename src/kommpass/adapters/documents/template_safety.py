"""Looks at an uploaded Word file before anything opens it: size, macros, parts fetched from outside."""

import io
import zipfile

from django.utils.translation import gettext as _
from lxml import etree

from kommpass.adapters.documents.failures import TemplateRefused

MOST_BYTES = 60_000_000
MOST_PARTS = 2_000
ACTIVE_PARTS = ("vbaproject", "vbadata", "/activex/", "oleobject", "/embeddings/")
PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"


def refuse_unsafe_file(template: bytes) -> None:
    """Raise TemplateRefused unless this is an ordinary Word file, without macros or parts from outside."""
    try:
        with zipfile.ZipFile(io.BytesIO(template)) as parts:
            _refuse_unsafe_parts(parts)
    except (
        zipfile.BadZipFile,
        etree.XMLSyntaxError,
        OSError,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
    ) as problem:
        raise TemplateRefused(_("Die Word-Vorlage ist keine lesbare DOCX-Datei.")) from problem


def _refuse_unsafe_parts(parts: zipfile.ZipFile) -> None:
    if "word/document.xml" not in parts.namelist():
        raise TemplateRefused(_("Die Word-Vorlage ist keine lesbare DOCX-Datei."))
    if len(parts.infolist()) > MOST_PARTS or sum(part.file_size for part in parts.infolist()) > MOST_BYTES:
        raise TemplateRefused(_("Die Word-Vorlage ist ausgepackt zu groß. Bitte verkleinern Sie die Bilder darin."))
    for name in parts.namelist():
        if any(active in f"/{name.lower()}" for active in ACTIVE_PARTS):
            raise TemplateRefused(
                _("Die Word-Vorlage enthält Makros oder eingebettete Dateien. Bitte speichern Sie sie ohne diese.")
            )
        if name.endswith((".xml", ".rels")):
            _refuse_unsafe_xml(parts.read(name), is_relations=name.endswith(".rels"))


def _refuse_unsafe_xml(xml: bytes, *, is_relations: bool) -> None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(xml, parser)
    if root.getroottree().docinfo.doctype:
        raise TemplateRefused(
            _("Die Word-Vorlage ist keine gewöhnliche DOCX-Datei. Bitte speichern Sie sie in Word neu.")
        )
    if not is_relations:
        return
    for relation in root.iter(f"{PACKAGE}Relationship"):
        if relation.get("TargetMode") == "External" and not relation.get("Type", "").endswith("/hyperlink"):
            raise TemplateRefused(
                _("Die Word-Vorlage lädt Inhalte aus einer anderen Quelle. Bitte betten Sie Bilder ein.")
            )
