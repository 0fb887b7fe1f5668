"""Telephone numbers and mail addresses in one form: "+49 (0)234 / 12 34" and "0234 1234" are the same number."""

import re

from kommpass.domain.likeness.vocabulary import listed

SHORTEST_NUMBER = 5
"""Digits. What is shorter is an extension or a slip of the pen, apart from the well-known short numbers."""
SHORT_NUMBERS = listed("110 112 115")
LOCAL_DIGITS = 6
"""From so many digits on a number without area code is the same as one that ends with it."""
AREA_CODES = range(3, 7)
"""Digits of an area code, with its 0."""
PUBLIC_MAIL = listed(
    "gmx.de gmx.net web.de t-online.de gmail.com googlemail.com freenet.de aol.com outlook.de outlook.com hotmail.de "
    "hotmail.com yahoo.de yahoo.com icloud.com posteo.de arcor.de online.de mail.de live.de mailbox.org"
)
"""Where everybody can have a mailbox, the domain says nothing about the provider."""
_NEXT_NUMBER = re.compile(r"\boder\b|\bund\b|[,;|\n]", re.IGNORECASE)
_NOT_A_DIGIT = re.compile(r"[^0-9]")


def phone_numbers(text: str) -> frozenset[str]:
    """The numbers in a text, digits only, with a leading 0 for the country's 49.

    >>> sorted(phone_numbers("+49 (0)30 / 20 91 oder 0163 8144219"))
    ['01638144219', '0302091']
    """
    return frozenset(number for part in _NEXT_NUMBER.split(text) if (number := _number(part)))


def _number(text: str) -> str:
    """Some lists put one country code before another ("+4930+4930344"): the last one holds."""
    before, plus, after = text.rpartition("+")
    digits = _NOT_A_DIGIT.sub("", (after if _NOT_A_DIGIT.sub("", after) else before).replace("(0)", ""))
    if digits.startswith("0049"):
        digits = "0" + digits[4:].lstrip("0")
    elif digits.startswith("49") and (plus or len(digits) >= 11):
        digits = "0" + digits[2:].lstrip("0")
    return digits if len(digits) >= SHORTEST_NUMBER or digits in SHORT_NUMBERS else ""


def same_numbers(first: frozenset[str], second: frozenset[str]) -> frozenset[str]:
    """Numbers that both name; one without area code is the same as one that ends with it, and the longer one is named.

    >>> sorted(same_numbers(frozenset({"51098160"}), frozenset({"03051098160", "030110"})))
    ['03051098160']
    """
    local = {max(one, other, key=len) for one in first for other in second if _one_is_local(one, other)}
    return (first & second) | local


def _one_is_local(one: str, other: str) -> bool:
    local, full = sorted((one, other), key=len)
    if len(local) < LOCAL_DIGITS or len(full) - len(local) not in AREA_CODES:
        return False
    return full.startswith("0") and not local.startswith("0") and full.endswith(local)


def mail_address(text: str) -> str:
    """Lower case, without "mailto:"; empty where it is none.

    >>> mail_address(" mailto:Info@Bruecke.de "), mail_address("keine")
    ('info@bruecke.de', '')
    """
    address = text.strip().lower().removeprefix("mailto:").strip("<>;,. ")
    name, at, domain = address.partition("@")
    return address if at and name and "." in domain else ""


def own_domain(address: str) -> str:
    """The domain of a mail address if it is the provider's own, else empty."""
    domain = address.partition("@")[2]
    return "" if domain in PUBLIC_MAIL else domain
