"""Who may do what, and when: the one table of permissions.

Views, actions, menus, the handbook and the tests all read this table. *Which* objects somebody may touch
is not a second table: lists and look-ups start from the same query of the room.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kommpass.domain.phases import Stage
from kommpass.domain.words import _


class Role(StrEnum):
    """What somebody is in one town; the last three hold for the whole installation."""

    COORDINATOR = "coordinator"
    CONTRIBUTOR = "contributor"
    PROVIDER = "provider"
    COUNCIL_OFFICE = "council_office"
    COUNCIL_MEMBER = "council_member"
    AUDITOR = "auditor"
    STATISTICS_UNIT = "statistics_unit"
    REVIEW_BOARD = "review_board"
    ASSOCIATION_OFFICE = "association_office"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> str:
        return ROLE_LABELS[self]


ROLE_LABELS = {
    Role.COORDINATOR: _("Koordination"),
    Role.CONTRIBUTOR: _("Fachbereich"),
    Role.PROVIDER: _("Träger"),
    Role.COUNCIL_OFFICE: _("Sitzungsdienst"),
    Role.COUNCIL_MEMBER: _("Verwaltungsspitze und Rat"),
    Role.AUDITOR: _("Auditorin oder Auditor"),
    Role.STATISTICS_UNIT: _("Statistikstelle"),
    Role.REVIEW_BOARD: _("Gutachterausschuss"),
    Role.ASSOCIATION_OFFICE: _("Geschäftsstelle des Vereins"),
    Role.ADMINISTRATOR: _("Systemverwaltung"),
}

TOWN_ROLES = (
    Role.COORDINATOR,
    Role.CONTRIBUTOR,
    Role.PROVIDER,
    Role.COUNCIL_OFFICE,
    Role.COUNCIL_MEMBER,
    Role.AUDITOR,
    Role.STATISTICS_UNIT,
)
INSTALLATION_ROLES = (Role.REVIEW_BOARD, Role.ASSOCIATION_OFFICE, Role.ADMINISTRATOR)


@dataclass(frozen=True)
class Actor:
    """A person as the rules see them inside one town.

    `organisations` holds the keys of the organisations for which they act. `via` is "account", "link" (a
    contribution link without account), "command" or "public".
    """

    id: int
    name: str
    roles: frozenset[Role] = frozenset()
    organisations: frozenset[int] = frozenset()
    via: str = "account"

    def has(self, *roles: Role) -> bool:
        return bool(self.roles & set(roles))

    @property
    def known(self) -> bool:
        return bool(self.roles)


NOBODY = Actor(id=0, name="", via="public")


@dataclass(frozen=True)
class Rule:
    """One line of the table: these roles, during these stages. `writes` is false for reading.

    `everybody`: also people without account, as on the public pages.
    """

    roles: frozenset[Role]
    during: frozenset[Stage] = frozenset(Stage)
    writes: bool = True
    everybody: bool = False


@dataclass(frozen=True)
class Situation:
    """What the rules know of a procedure: its open stages, and whether it is running."""

    stages: frozenset[Stage] = field(default_factory=frozenset)
    running: bool = True
    exists: bool = True


NO_PROCEDURE = Situation(running=True, exists=False)


@dataclass(frozen=True)
class Verdict:
    """Yes, or no with a sentence."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


def may_do(*roles: Role, during: Collection[Stage] = tuple(Stage)) -> Rule:
    return Rule(frozenset(roles), frozenset(during))


def may_see(*roles: Role) -> Rule:
    return Rule(frozenset(roles), writes=False)


def everybody_may() -> Rule:
    return Rule(frozenset(), everybody=True)


C, F, P = Role.COORDINATOR, Role.CONTRIBUTOR, Role.PROVIDER
O, M, A = Role.COUNCIL_OFFICE, Role.COUNCIL_MEMBER, Role.AUDITOR  # noqa: E741 - O as in office
S, B, V, R = Role.STATISTICS_UNIT, Role.REVIEW_BOARD, Role.ASSOCIATION_OFFICE, Role.ADMINISTRATOR

PREPARING = (Stage.INITIATION, Stage.COMMITMENT, Stage.KICKOFF)
STOCKTAKING = (Stage.KICKOFF, Stage.STOCKTAKING, Stage.STRATEGY)
WORKSHOPS = (
    Stage.KICKOFF,
    Stage.STOCKTAKING,
    Stage.STRATEGY,
    Stage.PARTICIPATION,
    Stage.TARGETING,
    Stage.BALANCING,
)
# What was adopted changes by amendment only, also while its balance is drawn: the next agreement belongs to the next
# round.
DRAFTING = (Stage.STOCKTAKING, Stage.STRATEGY, Stage.PARTICIPATION, Stage.TARGETING, Stage.COUNCIL)
FREEZING = (Stage.TARGETING, Stage.COUNCIL)
AFTER_COUNCIL = (Stage.REVIEW, Stage.AWARD, Stage.IMPLEMENTATION, Stage.BALANCING)
REVIEWING = (Stage.COUNCIL, Stage.REVIEW)
IMPLEMENTING = (Stage.IMPLEMENTATION, Stage.BALANCING)

