"""What can be seen of bodies, papers and decisions: lists, look-ups, counted facts and deadlines."""

from datetime import date, timedelta

from django.db.models import Count, Max, Prefetch, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from kommpass.audits.models import Procedure
from kommpass.bodies.models import Body, Consultation, Decision, Meeting, Paper
from kommpass.domain.consultations import StationState, Way, way_to_decision
from kommpass.domain.deadlines import Deadline

ADOPTED = Q(result__in=Decision.ADOPTING)
STANDING = Q(corrected_by=None)
"""A decision that no later row has corrected."""


def bodies() -> QuerySet[Body]:
    """The bodies of the town with the number of their meetings, those that decide first."""
    return Body.objects.annotate(meetings_held=Count("meetings")).order_by("-authoritative", "name")


def meetings() -> QuerySet[Meeting]:
    return Meeting.objects.select_related("body")


def meetings_from(day: date) -> QuerySet[Meeting]:
    """The meetings to come, soonest first."""
    return meetings().filter(held_on__gte=day)


def meetings_before(day: date) -> QuerySet[Meeting]:
    """The meetings that have been, latest first."""
    return meetings().filter(held_on__lt=day).order_by("-held_on", "body__name")


def submission_day(meeting_on: date, lead_days: int) -> date:
    """The last day on which a paper can be handed in for a meeting (Abgabefrist des Sitzungsdienstes)."""
    return meeting_on - timedelta(days=lead_days)


def stations() -> QuerySet[Consultation]:
    return Consultation.objects.select_related("body")


def papers(procedure: Procedure) -> QuerySet[Paper]:
    """The papers of a procedure with their chains: five queries, however many papers there are."""
    return (
        Paper.objects.filter(procedure=procedure)
        .select_related("lead")
        .prefetch_related(
            "contributing",
            Prefetch("consultations", stations()),
            Prefetch("decisions", Decision.objects.filter(STANDING).select_related("body")),
        )
    )


def consultations(procedure: Procedure) -> QuerySet[Consultation]:
    return Consultation.objects.filter(paper__procedure=procedure).select_related("body", "paper__procedure")


def decisions(procedure: Procedure) -> QuerySet[Decision]:
    """All registered decisions, corrected ones too."""
    return (
        Decision.objects.filter(procedure=procedure)
        .select_related("body", "paper", "procedure", "consultation__body", "corrects")
        .prefetch_related("corrected_by")
    )


def standing_decision(paper: Paper) -> Decision | None:
    """The latest decision about a paper that was not corrected."""
    return Decision.objects.filter(STANDING, paper=paper).select_related("body").first()


def stations_on(meeting: Meeting) -> QuerySet[Consultation]:
    """What a body has before it in one meeting."""
    return consultations_of(meeting.body).filter(meeting_on=meeting.held_on)


def consultations_of(body: Body) -> QuerySet[Consultation]:
    return Consultation.objects.filter(body=body).select_related("paper", "body").order_by("-meeting_on", "position")


def next_position(paper: Paper) -> int:
    return (paper.consultations.aggregate(last=Max("position"))["last"] or 0) + 1


def way_to(station: Consultation) -> tuple[Way, list[Consultation]]:
    """Whether the way to this deciding station is free, and the stations before it."""
    chain = list(stations().filter(paper=station.paper_id))
    earlier = chain[: [each.pk for each in chain].index(station.pk)]
    return way_to_decision([StationState(each.state) for each in earlier]), earlier


def decision_for(version_id: int) -> Decision | None:
    """The standing decision with which a body adopted this version of the agreement, or None."""
    return (
        Decision.objects.filter(STANDING, ADOPTED, subject_version=version_id)
        .select_related("body", "paper")
        .order_by("-body__authoritative", "-decided_on", "-pk")
        .first()
    )


def public_decisions(procedure: Procedure | None = None) -> QuerySet[Decision]:
    """What everybody may read: standing decisions of public papers, taken in public."""
    found = Decision.objects.filter(STANDING, paper__public=True, consultation__public=True)
    if procedure is not None:
        found = found.filter(procedure=procedure)
    return found.select_related("body", "paper")


def counts(procedure: Procedure) -> dict[str, int]:
    """The facts that gates judge. Only bodies that decide for good count, and only what was not corrected."""
    adopted = Decision.objects.filter(STANDING, ADOPTED, procedure=procedure, body__authoritative=True)
    purposes = adopted.aggregate(
        participation=Count("pk", filter=Q(paper__purpose=Paper.Purpose.PARTICIPATION)),
        continuation=Count("pk", filter=Q(paper__purpose=Paper.Purpose.CONTINUATION)),
    )
    groups = Body.objects.filter(kind__in=[Body.Kind.STEERING_GROUP, Body.Kind.PROJECT_GROUP])
    return {
        "participation_decisions": purposes["participation"],
        "continuation_decisions": purposes["continuation"],
        "steering_group_members": groups.aggregate(people=Sum("members_count"))["people"] or 0,
    }


def deadlines(procedure: Procedure) -> list[Deadline]:
    """Until when papers must be handed in, and which meetings still owe their result: soonest first.

    `kind` is "paper" or "meeting".
    """
    lead_days = procedure.municipality.paper_lead_days
    waiting = consultations(procedure).filter(
        meeting_on__isnull=False, state__in=[StationState.PLANNED, StationState.ON_AGENDA]
    )
    found = []
    for each in waiting:
        words = {"paper": str(each.paper), "body": each.body.name, "day": f"{each.meeting_on:%d.%m.%Y}"}
        url = each.paper.get_absolute_url()
        if each.state == StationState.PLANNED:
            on = submission_day(each.meeting_on, lead_days)
            label = _("Vorlage „%(paper)s“ für %(body)s am %(day)s abgeben") % words
            found.append(Deadline(on, label, "paper", url))
        label = _("Ergebnis von %(body)s am %(day)s zu „%(paper)s“ eintragen") % words
        found.append(Deadline(each.meeting_on, label, "meeting", url))
    return sorted(found, key=lambda each: (each.due_on, each.label))


def paper_content(paper: Paper) -> dict:
    """A paper as plain values: the print view and the documents of the agreement are made from it."""
    return {
        "reference": paper.reference,
        "title": paper.title,
        "lead": paper.lead.name if paper.lead else "",
        "contributing": [each.name for each in paper.contributing.all()],
        "public": paper.public,
        "chain": [
            {
                "body": each.body.name,
                "date": each.meeting_on.isoformat() if each.meeting_on else None,
                "role": str(each.get_role_display()),
                "result": each.result,
            }
            for each in paper.consultations.select_related("body")
        ],
        "proposed_resolution": paper.proposed_resolution,
        "facts": paper.facts_text,
        "financial": paper.financial,
        "attachments": paper.attachment_lines,
    }
