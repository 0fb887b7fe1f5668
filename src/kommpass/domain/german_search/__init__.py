"""Finds offers by German words: one set of rules in plain Python, so that every database gives the same answers."""

from kommpass.domain.german_search.documents import WEIGHTS, Document, document, index_version
from kommpass.domain.german_search.expansion import Alternative, Expansion, Term, expand
from kommpass.domain.german_search.folding import fold
from kommpass.domain.german_search.query import Query, QueryWord, parse
from kommpass.domain.german_search.stems import stem
from kommpass.domain.german_search.tokens import words
from kommpass.domain.german_search.typos import Correction
from kommpass.domain.german_search.vocabulary import Vocabulary

__all__ = [
    "WEIGHTS",
    "Alternative",
    "Correction",
    "Document",
    "Expansion",
    "Query",
    "QueryWord",
    "Term",
    "Vocabulary",
    "document",
    "expand",
    "fold",
    "index_version",
    "parse",
    "stem",
    "words",
]
