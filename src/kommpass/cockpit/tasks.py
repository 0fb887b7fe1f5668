"""What waits for a person: for the coordination what others handed in and what is due, for owners their own part."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommpass.agreement import queries as agreement
from kommpass.assessment import queries as assessment
from kommpass.audits.door import allowed
from kommpass.audits.models import Procedure
from kommpass.balancing import queries as balancing
from kommpass.certification import queries as certification
from kommpass.domain.permissions import Actor, Role
from kommpass.implementation import queries as implementation
from kommpass.participation import queries as participation
from kommpass.people.addresses import in_town
from kommpass.reporting import queries as reporting
from kommpass.reporting.models import SealedReport
from kommpass.stocktaking import queries as stocktaking


@dataclass(frozen=True)
class Task:
    """Something that waits for this person: a sentence, until when, and the way to it."""

    label: str
    url: str
    due_on: date | None = None


def tasks(procedure: Procedure, by: Actor, today: date) -> list[Task]:
    """Everything that waits for this person in this procedure. What comes after the resolution is asked after it."""
    found = []
    resolved = agreement.adoptions(procedure).exists()
    if by.has(Role.COORDINATOR):
        found += _until_the_resolution(procedure)
        if resolved:
            found += [*_while_carrying_out(procedure, by, today), *_for_the_association(procedure, today)]
        found += _from_round_to_round(procedure, by, today)
    return [*found, *_own(procedure, by), *(_to_report(procedure, by) if resolved else [])]


def _own(procedure: Procedure, by: Actor) -> list[Task]:
    """What the organisations of this person owe before the resolution: answers, a yes or no."""
    own = stocktaking.answerable(by, procedure).filter(organisation__in=by.organisations)
    found = [
        Task(_("Fragenpaket „%s“ beantworten") % each.title, in_town("stocktaking:bundle", each.pk), each.due_on)
        for each in own
        if each.with_respondent
    ]
    return found + [
        Task(_("Maßnahme annehmen oder ablehnen: %s") % each, f"{in_town('agreement:own')}#measure-{each.pk}")
        for each in agreement.own(procedure, by).filter(acceptance="asked")
    ]


def _to_report(procedure: Procedure, by: Actor) -> list[Task]:
    """A word on their measures, while a round asks for it."""
    round_ = implementation.open_round(procedure) if by.organisations else None
    if round_ is None:
        return []
    asked = set(implementation.own_measures(round_, by).values_list("pk", flat=True))
    waiting = len(asked - implementation.given(round_, among=asked).keys())
    label = ngettext("Sachstand melden: noch %d Maßnahme", "Sachstand melden: noch %d Maßnahmen", waiting) % waiting
    return [Task(label, in_town("implementation:own"), round_.due_on)] if waiting else []


def _until_the_resolution(procedure: Procedure) -> list[Task]:
    found = [
        Task(_("Abgegebenes Fragenpaket prüfen: %s") % each.title, in_town("stocktaking:bundle", each.pk))
        for each in stocktaking.handed_in(procedure)
    ]
    counted = (
        (
            agreement.open_amendments(procedure),
            _("Änderungen, über die zu entscheiden ist: %d"),
            "agreement:amendments",
        ),
        (agreement.open_remarks(procedure), _("Fragen aus dem Rat ohne Antwort: %d"), "agreement:versions"),
        (participation.unanswered(procedure), _("Ideen ohne Antwort: %d"), "participation:ideas"),
    )
    return found + [Task(label % number, in_town(name)) for number, label, name in counted if number]


def _while_carrying_out(procedure: Procedure, by: Actor, today: date) -> list[Task]:
    counted = (
        (
            _late_dates(procedure, by, today),
            _("Spätere Termine, die noch nicht als Änderung vorgeschlagen sind: %d"),
            "implementation:late",
        ),
        (
            implementation.open_remarks(procedure),
            _("Fragen zum Sachstand ohne Antwort: %d"),
            "implementation:overview",
        ),
        (balancing.undecided(procedure), _("Bilanz: Ziele ohne Entscheidung: %d"), "balancing:overview"),
    )
    return [Task(label % number, in_town(name)) for number, label, name in counted if number]


def _late_dates(procedure: Procedure, by: Actor, today: date) -> int:
    if not allowed(by, "amendment.propose", procedure) or not procedure.rounds.exists():
        return 0
    found = agreement.agreement_of(procedure)
    if found is None:
        return 0
    found.procedure = procedure
    late = {each.measure.pk for each in implementation.late_dates(implementation.standings(found, today))}
    return len(late - implementation.proposed_shifts(procedure))


def _for_the_association(procedure: Procedure, today: date) -> Iterator[Task]:
    """Facts of an opinion, conditions that nobody has shown to be met, reports that came back, missing proofs."""
    address = in_town("assessment:overview")
    for opinion in assessment.opinions_to_check(procedure):
        yield Task(_("Gutachten sachlich prüfen"), address, opinion.answer_by)
    for decision in assessment.released(procedure)[:1]:
        for line in assessment.condition_lines(decision):
            if line.state == "open":
                yield Task(_("Auflage nachweisen: %s") % line.condition, address, line.condition.due_on)
    for sealed in _returned(procedure):
        yield Task(_("Zurückgegebenen Bericht berichtigen: %s") % sealed.report, in_town("reporting:overview"))
    for standing in certification.standings(today):
        if standing.certificate.procedure_id == procedure.pk:
            for year, kind in standing.missing:
                words = {"kind": _(kind.label), "year": year}
                yield Task(_("Nachweis fehlt: %(kind)s %(year)d") % words, standing.certificate.get_absolute_url())


def _returned(procedure: Procedure) -> list[SealedReport]:
    """The reports whose newest version the association gave back."""
    newest: dict[int, SealedReport] = {}
    for each in reporting.sealed_reports(procedure):
        newest.setdefault(each.report_id, each)
    return [each for each in newest.values() if reporting.way(each).state == reporting.Kind.RETURNED]


def _from_round_to_round(procedure: Procedure, by: Actor, today: date) -> list[Task]:
    """The next round is to be begun; in it, the goals of the last one wait."""
    address = in_town("balancing:overview")
    if procedure.state == Procedure.State.ENDED and not procedure.successors.exists():
        return [Task(_("Nächsten Durchgang beginnen"), address)]
    if procedure.predecessor_id is None or not balancing.may_carry_over(procedure, by):
        return []
    waiting = sum(each.goes_on and not each.taken for each in balancing.preview(procedure, today))
    label = _("Ziele aus dem letzten Durchgang, die noch zu übernehmen sind: %d")
    return [Task(label % waiting, in_town("balancing:carry-over"))] if waiting else []
