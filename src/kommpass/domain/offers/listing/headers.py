"""How lists in German and English call their columns: for each target, names in the order of preference."""

import re

from kommpass.domain.likeness.wording import folded

_CAMEL = re.compile(r"(?<=[a-zäöüß])(?=[A-Z])")

NAMES = {
    "title": "angebotsname|angebotstitel|name des angebots|titel|title|service name|event name|veranstaltung"
    "|veranstaltungstitel|kursname|kurstitel|kurs|event|name|projekt|bezeichnung|einrichtungsname|name der einrichtung"
    "|einrichtung|schulname|kitaname|spielplatzname|angebot|objekt|was",
    "subtitle": "subtitle|untertitel|service alternate name|alternate name|name 2|zusatz|namenszusatz",
    "summary": "summary|kurzbeschreibung|kurztext|kurz|teaser|short description|kurzinfo",
    "text": "text|beschreibung|description|description text|service description|beschreib|langtext|angebote|inhalt"
    "|inhalte|leistungen|details|information|informationen|info|bemerkungen|bemerkung|anmerkungen|hinweise"
    "|service additional information|additional information|spez angebote|schwerpunkte|konzept|spielfeld|lage",
    "url": "url|internet|internetseite|internetadresse|website|webseite|homepage|web|www|link|links|service url"
    "|organization url|location url|external link|adresse im internet|webadresse",
    "provider": "provider|traeger|traegername|name des traegers|anbieter|veranstalter|organization name"
    "|organisation name|organisation|organization|institution|sponsor name|verein|veranstaltet von|organizer",
    "ages": "alter|altersgruppe|altersgruppen|zielalter|age|age range|alter in jahren|fuer welches alter",
    "min_age": "min age|service min age|minimum age|mindestalter|alter von|ab alter|alter ab|alter min"
    "|minalter|von alter",
    "max_age": "max age|service max age|maximum age|hoechstalter|alter bis|bis alter|alter max|maxalter",
    "life_phases": "life phases|lebensphase|lebensphasen",
    "target_groups": "target groups|target group|zielgruppe|zielgruppen|fuer wen|teilnehmer|teilnehmende",
    "languages": "languages|language|sprache|sprachen|gesprochene sprachen|beratungssprachen|spoken languages",
    "interpreting": "interpreting|sprachmittlung|dolmetschen",
    "times": "times|oeffnungszeiten|oeffnungszeit|opening hours|opening times|hours|zeiten|zeit|sprechzeiten"
    "|sprechzeit|sprechstunden|kurszeiten|termine|uhrzeit|wann|betreuungszeiten|schedule",
    "begins": "start datetime|start date|startdatum|beginn|start|begin|dtstart|datum von|von|termin|datum|date"
    "|starts at|tag|veranstaltungsdatum",
    "ends": "end datetime|end date|enddatum|ende|end|dtend|datum bis|bis|ends at",
    "runs_from": "runs from|laeuft ab|laufzeit von|gueltig ab|valid from",
    "runs_until": "runs until|laeuft bis|laufzeit bis|gueltig bis|valid to|valid until",
    "location_name": "location name|ort name|name des ortes|veranstaltungsort|standort|treffpunkt|gebaeude|location"
    "|venue|schule|kita|einrichtung|haus|ort der veranstaltung|wo",
    "street": "street|strasse|str|strasse hausnummer|strasse und hausnummer|str hausnr|strasse hausnr|strasse nr"
    "|adresse|anschrift|address|location address|address 1|street address|postanschrift",
    "house_number": "house number|hausnummer|hausnr|hnr|haus nr|nr",
    "postal_code": "postal code|plz|postleitzahl|zip code|zip|postcode|plz ort|plz und ort|postal",
    "city": "city|ort|stadt|gemeinde|wohnort|town|kommune",
    "room": "room|raum|raumnummer|etage",
    "access": "access|zugang|zugangsart|teilnahme",
    "formats": "formats|format|form|durchfuehrung",
    "registration": "registration|anmeldung|anmeldeinfo|anmeldehinweis",
    "registration_url": "registration url|anmeldelink|anmeldung link|buchungslink|external ticket link"
    "|ticket link|tickets",
    "documents": "documents|unterlagen|mitzubringen|required documents|was mitzubringen ist",
    "cost": "cost|price sets info text|kosten|preis|preise|gebuehr|gebuehren|entgelt|eintritt|teilnahmegebuehr"
    "|kostenbeitrag|beitrag|price|fee|fees|teilnahmebeitrag",
    "is_free": "is free|free|kostenlos|kostenfrei|gratis|entgeltfrei|eintritt frei|kostenloses angebot|free of charge",
    "full_price": "full price|normalpreis|preis normal|regulaerer preis|preis regulaer|vollpreis|preis voll"
    "|preis erwachsene|preis in euro|preis euro|betrag|preis eur",
    "reduced_price": "reduced price|ermaessigter preis|preis ermaessigt|ermaessigt|ermaessigung|preis kinder"
    "|concession",
    "card_price": "card price|preis mit familienkarte|preis familienkarte|mit familienkarte|familienkarte",
    "accessibility": "accessibility|barrierefreiheit|barrierefrei|barrieren|zugaenglichkeit|behindertengerecht"
    "|barrierefrei zugaenglich|merkmale barrierefreiheit",
    "accessible_step_free": "ohne stufen erreichbar|rollstuhlgerecht|rollstuhlgeeignet|rollstuhlzugaenglich|rollstuhl"
    "|wheelchair|wheelchair accessible|stufenlos|stufenfrei|ebenerdig|rampe|barrierefreier zugang|zugang barrierefrei"
    "|rolligerecht",
    "accessible_wide_doors": "tueren mindestens 90 cm breit|breite tueren|wide doors",
    "accessible_lift": "aufzug|fahrstuhl|lift|elevator",
    "accessible_toilet": "toilette fuer rollstuehle|toilets wheelchair|behinderten wc|behindertentoilette|rollstuhl wc"
    "|barrierefreies wc|barrierefreie toilette|wc barrierefrei|behindertengerechtes wc|rollstuhltoilette",
    "accessible_parking": "parkplatz fuer menschen mit behinderung|behindertenparkplatz|behindertenparkplaetze"
    "|parkplatz barrierefrei|capacity disabled",
    "accessible_guidance": "leitsystem fuer blinde und sehbehinderte menschen|blindenleitsystem|leitsystem"
    "|tactile paving",
    "accessible_induction_loop": "hoerschleife|induktionsschleife|induktive hoeranlage|audio loop|hearing loop",
    "accessible_sign_language": "gebaerdensprache|sign language",
    "accessible_low_stimulus": "reizarmer raum|reizarm|ruheraum|quiet room",
    "accessible_easy_language": "leichte sprache|easy language",
    "accessible_changing_table": "wickeltisch|wickelraum|wickelmoeglichkeit|changing table|diaper",
    "accessible_pram": "platz fuer kinderwagen|kinderwagen|kinderwagengerecht|kinderwagenstellplatz|stroller",
    "cost_note": "cost note|hinweis zu den kosten|ermaessigung|ermaessigungen",
    "function": "function|funktion|ansprechstelle|kontaktstelle|abteilung",
    "phone": "phone|telefon|telefonnummer|tel|tel nr|phones|phone number|fon|rufnummer|service phone|mobil|handy"
    "|mobiltelefon|mobile phone|kontakt telefon",
    "email": "email|e mail|mail|mailadresse|e mail adresse|email adresse|service email|organization email"
    "|kontakt e mail",
    "topics": "topics|topic|thema|themen|themenfeld|kategorie|kategorien|category|categories|rubrik|rubriken|tags"
    "|types name|bereich|schlagworte|service problem codes|hauptkategorie|kategorie name",
    "facility": "facility|einrichtungsart|einrichtungstyp|art der einrichtung|typ|type|art|schulart|schultyp|kategorie"
    "|category|kateg|service type|spiel art",
    "prevention": "prevention|praeventionsebene",
    "capacity": "capacity|plaetze|platzzahl|anzahl plaetze|places|kapazitaet|plaetze gesamt|plaetze insgesamt|seats"
    "|betreuungsplaetze|max teilnehmer|teilnehmerzahl",
    "available": "available|freie plaetze|plaetze frei|davon frei|free places",
    "as_of": "as of|stand der plaetze|stand freie plaetze",
}
PLACES_OF = {target: {name: place for place, name in enumerate(names.split("|"))} for target, names in NAMES.items()}
PLACE_PREFIXES = {"poi", "location", "ort", "place", "venue", "veranstaltungsort", "standort", "address", "adresse"}
CONTACT_PREFIXES = {"contact", "contacts", "contact details", "kontakt", "contact points"}
PROVIDER_PREFIXES = {"organization", "organisation", "organizer", "traeger", "veranstalter", "provider", "anbieter"}
NESTED = 20
"""A name that belongs to something else (the place, the contact) comes after all names of the thing itself."""


