"""Asks a tile server for one picture: named, briefly, no further than its own host, and no more than a picture."""

import time
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from kommpass.adapters.map_tiles.images import MOST_BYTES, Picture, picture_of

SECONDS_TO_ANSWER = 3.0
SECONDS_IN_ALL = 5.0
AT_A_TIME = 65_536
NOT_THERE = {400, 404, 410}


class SourceDown(Exception):
    """The server does not answer, or does not want to: better leave it alone for a while."""


class NoPicture(Exception):
    """The server answers, but for this tile it has no picture that could be shown."""


class _ThisAddressOnly(HTTPRedirectHandler):
    """Nobody is sent on: the operator has chosen this address, and what else an answer holds is not even read."""

    def _refused(self, request, answer, code, message, headers):
        answer.close()
        raise NoPicture(f"{request.full_url} leads elsewhere ({code})")

    http_error_301 = http_error_302 = http_error_303 = http_error_307 = http_error_308 = _refused


_opener = build_opener(_ThisAddressOnly)


def ask(address: str, agent: str) -> Picture:
    """The picture at an address. SourceDown or NoPicture say why there is none."""
    begun = time.monotonic()
    request = Request(address, headers={"User-Agent": agent, "Accept": "image/png, image/jpeg, image/webp"})
    try:
        with _opener.open(request, timeout=SECONDS_TO_ANSWER) as answer:
            content = _read(answer, begun + SECONDS_IN_ALL)
    except HTTPError as error:
        error.close()
        raise (NoPicture if error.code in NOT_THERE else SourceDown)(f"{address} answers {error.code}") from None
    except (OSError, HTTPException, ValueError) as error:
        raise SourceDown(f"{address} cannot be reached: {error}") from None
    if (found := picture_of(content)) is None:
        raise NoPicture(f"{address} is no PNG, JPEG or WebP")
    return found


def _read(answer, latest: float) -> bytes:
    """All of it, in time: a server that sends a byte every second would keep us for ever."""
    content = b""
    while part := answer.read1(AT_A_TIME):
        content += part
        if len(content) > MOST_BYTES:
            raise NoPicture(f"{answer.url} is bigger than {MOST_BYTES} bytes")
        if time.monotonic() > latest:
            raise SourceDown(f"{answer.url} is too slow")
    if (promised := answer.headers.get("Content-Length")) and promised != str(len(content)):
        raise SourceDown(f"{answer.url} hung up after {len(content)} of {promised} bytes")
    return content
