"""What several visitors ask for at the same moment is found for each of them."""

from threading import Barrier, Thread

from django.db import connections

from kommpass.municipalities.scope import within
from kommpass.offers.models import SearchEntry
from kommpass.offers.queries.postings import Postings
from kommpass.offers.queries.shelves import kept
from tests.offers.builders import an_offer


def test_a_visitor_who_asks_while_the_word_is_being_read_does_not_find_nothing(auental, monkeypatch):
    """Two threads of one process and the same word: the second one comes while the first waits for the database."""
    an_offer("Krabbelgruppe")
    offers = kept().shelf.offers
    entries = list(SearchEntry.objects.values_list("word", "offer_id", "weight"))
    both_ask, answers = Barrier(2, timeout=20), []

    class Slow(Postings):
        def _entries(self, words):
            both_ask.wait()
            return sorted(entry for entry in entries if entry[0] in words)

    postings = Slow(offers)

    def ask():
        try:
            with within(auental):
                answers.append(postings.of({"krabbelgrupp"})["krabbelgrupp"].rows.tolist())
        finally:  # on PostgreSQL a thread has a connection of its own, and nobody else closes it
            connections.close_all()

    visitors = [Thread(target=ask) for _each in range(2)]
    for each in visitors:
        each.start()
    for each in visitors:
        each.join()
    assert answers == [[0], [0]]


def test_words_that_nobody_has_are_asked_about_once(auental, django_assert_num_queries):
    an_offer("Krabbelgruppe")
    postings = kept().postings
    with django_assert_num_queries(1):
        first = postings.of({"krabbelgrupp", "quantenphysik"})
    with django_assert_num_queries(0):
        assert postings.of({"quantenphysik", "krabbelgrupp"}) == first
    assert [len(first[word].rows) for word in ("krabbelgrupp", "quantenphysik")] == [1, 0]
