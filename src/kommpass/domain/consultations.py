"""How a paper passes through the bodies: which result a station may have, and when (Beratungsfolge)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kommpass.domain.words import _


class StationRole(StrEnum):
    """What a body is asked for at one station (Zuständigkeit)."""

    HEARING = "hearing"
    PRELIMINARY = "preliminary"
    RECOMMENDATION = "recommendation"
    DECISION = "decision"
    TAKE_NOTE = "take_note"

    @property
    def label(self) -> str:
        return ROLE_LABELS[self]


class StationState(StrEnum):
    """Where a station stands. A stopped or referred station stays in the chain for everyone to see."""

    PLANNED = "planned"
    ON_AGENDA = "on_agenda"
    RECOMMENDED = "recommended"
    RECOMMENDED_WITH_CHANGES = "recommended_with_changes"
    REJECTED = "rejected"
    DEFERRED = "deferred"
    REFERRED = "referred"
    NOTED = "noted"
    DECIDED = "decided"
    STOPPED = "stopped"

    @property
    def label(self) -> str:
        return STATE_LABELS[self]


ROLE_LABELS = {
    StationRole.HEARING: _("Anhörung"),
    StationRole.PRELIMINARY: _("Vorberatung"),
    StationRole.RECOMMENDATION: _("Empfehlung"),
    StationRole.DECISION: _("Entscheidung"),
    StationRole.TAKE_NOTE: _("Kenntnisnahme"),
}
STATE_LABELS = {
    StationState.PLANNED: _("geplant"),
    StationState.ON_AGENDA: _("auf der Tagesordnung"),
    StationState.RECOMMENDED: _("empfohlen"),
    StationState.RECOMMENDED_WITH_CHANGES: _("mit Änderungen empfohlen"),
    StationState.REJECTED: _("abgelehnt"),
    StationState.DEFERRED: _("vertagt"),
    StationState.REFERRED: _("verwiesen"),
    StationState.NOTED: _("zur Kenntnis genommen"),
    StationState.DECIDED: _("beschlossen"),
    StationState.STOPPED: _("gestoppt"),
}

OPEN = frozenset({StationState.PLANNED, StationState.ON_AGENDA, StationState.DEFERRED})
HOLDING = frozenset({StationState.STOPPED, StationState.REFERRED})
DONE = frozenset(StationState) - OPEN - HOLDING
IN_MEETING = DONE | {StationState.REFERRED}
"""Results that only a meeting can give. A paper may be put off or stopped before anybody has met."""

_ADVICE = {
    StationState.RECOMMENDED,
    StationState.RECOMMENDED_WITH_CHANGES,
    StationState.REJECTED,
    StationState.NOTED,
}
_ALWAYS = {StationState.DEFERRED, StationState.REFERRED, StationState.STOPPED}
RESULTS: dict[StationRole, frozenset[StationState]] = {
    StationRole.HEARING: frozenset(_ADVICE | _ALWAYS),
    StationRole.PRELIMINARY: frozenset(_ADVICE | _ALWAYS),
    StationRole.RECOMMENDATION: frozenset((_ADVICE | _ALWAYS) - {StationState.NOTED}),
    StationRole.DECISION: frozenset(_ALWAYS | {StationState.DECIDED, StationState.REJECTED, StationState.NOTED}),
    StationRole.TAKE_NOTE: frozenset(_ALWAYS | {StationState.NOTED}),
}
BY_DECISION = frozenset({StationState.DECIDED, StationState.REJECTED, StationState.NOTED})
"""At a station that decides, these come with the registered decision and not by hand."""


def possible(role: StationRole, state: StationState) -> frozenset[StationState]:
    """The states a station may take next. What was taken back goes on the agenda again.

    >>> sorted(state.value for state in possible(StationRole.TAKE_NOTE, StationState.ON_AGENDA))
    ['deferred', 'noted', 'planned', 'referred', 'stopped']
    >>> possible(StationRole.DECISION, StationState.DECIDED)
    frozenset()
    """
    match state:
        case StationState.PLANNED:
            return RESULTS[role] | {StationState.ON_AGENDA}
        case StationState.ON_AGENDA:
            return RESULTS[role] | {StationState.PLANNED}
        case StationState.DEFERRED:
            return (RESULTS[role] | {StationState.PLANNED, StationState.ON_AGENDA}) - {StationState.DEFERRED}
        case _ if state in HOLDING or role == StationRole.DECISION:
            return frozenset()
    return frozenset({StationState.ON_AGENDA})


def results_by_hand(role: StationRole, state: StationState) -> tuple[StationState, ...]:
    """What the minute taker may enter now without a registered decision, in the order of the list above."""
    hidden = BY_DECISION if role == StationRole.DECISION else frozenset()
    allowed = (possible(role, state) & RESULTS[role]) - hidden if state in OPEN else frozenset()
    return tuple(each for each in StationState if each in allowed)


def refusal_of(
    *, role: StationRole, state: StationState, to: StationState, meeting_on: date | None, today: date
) -> str:
    """Why a station may not take this state, as a sentence; "" if it may."""
    if to not in possible(role, state):
        if state in HOLDING or state in DONE:
            return _("Diese Station ist abgeschlossen. Bitte fügen Sie eine weitere Station hinzu.")
        return _("Dieses Ergebnis passt nicht zur Zuständigkeit der Station.")
    if to == StationState.ON_AGENDA and state in OPEN and meeting_on is None:
        return _("Bitte tragen Sie zuerst den Tag der Sitzung ein.")
    if to in IN_MEETING and meeting_on is None:
        return _("Bitte tragen Sie zuerst den Tag der Sitzung ein.")
    if to in IN_MEETING and meeting_on is not None and meeting_on > today:
        return _("Die Sitzung hat noch nicht stattgefunden. Ein Ergebnis gibt es erst danach.")
    return ""


@dataclass(frozen=True)
class Way:
    """Whether the way to a decision is free. Positions are those of the stations before it."""

    held_by: tuple[int, ...] = ()
    still_open: tuple[int, ...] = ()

    @property
    def blocked(self) -> bool:
        return bool(self.held_by)


def way_to_decision(earlier: Sequence[StationState]) -> Way:
    """Look at the stations before the one that decides, in their order.

    A stopped or referred station holds the chain until a later station has dealt with the paper. A station
    that is merely open does not hold it, but somebody has to say why it was left out.

    >>> way_to_decision([StationState.REFERRED, StationState.RECOMMENDED]).blocked
    False
    >>> way_to_decision([StationState.RECOMMENDED, StationState.STOPPED])
    Way(held_by=(1,), still_open=())
    """
    held = tuple(
        position
        for position, state in enumerate(earlier)
        if state in HOLDING and not any(later in DONE for later in earlier[position + 1 :])
    )
    return Way(held, tuple(position for position, state in enumerate(earlier) if state in OPEN))


def refusal_of_votes(
    votes: Collection[int | None], *, manner: str = "", members: int = 0, accepted: bool | None = None
) -> str:
    """Why a count of votes (yes, no, abstentions) cannot be true, as a sentence; "" if it can.

    Counting is optional: "mit großer Mehrheit" without numbers is what many minutes say.

    >>> refusal_of_votes((18, 0, 0), manner="unanimous", members=20, accepted=True)
    ''
    >>> refusal_of_votes((None, None, None), manner="majority")
    ''
    """
    if all(each is None for each in votes):
        return ""
    if any(each is None for each in votes):
        return _("Bitte geben Sie alle drei Zahlen an (0, wenn es keine gab) oder lassen Sie alle drei leer.")
    yes, no, abstain = (each or 0 for each in votes)
    if yes + no + abstain == 0:
        return _("Ganz ohne Stimmen gibt es kein Ergebnis. Lassen Sie die Felder leer, wenn nicht gezählt wurde.")
    if members and yes + no + abstain > members:
        return _("Das sind mehr Stimmen, als das Gremium Mitglieder hat.")
    if manner == "unanimous" and yes and no:
        return _("Einstimmig ist ein Ergebnis nur ohne Gegenstimmen.")
    if accepted is True and yes <= no:
        return _("Mit diesen Stimmen ist der Vorschlag nicht angenommen. Bei Gleichstand ist er abgelehnt.")
    if accepted is False and yes > no:
        return _("Mit diesen Stimmen ist der Vorschlag nicht abgelehnt.")
    return ""
