"""The parts of a comparison that link two records beyond their names: site, telephone, mail."""

from kommpass.domain.likeness.contacts import same_numbers
from kommpass.domain.likeness.normal import Normal
from kommpass.domain.likeness.records import Evidence, EvidenceKind
from kommpass.domain.likeness.sharing import Shared
from kommpass.domain.likeness.sites import nearness
from kommpass.domain.likeness.weights import evidence
from kommpass.domain.words import _

LINKS = frozenset({EvidenceKind.SITE, EvidenceKind.PHONE, EvidenceKind.MAIL})
SAME_DOMAIN = 0.4
KILOMETRE = 1000


def site(first: Normal, second: Normal, shared: Shared) -> Evidence | None:
    near = nearness(first.site, second.site)
    if near is None:
        return None
    values = {"first": first.record.street, "second": second.record.street}
    if near.by_address and not (first.site.exact and second.site.exact):
        message = _("gleiche Straße: {first}")
    elif near.by_address and near.value < 1:
        message = _("fast gleiche Adresse: {first} und {second}")
    elif near.by_address:
        message = _("gleiche Adresse: {first}")
    elif near.metres is None:
        message = _("andere Adresse: {first} und {second}")
    elif near.metres < KILOMETRE:
        message, values = _("{metres} m entfernt"), {"metres": str(round(near.metres))}
    else:
        message, values = _("{kilometres} km entfernt"), {"kilometres": str(round(near.metres / KILOMETRE))}
    count = shared.by(EvidenceKind.SITE, first.place_name, second.place_name)
    return evidence(EvidenceKind.SITE, near.value, message, values, shared_by=count)


def phone(first: Normal, second: Normal, shared: Shared) -> Evidence | None:
    if not first.phones or not second.phones:
        return None
    same = same_numbers(first.phones, second.phones)
    if not same:
        return evidence(EvidenceKind.PHONE, -1.0, _("andere Telefonnummer"))
    number, count = _rarest(EvidenceKind.PHONE, same, shared)
    few = _("gleiche Telefonnummer {text}")
    many = _("gleiche Telefonnummer {text}, die aber {count} Einträge nennen")
    return _contact(EvidenceKind.PHONE, 1.0, few if count == 2 else many, number, count)


def mail(first: Normal, second: Normal, shared: Shared) -> Evidence | None:
    if not first.mails or not second.mails:
        return None
    if same := first.mails & second.mails:
        address, count = _rarest(EvidenceKind.MAIL, same, shared)
        few = _("gleiche E-Mail-Adresse {text}")
        many = _("gleiche E-Mail-Adresse {text}, die aber {count} Einträge nennen")
        return _contact(EvidenceKind.MAIL, 1.0, few if count == 2 else many, address, count)
    if domains := first.domains & second.domains:
        domain, count = _rarest(EvidenceKind.MAIL, domains, shared)
        few = _("E-Mail-Adressen beide bei {text}")
        many = _("E-Mail-Adressen beide bei {text}, wie bei {count} Einträgen")
        return _contact(EvidenceKind.MAIL, SAME_DOMAIN, few if count == 2 else many, domain, count)
    return evidence(EvidenceKind.MAIL, -1.0, _("andere E-Mail-Adresse"))


def no_link() -> Evidence:
    message = _("Ort, Telefon und E-Mail stimmen nirgends überein oder fehlen")
    return evidence(EvidenceKind.NO_LINK, -1.0, message)


def _rarest(kind: EvidenceKind, values: frozenset[str], shared: Shared) -> tuple[str, int]:
    count, value = min((shared.by(kind, value), value) for value in values)
    return value, count


def _contact(kind: EvidenceKind, value: float, message: str, text: str, count: int) -> Evidence:
    return evidence(kind, value, message, {"text": text, "count": str(count)}, shared_by=count)