def said(column: str) -> str:
    """A header as words: "contactDetails.phoneNumber" is "contact details phone number".

    >>> said("contactDetails.phoneNumber"), said("Straße / Haus-Nr.")
    ('contact details phone number', 'strasse haus nr')
    """
    return folded(_CAMEL.sub(" ", column))


def rank(target: str, column: str) -> int | None:
    """How well a header fits a target: 0 is best, None is not at all. In nested names the last part counts, and what
    stands before it says whose it is.

    >>> rank("title", "name"), rank("title", "poi.name"), rank("location_name", "poi.name"), rank("email", "eMail")
    (13, None, 0, 1)
    """
    head, _dot, tail = column.rpartition(".")
    whole, own = said(column), said(tail)
    places = PLACES_OF.get(target, {})
    if whole in places:
        return places[whole]
    if not head:
        return places.get(own)
    before = {said(part) for part in head.split(".")}
    if own in ("name", "title", "titel"):
        return _named(target, before)
    if target in ("title", "provider", "facility", "times", "begins", "ends", "capacity", "function"):
        return None
    if target in ("text", "summary", "subtitle") and before & (PLACE_PREFIXES | CONTACT_PREFIXES):
        return None
    return None if own not in places else places[own] + NESTED


def _named(target: str, before: set[str]) -> int | None:
    if target == "location_name" and before & PLACE_PREFIXES:
        return 0
    return 0 if target == "provider" and before & PROVIDER_PREFIXES else None