RULES: dict[str, Rule] = {
    # the installation
    "installation.view": may_see(R),
    "town.create": may_do(R),
    "association.view": may_see(V),
    "auditor.assign": may_do(V),
    "contract.record": may_do(V),
    "board.view": may_see(V, B),
    "board.plan": may_do(V),
    "ceremony.plan": may_do(V),
    "practice.search": may_see(V),
    "statistics.view": may_see(V),
    "schemes.view": may_see(V, R),
    # the town
    "town.view": may_see(C, R),
    "town.configure": may_do(C, R),
    "people.view": may_see(C, R),
    "people.invite": may_do(C, R),
    "people.end": may_do(C, R),
    "people.hand_over": may_do(C, R),
    "organisation.edit": may_do(C, R),
    "post.edit": may_do(C, R),
    "link.issue": may_do(C),
    "link.revoke": may_do(C),
    "reminder.send": may_do(C),
    # the procedure
    "procedure.view": may_see(C, F, P, O, M, A, S),
    "procedure.start": may_do(C, R),
    "procedure.configure": may_do(C, during=(*PREPARING, Stage.STOCKTAKING, Stage.STRATEGY)),
    "procedure.plan": may_do(C),
    "procedure.pause": may_do(C),
    "procedure.resume": may_do(C),
    "procedure.withdraw": may_do(C),
    "procedure.lapse": may_do(C),
    "phase.open": may_do(C, A),
    "phase.close": may_do(C, A),
    "scheme.upgrade": may_do(C, A),
    "journal.view": may_see(C, A),
    "journal.export": may_see(C),
    # stocktaking
    "stocktaking.view": may_see(C, F, P, A),
    "bundle.create": may_do(C, during=STOCKTAKING),
    "bundle.remind": may_do(C, during=STOCKTAKING),
    "bundle.answer": may_do(C, F, P, during=STOCKTAKING),
    "bundle.submit": may_do(C, F, P, during=STOCKTAKING),
    "bundle.pass_on": may_do(C, F, during=STOCKTAKING),
    "bundle.return": may_do(C, during=STOCKTAKING),
    "bundle.close": may_do(C, during=STOCKTAKING),
    "answer.prefill": may_do(C, during=STOCKTAKING),
    "answer.comment": may_do(C, A, during=STOCKTAKING),
    "finding.write": may_do(C, A, during=DRAFTING),
    "analysis.accept": may_do(A, during=STOCKTAKING),
    # the directory of offers: it belongs to the town, whatever phase its audit is in
    "offers.view": may_see(C, F, P, A, M, O),
    "offers.own": may_see(F, P),
    "offer.write": may_do(C, F, P),
    "offer.publish": may_do(C, F, P),
    "offer.end": may_do(C, F, P),
    "offer.confirm": may_do(C, F, P),
    "offer.undo": may_do(C, F, P),
    "offer.translate": may_do(C, F, P),
    "text.review": may_do(C),
    "proposal.settle": may_do(C),
    "provider.edit": may_do(C, F, P),
    "location.edit": may_do(C, F, P),
    "offers.ask": may_do(C),
    "offers.import": may_do(C),
    "duplicate.judge": may_do(C),
    "signal.send": everybody_may(),
    "signal.settle": may_do(C, F, P),
    "prevention.view": may_see(C, F, A, M),
    "prevention.write": may_do(C),
    # workshops, ideas, family definition
    "participation.view": may_see(C, F, A, O, M),
    "workshop.plan": may_do(C, A, during=WORKSHOPS),
    "workshop.record": may_do(C, A, during=WORKSHOPS),
    "card.write": may_do(C, A, during=WORKSHOPS),
    "idea.write": may_do(C, F, A, during=WORKSHOPS),
    "idea.answer": may_do(C, A),
    "definition.propose": may_do(C, A, during=WORKSHOPS),
    "definition.agree": may_do(C, during=WORKSHOPS),
    "involvement.record": may_do(C, during=WORKSHOPS),
    # bodies and the council
    "bodies.view": may_see(C, F, O, M, A),
    "body.edit": may_do(C, O),
    "paper.draft": may_do(C, O),
    "consultation.plan": may_do(C, O),
    "consultation.record": may_do(O, C),
    "decision.register": may_do(O, C),
    # the agreement
    "agreement.view": may_see(C, F, O, A),
    "agreement.write": may_do(C, A, during=DRAFTING),
    "goal.write": may_do(C, A, during=DRAFTING),
    "measure.write": may_do(C, F, A, during=DRAFTING),
    "measure.ask": may_do(C, during=DRAFTING),
    "measure.answer": may_do(C, F, P, during=DRAFTING),
    "measure.own": may_see(C, F, P),
    "measure.tie": may_do(C, F),
    "agreement.freeze": may_do(C, during=FREEZING),
    "agreement.amend_in_council": may_do(C, O, during=(Stage.COUNCIL,)),
    "agreement.adopt": may_do(O, C, during=(Stage.COUNCIL,)),
    "agreement.recommend": may_do(A, during=FREEZING),
    "agreement.import": may_do(C, during=DRAFTING),
    "amendment.propose": may_do(C, F, during=AFTER_COUNCIL),
    "amendment.approve": may_do(C, O, during=AFTER_COUNCIL),
    "version.view": may_see(C, F, O, M, A),
    "version.download": may_see(C, F, O, M, A),
    "template.upload": may_do(C),
    "remark.write": may_do(M),
    "remark.answer": may_do(C),
    # the review by the association and its board
    "assessment.view": may_see(C, O, M, A, B, V),
    "auditor_report.write": may_do(A, during=REVIEWING),
    "submission.view": may_see(C, A, B, V),
    "submission.submit": may_do(C, during=REVIEWING),
    "submission.check": may_do(V),
    "case.open": may_do(V),
    "case.recuse": may_do(B, V),
    "conflict.declare": may_do(B, V, A),
    "review.write": may_do(B),
    "opinion.write": may_do(B),
    "opinion.answer": may_do(C),
    "review.decide": may_do(B),
    "decision.release": may_do(V),
    "condition.report": may_do(C),
    "condition.check": may_do(V),
    "objection.raise": may_do(C),
    "objection.answer": may_do(B),
    # the certificate
    "certificate.view": may_see(C, F, P, O, M, A, V),
    "certificate.issue": may_do(V),
    "certificate.change": may_do(V),
    "permanence.record": may_do(C, V),
    "logo.download": may_see(C, F, O, M),
    # implementation
    "progress.view": may_see(C, F, O, M, A),
    "progress.own": may_see(C, F, P),
    "round.open": may_do(C, during=AFTER_COUNCIL),
    "round.close": may_do(C, during=AFTER_COUNCIL),
    "round.ask": may_do(C, during=AFTER_COUNCIL),
    "progress.report": may_do(C, F, P, during=AFTER_COUNCIL),
    "history.take_over": may_do(C, during=AFTER_COUNCIL),
    "auditor_view.write": may_do(A),
    "status_remark.write": may_do(M),
    "status_remark.answer": may_do(C),
    "goal.judge": may_do(C, during=AFTER_COUNCIL),
    # annual reports
    "report.view": may_see(C, F, O, M, A),
    "report.write": may_do(C, during=AFTER_COUNCIL),
    "report.seal": may_do(C, during=AFTER_COUNCIL),
    "report.note": may_do(C, O),
    "report.submit": may_do(C),
    "report.received": may_see(V),
    "report.review": may_do(V),
    # the end of a round, and the next one
    "balance.view": may_see(C, F, O, M, A),
    "balance.write": may_do(C, A, during=IMPLEMENTING),
    "balance.close": may_do(C, during=IMPLEMENTING),
    "procedure.end": may_do(C),
    "goal.carry_over": may_do(C),
    "measure.share": may_do(C, during=DRAFTING),
    # the view of mayor and council
    "council.view": may_see(C, O, M, A),
}

