"""Sets the document of a certificate (Urkunde): one page, tagged, with a QR code to the page that verifies it."""

import segno

from kommpass.adapters.documents.clean_text import clean
from kommpass.adapters.documents.pdf import set_pages
from kommpass.adapters.documents.wording import date_words

OUR_WORDING = "Kommpass gestaltet diese Urkunde; Wortlaut und Logo der Trägerin des Verfahrens sind nicht enthalten."


def certificate_pdf(content: dict, *, content_hash: str) -> bytes:
    """The document as PDF, not signed yet. It says what the frozen content says and nothing else."""
    content = clean(content)
    town = content["municipality"]
    return set_pages(
        {
            "title": f"{content['rung']}: {content['scheme']}",
            "author": content["owner"],
            "town": town["name"],
            "kind": town["kind"],
            "rung": content["rung"],
            "scheme": content["scheme"],
            "owner": content["owner"],
            "term": term_words(content),
            "facts": _facts(content),
            "number": content["number"],
            "address": content["verify_at"],
            "wording": OUR_WORDING,
            "digest": content_hash,
        },
        day=content["awarded_on"],
        template="certificate.typ",
        # Beside the texts: an address with places to break would lead nowhere.
        drawings={"code": qr_code(content["verify_at"]), "target": content["verify_at"]},
    )


def term_words(content: dict) -> str:
    """From when to when, in the exactness of the award.

    >>> term_words({"valid_from": "2020-10-27", "valid_until": "2023-11"})
    'gültig vom 27.10.2020 bis November 2023'
    """
    begins = date_words(content["valid_from"])
    day = "vom" if len(content["valid_from"]) == 10 else "von"
    if content["valid_until"]:
        return f"gültig {day} {begins} bis {date_words(content['valid_until'])}"
    return f"dauerhaft verliehen seit {begins}, solange die Bedingungen erfüllt sind"


def qr_code(address: str) -> str:
    """A QR code as SVG, dark on white, with the quiet zone a reader needs."""
    return segno.make(address, error="m", micro=False).svg_inline(scale=4, border=4, dark="#18213a", light="#ffffff")


def _facts(content: dict) -> list[list[str]]:
    agreement, resolution = content["agreement"], content["agreement"]["resolution"] or {}
    passed = ", ".join(filter(None, [resolution.get("body"), date_words(resolution.get("date"))]))
    facts = [
        ["Grundlage", f"{agreement['title']}, Fassung {agreement['version']}"],
        ["Beschlossen von", passed],
        ["Querschnittsthemen", ", ".join(content["themes"])],
        ["Entscheidung", f"{content['outcome']}, {date_words(content['decided_on'])}"],
        ["Verliehen am", date_words(content["awarded_on"])],
        ["Nummer", content["number"]],
    ]
    return [fact for fact in facts if fact[1]]
