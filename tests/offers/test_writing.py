"""Writing offers: one document, two editors, four eyes, nothing lost."""

from datetime import timedelta

import pytest

from kommpass.domain.offers.content import Contact, Cost, OfferContent, Place
from kommpass.domain.permissions import Role
from kommpass.domain.refusals import NotAllowed, NotPossible, Stale
from kommpass.offers import actions
from kommpass.offers.models import Confirmation, Offer, Proposal
from kommpass.offers.queries import lists
from tests.conftest import NOON, actor
from tests.offers.builders import a_provider, an_offer

DEED = {"by": actor(), "at": NOON}


def provider_of(offer: Offer, **changes):
    return actor(Role.PROVIDER, organisations=[offer.provider.organisation], name="Paula Träger", **changes)


def trust(offer: Offer) -> None:
    actions.change_provider(provider=offer.provider, trusted=True, **DEED)
    offer.provider.refresh_from_db()


def change(offer: Offer, by, seen=None, **changes):
    return actions.change_offer(offer=offer, content=offer.document.having(**changes), seen=seen, by=by, at=NOON)


def test_a_new_offer_is_a_draft_until_somebody_publishes_it(auental):
    offer = actions.add_offer(provider=a_provider("AWO"), content=OfferContent(title="Elterncafé"), **DEED)
    assert (offer.state, offer.published_at) == (Offer.State.DRAFT, None)


def test_an_offer_without_a_short_text_or_a_topic_is_not_published(auental):
    offer = actions.add_offer(provider=a_provider("AWO"), content=OfferContent(title="Elterncafé"), **DEED)
    with pytest.raises(NotPossible, match="ein bis zwei Sätzen"):
        actions.publish_offer(offer=offer, **DEED)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": " "}, "Namen"),
        ({"min_months": 48, "max_months": 12}, "Mindestalter"),
        ({"min_months": -1}, "zwischen 0 und 120"),
        ({"cost": "free", "costs": (Cost("Kurs", "5.00"),)}, "kostenlos"),
        ({"costs": (Cost("Kurs", "fünf"),)}, "kein Betrag"),
        ({"costs": (Cost("Kurs", "NaN"),)}, "kein Betrag"),
        ({"url": "javascript:alert(1)"}, "Internetadresse"),
        ({"contacts": (Contact(email="nirgends"),)}, "keine E-Mail-Adresse"),
        ({"topics": ("unsinn",)}, "nicht in der Liste"),
        ({"runs_from": "2027-02-30"}, "kein Tag"),
        ({"runs_from": "2027-03-01", "runs_until": "2027-02-01"}, "vor dem Beginn"),
        ({"places": (Place("00000000-0000-0000-0000-000000000000"),)}, "gibt es nicht"),
    ],
)
def test_what_cannot_be_true_is_refused_in_a_sentence_and_nothing_is_written(auental, wrong, sentence):
    provider = a_provider("AWO")
    with pytest.raises(NotPossible, match=sentence):
        actions.add_offer(provider=provider, content=OfferContent(title="Elterncafé").having(**wrong), **DEED)
    assert Offer.objects.count() == 0


def test_a_provider_writes_only_their_own_offers(auental):
    theirs = an_offer("Krabbelgruppe", provider=a_provider("AWO"))
    stranger = actor(Role.PROVIDER, organisations=[a_provider("Caritas").organisation])
    with pytest.raises(NotAllowed):
        change(theirs, stranger, title="Übernommen")


def test_what_an_untrusted_provider_changes_waits_for_a_second_pair_of_eyes(auental):
    offer = an_offer("Krabbelgruppe")
    change(offer, provider_of(offer), summary="Jetzt auch freitags")
    offer.refresh_from_db()
    assert offer.document.summary != "Jetzt auch freitags"
    assert offer.proposals.get().state == Proposal.State.WAITING


def test_what_a_trusted_provider_changes_appears_at_once(auental):
    offer = an_offer("Krabbelgruppe")
    trust(offer)
    change(offer, provider_of(offer), summary="Jetzt auch freitags")
    offer.refresh_from_db()
    assert offer.document.summary == "Jetzt auch freitags"


