"""A real tile server of this machine with made-up pictures, which can also behave as badly as servers do."""

import struct
import time
import zlib
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

SIDE = 256


def png(colour: tuple[int, int, int] = (200, 220, 240), mark: tuple[int, int] | None = None, side: int = SIDE) -> bytes:
    """A PNG of one colour; around `mark` (column, row) there is a black spot of 41 by 41 pixels."""
    rows = []
    for row in range(side):
        line = bytearray(bytes(colour) * side)
        if mark and abs(row - mark[1]) <= 20:
            first, last = max(0, mark[0] - 20), min(side, mark[0] + 21)
            line[3 * first : 3 * last] = bytes(3 * (last - first))
        rows.append(b"\0" + bytes(line))
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    chunks = (b"IHDR", head), (b"IDAT", zlib.compress(b"".join(rows))), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in chunks)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


class TileServer:
    """Its address, what it was asked, and how it answers: `behaviour` is the name of a method of `_Answers`."""

    def __init__(self):
        self.behaviour, self.asked, self.agents, self.elsewhere = "well", [], [], ""
        self.marks: dict[str, tuple[int, int]] = {}
        self.picture: bytes = b""
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Answers", (_Answers,), {"told": self}))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def template(self) -> str:
        return self.url + "/{z}/{x}/{y}.png"

    @contextmanager
    def running(self):
        Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield self
        finally:
            self.stop()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Answers(BaseHTTPRequestHandler):
    """How a tile server may answer."""

    told: TileServer

    def do_GET(self):
        self.told.asked.append(self.path)
        self.told.agents.append(self.headers["User-Agent"])
        getattr(self, f"answer_{self.told.behaviour}")()

    def log_message(self, *words):
        """Tests say what they saw themselves."""

    def _send(self, content: bytes, status: int = 200, type: str = "image/png", **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", type)
        self.send_header("Content-Length", str(len(content)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def answer_well(self):
        self._send(self.told.picture or png(mark=self.told.marks.get(self.path)))

    def answer_nothing(self):
        self._send(b"not here", 404, "text/plain")

    def answer_forbidden(self):
        self._send(b"no", 403, "text/plain")

    def answer_error(self):
        self._send(b"broken", 503, "text/plain")

    def answer_page(self):
        self._send(b"<html>Welcome to our Wi-Fi</html>", type="text/html")

    def answer_drawing(self):
        self._send(b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", type="image/svg+xml")

    def answer_disguised(self):
        self._send(b"<script>alert(1)</script>", type="image/png")

    def answer_huge(self):
        self._send(png() + bytes(5_000_000))

    def answer_elsewhere(self):
        self._send(b"", 302, Location=self.told.elsewhere)

    def answer_moved(self):
        if self.path.startswith("/moved"):
            return self.answer_well()
        return self._send(b"", 301, Location=f"/moved{self.path}")

    def answer_circle(self):
        self._send(b"", 302, Location=self.path)

    def answer_silent(self):
        time.sleep(1.5)

    def answer_dripping(self):
        """A byte now and then: each of them in time, all together never."""
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        for _each in range(60):
            try:
                self.wfile.write(b"x")
                self.wfile.flush()
            except OSError:
                return
            time.sleep(0.05)

    def answer_half(self):
        """Hangs up in the middle."""
        self.send_response(200)
        self.send_header("Content-Length", "100000")
        self.end_headers()
        self.wfile.write(png()[:50])
