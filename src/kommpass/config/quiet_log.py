"""Keeps keys out of the log: an address with the token of a link or an invitation opens a door."""

import logging
import re

# A token is one long part of an address; names of towns and pages are shorter.
TOKEN = re.compile(r"(?<=/)[^/\s?#\"']{36,}")


class WithoutTokens(logging.Filter):
    """Writes "…" where an address holds a token.

    >>> record = logging.makeLogRecord({"msg": "Gone: %s", "args": (f"/auental/agreement/own/{'x' * 43}/",)})
    >>> WithoutTokens().filter(record), record.getMessage()
    (True, 'Gone: /auental/agreement/own/…/')
    """

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = TOKEN.sub("…", record.getMessage()), ()
        return True