def test_a_proposal_that_is_taken_over_keeps_what_the_office_changed_meanwhile(auental):
    offer = an_offer("Krabbelgruppe")
    proposal = change(offer, provider_of(offer), summary="Jetzt auch freitags")
    change(offer, actor(), title="Krabbelgruppe Nord")
    actions.accept_proposal(proposal=proposal, **DEED)
    offer.refresh_from_db()
    assert (offer.title, offer.document.summary) == ("Krabbelgruppe Nord", "Jetzt auch freitags")


def test_a_newer_proposal_replaces_the_one_that_waits(auental):
    offer = an_offer("Krabbelgruppe")
    first = change(offer, provider_of(offer), summary="Erst so")
    change(offer, provider_of(offer), summary="Dann so")
    first.refresh_from_db()
    assert (first.state, offer.proposals.filter(state="waiting").count()) == (Proposal.State.REPLACED, 1)


def test_declining_a_proposal_needs_a_reason_and_changes_nothing(auental):
    offer = an_offer("Krabbelgruppe")
    proposal = change(offer, provider_of(offer), summary="Jetzt auch freitags")
    with pytest.raises(NotPossible):
        actions.decline_proposal(proposal=proposal, reason=" ", **DEED)
    actions.decline_proposal(proposal=proposal, reason="Bitte mit Uhrzeit", **DEED)
    assert Offer.objects.get().document.summary == offer.document.summary


def test_two_people_who_change_different_fields_both_keep_their_words(auental):
    offer = an_offer("Krabbelgruppe")
    seen, before = offer.edition, offer.document
    change(offer, actor(), title="Krabbelgruppe Nord")
    later = actions.change_offer(offer=offer, content=before.having(summary="Neu"), seen=seen, **DEED)
    assert (later.title, later.document.summary) == ("Krabbelgruppe Nord", "Neu")


def test_two_people_who_change_the_same_field_are_asked_which_one_holds(auental):
    offer = an_offer("Krabbelgruppe")
    seen, before = offer.edition, offer.document
    change(offer, actor(), title="Krabbelgruppe Nord")
    with pytest.raises(Stale) as stale:
        actions.change_offer(offer=offer, content=before.having(title="Krabbelgruppe Süd"), seen=seen, **DEED)
    assert [(each.yours, each.theirs) for each in stale.value.conflicts] == [
        ("Krabbelgruppe Süd", "Krabbelgruppe Nord")
    ]


def test_every_change_can_be_taken_back_and_the_way_back_too(auental):
    offer = an_offer("Krabbelgruppe")
    changed = change(offer, actor(), title="Krabbelgruppe Nord")
    undone = actions.undo_revision(revision=changed.revisions.get(number=changed.edition), **DEED)
    assert undone.title == "Krabbelgruppe"
    again = actions.undo_revision(revision=undone.revisions.get(number=undone.edition), **DEED)
    assert again.title == "Krabbelgruppe Nord"
    assert [each.number for each in again.revisions.order_by("number")] == [1, 2, 3, 4]


def test_a_change_confirms_the_blocks_it_touches_and_no_other(auental):
    offer = an_offer("Krabbelgruppe", cost="free")
    later = NOON + timedelta(days=100)
    content = offer.document.having(cost="paid", costs=(Cost("Termin", "3.00"),))
    actions.change_offer(offer=offer, content=content, by=actor(), at=later)
    assert list(Confirmation.objects.filter(offer=offer, at=later).values_list("block", flat=True)) == ["cost"]


def test_all_correct_confirms_every_block_and_is_no_change(auental):
    offer = an_offer("Krabbelgruppe")
    edition, changed_at = offer.edition, offer.changed_at
    actions.confirm_offers(offers=[offer], by=provider_of(offer, via="link"), at=NOON + timedelta(days=50))
    offer.refresh_from_db()
    assert (offer.edition, offer.changed_at) == (edition, changed_at)
    newest = offer.confirmations.filter(at=NOON + timedelta(days=50))
    assert {each.way for each in newest} == {Confirmation.Way.LINK}


