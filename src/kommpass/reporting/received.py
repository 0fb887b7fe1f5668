"""What the association reads of a report that was submitted to it. What is not named here stays in the town."""

from kommpass.reporting.public import only

FORMAT = "kommpass/received-report/1"


def received_view(content: dict) -> dict:
    """The official report. Left out on purpose: what council members asked and was not public, who asked, and which
    clerk reported a state."""
    return {
        "format": FORMAT,
        **only(content, "title", "municipality", "procedure", "period", "version", "agreement", "certificate"),
        **only(content, "sections", "summary", "costs", "changes", "conditions"),
        "fields": [_field(each) for each in content["fields"]],
    }


def _field(field: dict) -> dict:
    return {
        **only(field, "id", "number", "title", "text", "summary"),
        "goals": [_goal(each) for each in field["goals"]],
    }


def _goal(goal: dict) -> dict:
    return {
        **only(goal, "id", "number", "title", "judgement", "summary"),
        "measures": [_measure(each) for each in goal["measures"]],
    }


def _measure(measure: dict) -> dict:
    return {
        **only(measure, "id", "predecessors", "number", "title", "responsible", "partners", "districts", "due"),
        **only(measure, "public", "overdue", "freshness", "state", "state_label", "light", "light_label", "text"),
        **only(measure, "expected", "unchanged", "reported_on", "indicators", "auditor_view"),
        "remarks": [only(each, "text", "on", "answer") for each in measure["remarks"] if each["public"] is True],
    }
