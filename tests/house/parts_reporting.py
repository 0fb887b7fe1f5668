"""What the room of the annual reports puts into a town: a report, its sealed versions, their way to the association."""

from datetime import date

from django.utils import timezone

from kommpass.bodies import actions as bodies
from kommpass.domain.permissions import Role
from kommpass.reporting import actions as reporting
from tests.conftest import actor


def the_reports(town) -> dict:
    """A report with texts and three versions: returned by the association, submitted anew, and a sealed one beside."""
    text, deed, procedure = town.text, town.deed, town.procedure
    office = {"by": actor(Role.ASSOCIATION_OFFICE, name=text("Geschäftsstelle")), "at": timezone.now()}
    year = 1990 + town.rounds  # periods of a procedure do not overlap
    report = reporting.begin_report(
        procedure=procedure, title=text("Jahresbericht"), period_from=date(year, 1, 1), period_until=date(year, 12, 31),
        due_on=date(year, 12, 31), **deed,
    )  # fmt: skip
    section = procedure.scheme.report_template[0].key
    reporting.write_narrative(report=report, section=section, text=text("Viel gelungen"), **deed)
    reporting.write_narrative(report=report, field=town.values["field"], text=text("Gut vernetzt"), **deed)
    first = reporting.seal_report(report=report, **deed)
    reporting.note_report(sealed=first, station=_noted(town), **deed)
    reporting.submit_report(sealed=first, note=text("Mit Gruß"), **deed)
    number = town.values["measure"].number
    reporting.return_report(sealed=first, note=text("Es fehlt noch"), remarks=[(number, text("Bis wann?"))], **office)
    second = reporting.seal_report(report=report, reason=text("Ergänzt"), **deed)
    reporting.submit_report(sealed=second, **deed)
    return {
        "report": report, "report_id": report.pk, "sections/section": section, "sealed_id": second.pk,
        "older_id": first.pk, "newer_id": second.pk, "part/place": 1, "documents/form": "report",
        "documents/kind": "pdf",
    }  # fmt: skip


def _noted(town):
    """A committee that took note of a paper about the report."""
    text, deed = town.text, town.deed
    paper = bodies.draft_paper(
        procedure=town.procedure, title=text("Jahresbericht"), purpose="report",
        reference=f"{town.slug.upper()}-B{town.rounds}", **deed,
    )  # fmt: skip
    body = bodies.add_body(name=text("Ausschuss für den Bericht"), **deed)
    station = bodies.add_station(paper=paper, body=body, role="take_note", meeting_on=timezone.localdate(), **deed)
    return bodies.record_result(station=station, state="noted", **deed)
