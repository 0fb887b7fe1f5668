"""One spelling for one content: canonical JSON and its SHA-256, so equal contents have equal fingerprints."""

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from typing import Any


class NotCanonical(TypeError):
    """The content holds something without a single spelling; a mistake of ours, with the place."""

    def __init__(self, expected: str, came: object, path: str):
        super().__init__(f"expected {expected}, got {type(came).__name__} at {path or 'the top'}")


def canonical_json(content: Any) -> str:
    """Content as JSON: keys sorted by code point, texts in NFC, no spaces, umlauts as they are, no floats.

    Allowed are dict (text keys), list, tuple, str, int, bool and None. Decimals and days must be texts
    already. Raises `NotCanonical` for everything else, also for half characters (lone surrogates) and for
    keys that become equal.

    >>> canonical_json({"b": [1, True, None], "a": "Mu\\u0308nster"})
    '{"a":"Münster","b":[1,true,null]}'
    >>> canonical_json({"rate": 0.4})
    Traceback (most recent call last):
    kommpass.domain.canonical.NotCanonical: expected str, int, bool, None, list or dict, got float at .rate
    """
    return json.dumps(_settled(content, ""), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical_bytes(content: Any) -> bytes:
    """The same as UTF-8: what is stored, sent and hashed."""
    return canonical_json(content).encode("utf-8")


def digest(content: Any) -> str:
    """SHA-256 of the canonical JSON, 64 hexadecimal digits.

    >>> digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})
    True
    """
    return hashlib.sha256(canonical_bytes(content)).hexdigest()


def _settled(value: Any, path: str) -> Any:
    if isinstance(value, str):
        return _text(value, path)
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, Mapping):
        return _settled_dict(value, path)
    if isinstance(value, (list, tuple)):
        return [_settled(each, f"{path}[{index}]") for index, each in enumerate(value)]
    raise NotCanonical("str, int, bool, None, list or dict", value, path)


def _settled_dict(content: Mapping[Any, Any], path: str) -> dict[str, Any]:
    settled: dict[str, Any] = {}
    for key, value in content.items():
        if not isinstance(key, str):
            raise NotCanonical("a text as key", key, path)
        name = _text(key, path)
        if name in settled:
            raise NotCanonical(f"each key once, but {name!r} is there twice", key, path)
        settled[name] = _settled(value, f"{path}.{name}")
    return settled


def _text(text: str, path: str) -> str:
    settled = unicodedata.normalize("NFC", text)
    try:
        settled.encode("utf-8")
    except UnicodeEncodeError:
        raise NotCanonical("whole characters, but found a lone surrogate", text, path) from None
    return str(settled)
