"""The data set for open data portals: a catalogue in the words of DCAT-AP.de, as Turtle."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from kommpass.open_data import endpoints
from kommpass.open_data.endpoints import Endpoint
from kommpass.open_data.hsds.frame import Frame
from kommpass.open_data.hsds.plain import moment
from kommpass.people.addresses import absolute, in_town

PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dcatde": "http://dcat-ap.de/def/dcatde/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
FILE_TYPE = "http://publications.europa.eu/resource/authority/file-type/"
LANGUAGE = "http://publications.europa.eu/resource/authority/language/DEU"
THEME = "http://publications.europa.eu/resource/authority/data-theme/SOCI"
CONTINUOUSLY = "http://publications.europa.eu/resource/authority/frequency/CONT"
GERMAN_KEY = "http://dcat-ap.de/def/politicalGeocoding/municipalityKey/"
LICENCE = "http://dcat-ap.de/def/licenses/dl-by-de/2.0"
"""Datenlizenz Deutschland, with naming of the source, unless the installation says something else."""


@dataclass(frozen=True)
class Way:
    """One way to the data: an address of ours, its title, the type of file as the EU calls it."""

    endpoint: Endpoint
    title: str
    file_type: str


OFFERS = (
    Way(endpoints.SERVICES, "HSDS 3.1 (Schnittstelle)", "JSON"),
    Way(endpoints.TABULAR, "HSDS 3.1 als Tabellen", "ZIP"),
    Way(endpoints.OFFERS_GEOJSON, "Angebote an ihren Orten", "GEOJSON"),
    Way(endpoints.OFFERS_CSV, "Angebote als Tabelle (CSV)", "CSV"),
    Way(endpoints.OFFERS_XLSX, "Angebote als Tabelle (Excel)", "XLSX"),
)
DISTRICTS = (Way(endpoints.DISTRICTS, "Stadtteile mit Grenzen", "GEOJSON"),)


def turtle(frame: Frame, modified: datetime, *, with_districts: bool) -> str:
    """The catalogue with the data set of the offers, and that of the districts where their boundaries are known."""
    sets = [("angebote", f"Angebote für Familien in {frame.town.name}", OFFERS,
             "Angebote für Familien von allen Trägern: was, für wen, wann, wo und zu welchen Kosten.",
             ("Familie", "Kinder", "Angebote", "Beratung"))]  # fmt: skip
    if with_districts:
        sets.append(("stadtteile", f"Stadtteile von {frame.town.name}", DISTRICTS, "Die Stadtteile mit ihren Grenzen.",
                     ("Stadtteile", "Grenzen")))  # fmt: skip
    name = absolute(in_town("open_data:catalogue"))
    parts = [
        "\n".join(f"@prefix {short}: <{long}> ." for short, long in PREFIXES.items()),
        _catalogue(frame, name, modified, [each[0] for each in sets]),
        _publisher(frame, name),
        *(part for each in sets for part in _data_set(frame, name, modified, *each)),
    ]
    return "\n\n".join(parts) + "\n"


def _catalogue(frame: Frame, name: str, modified: datetime, sets: Iterable[str]) -> str:
    return _thing(f"<{name}>", "dcat:Catalog", [
        ("dct:title", _text(f"Offene Daten für Familien in {frame.town.name}")),
        ("dct:description", _text("Das Verzeichnis der Angebote für Familien und was dazu gehört.")),
        ("dct:publisher", f"<{name}#publisher>"),
        ("dct:language", f"<{LANGUAGE}>"),
        ("dct:modified", _moment(modified)),
        ("foaf:homepage", f"<{absolute(in_town('portal:home'))}>"),
        *(("dcat:dataset", f"<{name}#{each}>") for each in sets),
    ])  # fmt: skip


def _publisher(frame: Frame, name: str) -> str:
    return _thing(f"<{name}#publisher>", "foaf:Agent", [
        ("foaf:name", _text(frame.town.name)),
        ("foaf:homepage", f"<{absolute(in_town('portal:home'))}>"),
    ])  # fmt: skip


def _data_set(frame: Frame, name: str, modified: datetime, key: str, title: str, ways: tuple[Way, ...], about: str,
              words: tuple[str, ...]) -> Iterator[str]:  # fmt: skip
    yield _thing(f"<{name}#{key}>", "dcat:Dataset", [
        ("dct:title", _text(title)),
        ("dct:description", _text(about)),
        ("dct:identifier", _literal(f"{name}#{key}")),
        ("dct:publisher", f"<{name}#publisher>"),
        ("dct:modified", _moment(modified)),
        ("dct:language", f"<{LANGUAGE}>"),
        ("dct:accrualPeriodicity", f"<{CONTINUOUSLY}>"),
        ("dcat:theme", f"<{THEME}>"),
        *(("dcat:keyword", _text(word)) for word in words),
        *([("dcatde:politicalGeocodingURI", f"<{GERMAN_KEY}{frame.town.ags}>")] if frame.town.ags else []),
        *(("dcat:distribution", f"<{name}#{key}-{way.endpoint.name}>") for way in ways),
    ])  # fmt: skip
    for way in ways:
        yield _distribution(f"<{name}#{key}-{way.endpoint.name}>", way, modified)


def _distribution(subject: str, way: Way, modified: datetime) -> str:
    address = absolute(in_town("open_data:openapi")).removesuffix("/openapi.json") + way.endpoint.path
    licence = getattr(settings, "OPEN_DATA_LICENCE", "") or LICENCE
    return _thing(subject, "dcat:Distribution", [
        ("dct:title", _text(way.title)),
        ("dcat:accessURL", f"<{address}>"),
        *([] if way.endpoint.paged else [("dcat:downloadURL", f"<{address}>")]),
        ("dct:license", f"<{licence}>"),
        ("dct:format", f"<{FILE_TYPE}{way.file_type}>"),
        ("dcat:mediaType", f"<https://www.iana.org/assignments/media-types/{way.endpoint.content_type}>"),
        ("dct:modified", _moment(modified)),
    ])  # fmt: skip


def _thing(subject: str, kind: str, said: list[tuple[str, str]]) -> str:
    lines = [f"    {verb} {value}" for verb, value in said]
    return f"{subject} a {kind} ;\n" + " ;\n".join(lines) + " ."


def _literal(text: str) -> str:
    """A text in quotes: nothing in it can end it.

    >>> print(_literal('Bad "Auental"\\n\\\\'))
    "Bad \\"Auental\\"\\n\\\\"
    """
    marks = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    return '"' + "".join(marks.get(sign, sign) for sign in text if sign in marks or sign >= " ") + '"'


def _text(text: str) -> str:
    return f"{_literal(text)}@de"


def _moment(at: datetime) -> str:
    return f'"{moment(at)}"^^xsd:dateTime'
