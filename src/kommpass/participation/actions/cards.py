"""Result cards: pin many at once, count their dots, turn them into ideas, note what became of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kommpass.audits.door import permit
from kommpass.audits.editions import save_edition
from kommpass.audits.journal import record
from kommpass.audits.models import FieldOfAction
from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import NotPossible
from kommpass.participation.models import Card, Idea, Workshop
from kommpass.participation.queries import next_position

MOST_AT_ONCE = 200
LONGEST_CARD = 500


@transaction.atomic
def pin_cards(
    *,
    workshop: Workshop,
    texts: Sequence[str],
    kind: str = Card.Kind.IDEA,
    field: FieldOfAction | None = None,
    by: Actor,
    at: datetime,
) -> list[Card]:
    """Pin several cards to the board. A text that already hangs there in the same place is not pinned twice."""
    permit(by, "card.write", workshop.procedure)
    if len(texts) > MOST_AT_ONCE or any(len(text) > LONGEST_CARD for text in texts):
        raise NotPossible(_("Auf eine Karte passen 500 Zeichen, und auf einmal lassen sich 200 Karten anpinnen."))
    there = set(workshop.cards.filter(kind=kind, field=field).values_list("text", flat=True))
    fresh = [text for text in dict.fromkeys(filter(None, map(str.strip, texts))) if text not in there]
    position = next_position(workshop)
    cards = Card.objects.bulk_create(
        Card(workshop=workshop, text=text, kind=kind, field=field, position=position + place)
        for place, text in enumerate(fresh)
    )
    if cards:
        record(workshop.procedure, "card.write", by=by, at=at, workshop=workshop.pk, kind=kind, pinned=fresh)
    return cards


@transaction.atomic
def edit_card(
    *,
    card: Card,
    text: str,
    kind: str,
    field: FieldOfAction | None,
    votes: int,
    seen: int | None = None,
    by: Actor,
    at: datetime,
) -> Card:
    """Reword a card, hang it into another field, count its dots anew."""
    permit(by, "card.write", card.workshop.procedure)
    changes = {"text": text, "kind": kind, "field": field, "votes": votes}
    before = {name: getattr(card, name) for name in changes}
    changed = save_edition(card, seen, changes)
    if changed:
        record(
            card.workshop.procedure,
            "card.write",
            by=by,
            at=at,
            card=card.pk,
            before={name: before[name] for name in changed},
            after={name: changes[name] for name in changed},
        )
    return card


@transaction.atomic
def vote_cards(*, workshop: Workshop, votes: Mapping[int, int], by: Actor, at: datetime) -> int:
    """Write down the dots of many cards (by card key). Returns how many changed."""
    permit(by, "card.write", workshop.procedure)
    changed = {}
    for card in workshop.cards.order_by("pk").select_for_update().filter(pk__in=votes):
        if card.votes != votes[card.pk]:
            changed[card.pk] = [card.votes, votes[card.pk]]
            card.votes, card.edition = votes[card.pk], card.edition + 1
            card.save(update_fields=["votes", "edition"])
    if changed:
        record(workshop.procedure, "card.write", by=by, at=at, workshop=workshop.pk, votes=changed)
    return len(changed)


@transaction.atomic
def remove_card(*, card: Card, by: Actor, at: datetime) -> None:
    """Take a card off the board that nothing has come from yet."""
    procedure = card.workshop.procedure
    permit(by, "card.write", procedure)
    uses = [
        relation.related_model.objects.filter(**{relation.field.name: card}).exists()
        for relation in Card._meta.related_objects
    ]
    if card.turned_into or any(uses):
        raise NotPossible(_("Aus dieser Karte ist schon etwas geworden. Sie bleibt als Herkunft stehen."))
    record(procedure, "card.write", by=by, at=at, workshop=card.workshop_id, removed=card.text)
    card.delete()


@transaction.atomic
def turn_into_idea(*, card: Card, by: Actor, at: datetime) -> Idea:
    """Make an idea of a card. A second click finds the first idea."""
    procedure = card.workshop.procedure
    permit(by, "idea.write", procedure)
    idea, made = Idea.objects.get_or_create(
        card=card,
        defaults={
            "procedure": procedure,
            "source": Idea.Source.SURVEY if card.workshop.kind == Workshop.Kind.SURVEY else Idea.Source.WORKSHOP,
            "text": card.text,
            "field": card.field,
            "received_at": at,
        },
    )
    if made:
        record(procedure, "idea.write", by=by, at=at, idea=idea.pk, card=card.pk, text=idea.text)
    return idea


@transaction.atomic
def note_use(*, card: Card, turned_into: str, turned_into_id: int, by: Actor, at: datetime) -> Card:
    """Note what the agreement made of a card: "strategic_goal", "goal" or "measure", and its key there."""
    permit(by, "card.write", card.workshop.procedure)
    card.turned_into, card.turned_into_id = turned_into, turned_into_id
    card.save(update_fields=["turned_into", "turned_into_id"])
    record(
        card.workshop.procedure, "card.write", by=by, at=at, card=card.pk, turned_into=turned_into, key=turned_into_id
    )
    return card
