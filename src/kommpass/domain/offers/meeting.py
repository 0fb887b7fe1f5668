"""Two people change the same offer: what each changed is kept, and what both changed differently is asked."""

from dataclasses import dataclass

from kommpass.domain.offers.changes import Change, changes
from kommpass.domain.offers.content import OfferContent


@dataclass(frozen=True)
class Meeting:
    """The document with both people's changes; `conflicts`: fields that both changed (before: theirs, after: mine)."""

    content: OfferContent
    conflicts: tuple[Change, ...]


def meet(base: OfferContent, mine: OfferContent, theirs: OfferContent) -> Meeting:
    """Bring together two documents that grew from the same one.

    >>> base = OfferContent(title="A", summary="alt")
    >>> met = meet(base, base.having(summary="neu"), base.having(title="B"))
    >>> met.content.title, met.content.summary, met.conflicts
    ('B', 'neu', ())
    """
    my_changes = {each.field: each for each in changes(base, mine)}
    their_fields = {each.field for each in changes(base, theirs)}
    both = [
        Change(name, each.label, getattr(theirs, name), each.after)
        for name, each in my_changes.items()
        if name in their_fields and getattr(theirs, name) != each.after
    ]
    content = theirs.having(**{name: each.after for name, each in my_changes.items()})
    return Meeting(content, tuple(both))