WHILE_RESTING = {
    # The last round is over, so the next one may begin; while one runs, the action itself says no.
    "procedure.start",
    "procedure.resume",
    "procedure.withdraw",
    "procedure.lapse",
    "procedure.end",
    "people.end",
    "people.hand_over",
    # A round may be over while its certificate still holds, and its last report may be late.
    "certificate.change",
    "permanence.record",
    "condition.report",
    "condition.check",
    "report.note",
    "report.submit",
    "report.review",
    "conflict.declare",
    "auditor.assign",
    "contract.record",
}

_REASON_ROLE = _("Ihre Rolle sieht diesen Schritt nicht vor.")
_REASON_STAGE = _("Dieser Schritt gehört zu einer anderen Phase des Verfahrens.")
_REASON_RESTING = _("Das Verfahren ruht oder ist beendet. Lesen können Sie alles, ändern lässt sich nichts.")


def may(actor: Actor, action: str, situation: Situation = NO_PROCEDURE, rules: Mapping[str, Rule] = RULES) -> Verdict:
    """Judge one action. The reason is a sentence a clerk can act upon.

    An unknown action is a mistake of ours and raises KeyError.
    """
    rule = rules[action]
    if not rule.everybody and not actor.roles & rule.roles:
        return Verdict(False, _REASON_ROLE)
    if not rule.writes or not situation.exists:
        return Verdict(True)
    if not situation.running and action not in WHILE_RESTING:
        return Verdict(False, _REASON_RESTING)
    if rule.during != frozenset(Stage) and not situation.stages & rule.during:
        return Verdict(False, _REASON_STAGE)
    return Verdict(True)