def test_an_ended_offer_is_not_changed_any_more(auental):
    offer = an_offer("Krabbelgruppe")
    actions.end_offer(offer=offer, **DEED)
    with pytest.raises(NotPossible, match="beendet"):
        change(offer, actor(), title="Doch nicht")


def test_nobody_but_the_coordination_says_whom_it_trusts(auental):
    offer = an_offer("Krabbelgruppe")
    actions.change_provider(provider=offer.provider, trusted=True, by=provider_of(offer), at=NOON)
    offer.provider.refresh_from_db()
    assert not offer.provider.trusted


def test_a_word_from_a_family_is_kept_with_a_receipt_and_without_a_name(auental):
    offer = an_offer("Krabbelgruppe")
    signal = actions.send_signal(offer=offer, kind="times", text="Montags ist zu", by=actor(via="public"), at=NOON)
    settled = actions.settle_signal(signal=signal, answer="Danke, geändert", **DEED)
    assert (len(signal.receipt), settled.state, settled.answer) == (8, "settled", "Danke, geändert")
    assert {field.name for field in signal._meta.local_fields}.isdisjoint({"by_name", "email", "ip", "user"})


def test_a_translation_is_seen_once_it_was_reviewed_and_a_new_wording_is_a_draft_again(auental):
    offer = an_offer("Krabbelgruppe")
    said = {"language": "tr", "title": "Oyun grubu", "summary": "Bebekler için"}
    text = actions.write_text(offer=offer, **said, **DEED)
    actions.review_text(text=text, **DEED)
    assert offer.texts.get().state == "reviewed"
    actions.write_text(offer=offer, **{**said, "summary": "Bebekler ve anneler için"}, **DEED)
    assert offer.texts.get().state == "draft"


def test_two_hands_of_one_provider_both_keep_what_they_propose(auental):
    offer = an_offer("Krabbelgruppe")
    seen, before = offer.edition, offer.document
    change(offer, provider_of(offer), seen, summary="Jetzt auch freitags")
    second = actions.change_offer(
        offer=offer, content=before.having(registration="Bitte anrufen"), seen=seen, by=provider_of(offer), at=NOON
    )
    proposed = OfferContent.from_json(second.content)
    assert (proposed.summary, proposed.registration) == ("Jetzt auch freitags", "Bitte anrufen")


def test_two_hands_that_propose_the_same_field_differently_are_asked(auental):
    offer = an_offer("Krabbelgruppe")
    seen, before = offer.edition, offer.document
    change(offer, provider_of(offer), seen, summary="Jetzt auch freitags")
    with pytest.raises(Stale):
        actions.change_offer(
            offer=offer, content=before.having(summary="Samstags"), seen=seen, by=provider_of(offer), at=NOON
        )


def test_a_proposal_disturbs_nobody_in_the_office(auental):
    offer = an_offer("Krabbelgruppe")
    seen, before = offer.edition, offer.document
    change(offer, provider_of(offer), summary="Jetzt auch freitags")
    later = actions.change_offer(offer=offer, content=before.having(summary="Neu"), seen=seen, **DEED)
    assert later.document.summary == "Neu"


def test_a_second_proposal_takes_nothing_back_that_the_office_changed_meanwhile(auental):
    offer = an_offer("Krabbelgruppe")
    change(offer, provider_of(offer), summary="Jetzt auch freitags")
    offer = change(offer, actor(), title="Krabbelgruppe Nord")
    words = lists.words_to_change(offer, provider_of(offer))
    proposal = actions.change_offer(
        offer=offer,
        content=words.having(registration="Bitte anrufen"),
        seen=offer.edition,
        by=provider_of(offer),
        at=NOON,
    )
    accepted = actions.accept_proposal(proposal=proposal, **DEED)
    written = accepted.document
    assert (written.title, written.summary, written.registration) == (
        "Krabbelgruppe Nord", "Jetzt auch freitags", "Bitte anrufen",
    )  # fmt: skip
