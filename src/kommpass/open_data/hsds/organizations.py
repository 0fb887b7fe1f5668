"""A provider as an organisation of HSDS. Its mailbox and telephone in the town hall's books are not for everybody."""

import re
from typing import Any

from kommpass.open_data.hsds import attributes
from kommpass.open_data.hsds.frame import Frame
from kommpass.open_data.hsds.ids import child
from kommpass.open_data.hsds.plain import known, uri_of
from kommpass.open_data.queries.rows import ProviderRow

REGISTERS = {
    "VR": ("DE-VR", "Vereinsregister"),
    "HRA": ("DE-HRA", "Handelsregister A"),
    "HRB": ("DE-HRB", "Handelsregister B"),
    "GNR": ("DE-GNR", "Genossenschaftsregister"),
}


def organization(provider: ProviderRow, frame: Frame, *, full: bool) -> dict[str, Any]:
    """HSDS wants a description: the name, where nobody wrote one."""
    made = known(
        {
            "id": provider.key,
            "name": provider.name,
            "description": provider.description or provider.name,
            "website": uri_of(provider.website),
        }
    )
    if not full:
        return made
    return made | known(
        {
            "organization_identifiers": _identifiers(provider),
            "attributes": attributes.of_organization(provider, frame),
        }
    )


def _identifiers(provider: ProviderRow) -> list[dict[str, Any]]:
    """The register as somebody wrote it: "VR 1234 AG Musterstadt"."""
    if not provider.register:
        return []
    found = re.match(r"\s*(VR|HRA|HRB|GNR)\b", provider.register, re.IGNORECASE)
    scheme, kind = REGISTERS[found[1].upper()] if found else ("", "Registernummer")
    made = {
        "id": child(provider.key, "organization_identifier", 0),
        "organization_id": provider.key,
        "identifier_scheme": scheme,
        "identifier_type": kind,
        "identifier": provider.register,
    }
    return [known(made)]
