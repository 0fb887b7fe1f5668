"""The directory in the words of HSDS 3.1 (Human Services Data Specification): made for each answer, never stored."""

VERSION = "3.1.1"
"""The version we speak, in this one place. Another one is another `fields.py`, and the tests run again."""
