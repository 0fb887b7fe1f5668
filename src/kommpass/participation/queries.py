"""What can be seen of workshops, cards, ideas and the family definition: lists, counted facts, deadlines."""

from datetime import date

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from kommpass.audits.models import Procedure
from kommpass.domain.deadlines import Deadline
from kommpass.domain.worddiff import Piece, word_diff
from kommpass.participation.models import Attendance, Card, DefinitionAgreement, FamilyDefinition, Idea, Workshop


def workshops(procedure: Procedure) -> QuerySet[Workshop]:
    """The workshops and formats in their order, each with the number of people and of cards."""
    people = Attendance.objects.filter(workshop=OuterRef("pk")).order_by().values("workshop").annotate(all=Sum("count"))
    cards = Card.objects.filter(workshop=OuterRef("pk")).order_by().values("workshop").annotate(all=Count("pk"))
    return (
        Workshop.objects.filter(procedure=procedure)
        .select_related("procedure")
        .annotate(
            people=Coalesce(Subquery(people.values("all")), 0), cards_count=Coalesce(Subquery(cards.values("all")), 0)
        )
    )


def held(procedure: Procedure, today: date | None = None) -> QuerySet[Workshop]:
    """Those that took place: their day has come, and somebody was counted."""
    return workshops(procedure).filter(held_on__lte=today or timezone.localdate(), people__gt=0)


def attendance(workshop: Workshop) -> list[Attendance]:
    """The groups that came, in the order of the list of groups."""
    order = {group: place for place, group in enumerate(Attendance.Group.values)}
    return sorted(workshop.attendance.all(), key=lambda each: order.get(each.group, len(order)))


def cards(procedure: Procedure) -> QuerySet[Card]:
    return Card.objects.filter(workshop__procedure=procedure).select_related("field", "workshop__procedure", "idea")


def cards_of(workshop: Workshop) -> QuerySet[Card]:
    return Card.objects.filter(workshop=workshop).select_related("field", "workshop__procedure", "idea")


def cards_of_kind(procedure: Procedure, kind: str) -> QuerySet[Card]:
    """The cards of one kind from all workshops: "strategic_goal" cards become goals in the agreement."""
    return cards(procedure).filter(kind=kind)


def next_position(workshop: Workshop) -> int:
    return (workshop.cards.aggregate(last=Max("position"))["last"] or 0) + 1


def definitions(procedure: Procedure) -> QuerySet[FamilyDefinition]:
    """All wordings, newest first, each with its agreement if there is one."""
    return FamilyDefinition.objects.filter(procedure=procedure).select_related("procedure", "agreement")


def latest_definition(procedure: Procedure) -> FamilyDefinition | None:
    return definitions(procedure).first()


def agreed_definition(procedure: Procedure) -> FamilyDefinition | None:
    """The family definition that holds now: the newest one that somebody agreed on."""
    return definitions(procedure).filter(agreement__isnull=False).first()


def difference(old: FamilyDefinition | None, new: FamilyDefinition) -> tuple[Piece, ...]:
    """What changed from one wording to the next, word by word."""
    return word_diff(old.text if old else "", new.text)


def ideas(procedure: Procedure) -> QuerySet[Idea]:
    return Idea.objects.filter(procedure=procedure).select_related("field", "district", "card__workshop", "procedure")


def public_ideas(procedure: Procedure) -> QuerySet[Idea]:
    """The ideas that everybody may read, with their answers."""
    return ideas(procedure).filter(public=True)


def counts(procedure: Procedure, today: date | None = None) -> dict[str, int]:
    """The facts that gates judge."""
    kinds = {"kickoff_workshops": Workshop.Kind.KICKOFF, "strategy_workshops": Workshop.Kind.STRATEGY}
    kinds["target_workshops"] = Workshop.Kind.TARGET
    took_place = list(held(procedure, today).values_list("pk", "kind"))
    formats = [key for key, kind in took_place if kind in Workshop.FORMATS]
    reached = Attendance.objects.filter(workshop__in=formats, group__in=Attendance.CONCERNED)
    return {
        **{fact: sum(each == kind for key, each in took_place) for fact, kind in kinds.items()},
        "family_definitions": DefinitionAgreement.objects.filter(definition__procedure=procedure).count(),
        "participation_formats": len(formats),
        "people_reached": reached.aggregate(all=Sum("count"))["all"] or 0,
        "ideas": Idea.objects.filter(procedure=procedure).count(),
    }


def reached_by_group(procedure: Procedure) -> list[tuple[str, int]]:
    """How many people of each group all events together reached, in the order of the list of groups."""
    everybody = Attendance.objects.filter(workshop__procedure=procedure).order_by()
    found = {row["group"]: row["all"] for row in everybody.values("group").annotate(all=Sum("count"))}
    return [(str(group.label), found[group.value]) for group in Attendance.Group if group.value in found]


def deadlines(procedure: Procedure, today: date | None = None) -> list[Deadline]:
    """Workshops to come, and those that were held without anybody being counted."""
    today = today or timezone.localdate()
    found = []
    for each in workshops(procedure).filter(people=0):
        label = each.title if each.held_on >= today else _("Teilnahme eintragen: %s") % each.title
        found.append(Deadline(each.held_on, label, "workshop", each.get_absolute_url()))
    return found


def origins(procedure: Procedure) -> list[dict]:
    """What a goal or measure may come from: cards and ideas. {"kind", "id", "label", "text", "url"} each."""
    needs = [Card.Kind.NEED, Card.Kind.IDEA, Card.Kind.STRATEGIC_GOAL, Card.Kind.GOAL, Card.Kind.MEASURE]
    from_cards = [
        {
            "kind": "card",
            "id": card.pk,
            "label": f"{card.get_kind_display()} · {card.workshop.title}",
            "text": card.text,
            "url": card.workshop.get_absolute_url(),
        }
        for card in cards(procedure).filter(kind__in=needs)
    ]
    from_ideas = [
        {
            "kind": "idea",
            "id": idea.pk,
            "label": _("Idee · %s") % idea.get_source_display(),
            "text": idea.text,
            "url": idea.get_absolute_url(),
        }
        for idea in ideas(procedure).exclude(state=Idea.State.DECLINED)
    ]
    return from_cards + from_ideas


def unanswered(procedure: Procedure) -> int:
    """How many ideas still wait for an answer."""
    return Idea.objects.filter(~Q(state__in=Idea.ANSWERED), procedure=procedure).count()
