"""A small mail server for tests: it speaks enough SMTP for Django, keeps what it accepts, and fails as it is told."""

from __future__ import annotations

import socketserver
import threading
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

ACCEPT, REFUSE, HANG_UP, FORGET = "accept", "refuse", "hang up", "forget"
"""What it does with the next letters: take them; say no; break off in the middle of one; take one and break off."""


class MailServer(socketserver.ThreadingTCPServer):
    """`letters` is what it accepted; `moods` says how it treats the letters to come, ACCEPT when nothing is left."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Conversation)
        self.letters: list[EmailMessage] = []
        self.moods: list[str] = []
        self._one_at_a_time = threading.Lock()

    @property
    def port(self) -> int:
        return self.server_address[1]

    def next_mood(self) -> str:
        with self._one_at_a_time:
            return self.moods.pop(0) if self.moods else ACCEPT

    def keep(self, raw: bytes) -> None:
        with self._one_at_a_time:
            self.letters.append(message_from_bytes(raw, policy=policy.default))


class Conversation(socketserver.StreamRequestHandler):
    """One connection: HELO, MAIL, RCPT, DATA, QUIT."""

    server: MailServer

    def handle(self) -> None:
        self._say("220 ready")
        while line := self.rfile.readline():
            match line[:4].upper():
                case b"DATA":
                    if not self._take(self.server.next_mood()):
                        return
                case b"QUIT":
                    self._say("221 bye")
                    return
                case _:
                    self._say("250 ok")

    def _take(self, mood: str) -> bool:
        """Read a letter. False: the line is dead."""
        if mood == REFUSE:
            self._say("554 not today")
            return True
        self._say("354 go ahead")
        if mood == HANG_UP:
            self.rfile.readline()
            return False
        letter = b"".join(iter(self._line, b""))
        self.server.keep(letter)
        if mood == FORGET:
            return False
        self._say("250 taken")
        return True

    def _line(self) -> bytes:
        """A line of the letter, without the dot that protects a dot; empty at the end."""
        line = self.rfile.readline()
        return b"" if line == b".\r\n" else line.removeprefix(b".") if line.startswith(b"..") else line

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@contextmanager
def running():
    """A mail server on a free port of this machine."""
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
