"""Keeps the numbers of goals and measures true after every change of the order."""

from kommpass.agreement import queries
from kommpass.agreement.models import Agreement, Goal, Measure
from kommpass.domain.numbering import Node, number_tree


def renumber(agreement: Agreement) -> None:
    """Number the whole draft anew by place and write only what changed. Part of the action that calls it."""
    measures: dict[int, list[Measure]] = {}
    for measure in agreement.measures.order_by("position", "pk").only(
        "pk", "goal_id", "number", "municipality_id", "agreement_id"
    ):
        measures.setdefault(measure.goal_id, []).append(measure)
    things: dict[tuple[str, int], Goal | Measure] = {}
    fields = []
    for field, groups in queries.outline(agreement):
        drawn = []
        for strategic, goals in groups:
            nodes = []
            for goal in goals:
                things["goal", goal.pk] = goal
                below = measures.get(goal.pk, [])
                things |= {("measure", each.pk): each for each in below}
                nodes.append(Node(("goal", goal.pk), tuple(Node(("measure", each.pk)) for each in below)))
            drawn.append(Node(("strategic", field.pk, strategic and strategic.pk), tuple(nodes)))
        fields.append(Node(("field", field.pk), tuple(drawn)))
    numbers = number_tree(fields)
    changed = [thing for key, thing in things.items() if thing.number != numbers[key]]
    for key, thing in things.items():
        thing.number = numbers[key]
    Goal.objects.bulk_update([each for each in changed if isinstance(each, Goal)], ["number"], batch_size=500)
    Measure.objects.bulk_update([each for each in changed if isinstance(each, Measure)], ["number"], batch_size=500)
