"""The words by which tables of statistics name their columns, and the lines that sum up others."""

import re
from enum import StrEnum


class Role(StrEnum):
    """What a column says of the figures in its row."""

    AREA_CODE = "area_code"
    AREA_NAME = "area_name"
    AREA_KIND = "area_kind"
    TIME = "time"
    MEASURE = "measure"
    UNIT = "unit"
    QUALITY = "quality"
    VALUE = "value"
    GROUP = "group"
    ASIDE = "aside"


_LEVELS = (
    r"ortsteil|stadtteil|stadtbezirk|stadtviertel|viertel|bezirk|distrikt|district|quartier|sozialraum|baublock|"
    r"planungsraum|planungsbereich|bezirksregion|prognoseraum|statistischer bezirk|gemeinde|kreis|land|gebiet|raum|"
    r"region|area|place|ort|gebietseinheit|raumeinheit|plr|bzr|pgr|sb|stb|ot"
)
_WORDS: tuple[tuple[Role, str], ...] = (
    (Role.ASIDE, r".*(postleit|längengrad|breitengrad|koordinate|textkenn|uuid|\buri\b|\burl\b|stand der daten).*"),
    (Role.ASIDE, r"(plz|lat|lon|x|y|[xy] mp .*|objectid|fid|geometry|jahr nr|(kategorie|rubrik) nr)"),
    (Role.QUALITY, r"(value q|qualität|quality|.*\bq|werterlaeuternde zeichen|werterläuternde zeichen)"),
    (Role.AREA_KIND, r"(satz ?art|raumbezug|gebietsebene|raumebene|ebene)"),
    (
        Role.AREA_CODE,
        rf"(id|ags|ars|gkz|rs|sb|stb|kennziffer|regionalschlüssel|gitter id .*|({_LEVELS})[ -]?(id|nr|nummer|code|"
        rf"schlüssel|kennziffer)|(nr|nummer|code|schlüssel|id)[ -]({_LEVELS}))",
    ),
    (
        Role.AREA_NAME,
        rf"(({_LEVELS})s?[ -]?(name|bezeichnung)?s?|({_LEVELS})name|name( des)? ({_LEVELS})s?|name|bezeichnung)",
    ),
    (Role.TIME, r"(jahr|year|zeit|time|stichtag|datum|date|zeitbezug|zeitraum|berichtsjahr|berichtsmonat|monat)"),
    (Role.MEASURE, r"(ebene \d+|indikator|merkmal|kennzahl|kuerzel|kürzel|measure|indicator|variable|sachmerkmal)"),
    (Role.UNIT, r"(einheit|unit|maßeinheit|masseinheit)"),
    (Role.VALUE, r"(wert|value|werte|messwert|obs value|zahl)"),
)
_ROLES = tuple((role, re.compile(pattern)) for role, pattern in _WORDS)
_JOINT = re.compile(r"[_\-\s/().:,]+")
_HYPHEN = re.compile(r"(?<=[a-zäöüß])-\s?(?=[a-zäöüß])")
_CODE_HEADS = re.compile(r".*(regionalschlüssel|gemeindeschlüssel|gebietsschlüssel|\bars\b|\bags\b).*")
_TOTAL = re.compile(
    r"(stadt |kreis |land |bezirk |region )?(insgesamt|gesamt|zusammen|summe|total|gesamtstadt|gesamtergebnis)"
    r"( stadt)?|summe .*|.* (insgesamt|zusammen|gesamt)",
)
_SUM_CODE = re.compile(r"\d*(?:SUM)+")


def plain(text: str) -> str:
    """A header for comparing: small letters, one blank where marks stood.

    >>> plain("PLR-ID"), plain("Planungsraum (Nummer)")
    ('plr id', 'planungsraum nummer')
    """
    return _JOINT.sub(" ", text.casefold()).strip()


def role_of(header: str) -> Role | None:
    """What a header says that its column holds; None where it is no word that we know.

    >>> role_of("PLR-ID"), role_of("Ortsteil"), role_of("Jahr"), role_of("K01")
    (<Role.AREA_CODE: 'area_code'>, <Role.AREA_NAME: 'area_name'>, <Role.TIME: 'time'>, None)
    >>> role_of("plrID"), role_of("Amtlicher Regionalschlüssel (ARS) / Kreis")
    (<Role.AREA_CODE: 'area_code'>, <Role.AREA_CODE: 'area_code'>)
    >>> role_of("Satz-art"), role_of("Gemeindename / Gebietsstand am 30.06.2024")
    (<Role.AREA_KIND: 'area_kind'>, <Role.AREA_NAME: 'area_name'>)
    """
    spelled = (header, *header.split(" / ")) if " / " in header else (header,)
    return next((role for text in spelled if (role := _role_of(plain(text)) or _role_of(_unbroken(text)))), None)


def _role_of(bare: str) -> Role | None:
    if _CODE_HEADS.fullmatch(bare):
        return Role.AREA_CODE
    return next((role for role, pattern in _ROLES if pattern.fullmatch(bare)), None)


def _unbroken(text: str) -> str:
    """Without hyphens at the ends of lines: Satz-art."""
    return plain(_HYPHEN.sub("", text))


def is_total(text: str) -> bool:
    """Whether the name or code of an area or group stands for the sum of others.

    >>> is_total("Stadt insgesamt"), is_total("123SUMSUM"), is_total("Mitte")
    (True, True, False)
    """
    return bool(_TOTAL.fullmatch(text.strip().casefold()) or _SUM_CODE.fullmatch(text.strip()))
