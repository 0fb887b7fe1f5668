"""The stages of a certification round that the code knows; a scheme's phases each name one of them."""

from enum import StrEnum

from kommpass.domain.words import _


class Stage(StrEnum):
    """What a phase of a scheme is about, in the order in which a town walks through them.

    A scheme may call its phases as it likes and leave some out: rights and pages look at the stage only.
    """

    INITIATION = "initiation"
    COMMITMENT = "commitment"
    KICKOFF = "kickoff"
    STOCKTAKING = "stocktaking"
    STRATEGY = "strategy"
    PARTICIPATION = "participation"
    TARGETING = "targeting"
    COUNCIL = "council"
    REVIEW = "review"
    AWARD = "award"
    IMPLEMENTATION = "implementation"
    BALANCING = "balancing"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    Stage.INITIATION: _("Anbahnung"),
    Stage.COMMITMENT: _("Teilnahmebeschluss und Vertrag"),
    Stage.KICKOFF: _("Auftakt"),
    Stage.STOCKTAKING: _("Bestandsaufnahme"),
    Stage.STRATEGY: _("Strategieworkshop"),
    Stage.PARTICIPATION: _("Beteiligung"),
    Stage.TARGETING: _("Zielvereinbarung"),
    Stage.COUNCIL: _("Gremienlauf"),
    Stage.REVIEW: _("Begutachtung"),
    Stage.AWARD: _("Verleihung"),
    Stage.IMPLEMENTATION: _("Umsetzung"),
    Stage.BALANCING: _("Bilanzierung"),
}

WORKING = frozenset(Stage)
BEFORE_COUNCIL = frozenset(
    {
        Stage.INITIATION,
        Stage.COMMITMENT,
        Stage.KICKOFF,
        Stage.STOCKTAKING,
        Stage.STRATEGY,
        Stage.PARTICIPATION,
        Stage.TARGETING,
    }
)
