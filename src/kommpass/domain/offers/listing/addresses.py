"""Takes addresses apart as lists write them: street and number, postal code and city, in one cell or in several."""

import re
from typing import NamedTuple

CODE_AND_CITY = re.compile(r"(?:D[- ]?)?(?<!\d)(\d{5})(?:-\d{4})?(?!\d)\s*(.*)")
STATE_ZIP = re.compile(r"(.*?),?\s+([A-Z]{2})\s+(\d{5})(?:-\d{4})?$")
LONGEST = 150


class Address(NamedTuple):
    """The parts of an address; what is not said is ""."""

    street: str
    postal_code: str
    city: str


def read_address(street: str, house_number: str = "", postal_code: str = "", city: str = "") -> Address:
    """What several cells say together. A street may carry the whole address, a postal code the city.

    >>> read_address("Suttner-Nobel-Allee 4 a", postal_code="44789 Bochum")
    Address(street='Suttner-Nobel-Allee 4 a', postal_code='44789', city='Bochum')
    >>> read_address("Schloß", "1", "59394", "Nordkirchen").street
    'Schloß 1'
    >>> read_address("Markt 1, 44787 Bochum")
    Address(street='Markt 1', postal_code='44787', city='Bochum')
    >>> read_address("9525 Sterling Drive, Cutler Bay, FL 33157")
    Address(street='9525 Sterling Drive', postal_code='33157', city='Cutler Bay')
    """
    street, code_in_street, city_in_street = _whole(street)
    code, city_in_code = _code_and_city(postal_code)
    if house_number and not re.search(rf"(?<!\d){re.escape(house_number)}(?!\d)", street):
        street = f"{street} {house_number}".strip()
    found_code, found_city = _code_and_city(city) if re.match(r"\d{5}\b", city) else ("", city)
    return Address(
        street[:LONGEST],
        (code or code_in_street or found_code)[:10],
        (found_city or city_in_code or city_in_street)[:100],
    )


def _code_and_city(text: str) -> tuple[str, str]:
    """ "44789 Bochum" or "D-44789"; a foreign code stays as it is."""
    found = CODE_AND_CITY.fullmatch(text)
    if found is None:
        return (text, "") if len(text) <= 10 else ("", text)
    return found[1], found[2].strip(" ,")


def _whole(text: str) -> tuple[str, str, str]:
    """Street, code and city of one cell: German order, or the American one."""
    if american := STATE_ZIP.fullmatch(text):
        street, _comma, city = american[1].rpartition(", ")
        return street or american[1], american[3], city if street else ""
    parts = [part.strip() for part in re.split(r"[,;\n]|\s[-–/]\s(?=\d{5}\b)", text) if part.strip()]
    for place, part in enumerate(parts):
        found = CODE_AND_CITY.fullmatch(part)
        if found and place and (found[2] or place == len(parts) - 1):
            return ", ".join(parts[:place]), found[1], found[2].strip(" ,")
    return text, "", ""
