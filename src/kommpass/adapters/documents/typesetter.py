"""Runs typst in a process of its own: `python typesetter.py` reads an order as JSON and writes the PDF.

A process of its own, because typst keeps what it has set (hundreds of megabytes for ten large plans), and because a
text that brings typst down or keeps it busy for ever must not take the server along. This file therefore imports
nothing of Kommpass.
"""

import json
import sys

import typst

REFUSED = 3


def set_document(order: dict) -> bytes:
    """The PDF of a template and its data; only the typefaces of the given folders and typst's own are used."""
    return typst.compile(
        order["template"],
        root=order["root"],
        font_paths=order["font_paths"],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": json.dumps(order["data"], ensure_ascii=False)},
        pdf_standards=order["standards"],
    )


if __name__ == "__main__":
    try:
        sys.stdout.buffer.write(set_document(json.load(sys.stdin.buffer)))
    except typst.TypstError as problem:
        sys.stderr.buffer.write(problem.diagnostic.encode())
        sys.exit(REFUSED)
