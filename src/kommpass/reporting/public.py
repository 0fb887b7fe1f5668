"""What everybody may read of a report. What is not named here never leaves the house."""

FORMAT = "kommpass/public-report/1"


def public_view(content: dict) -> dict:
    """How far the promise is. Left out on purpose: names of persons, the auditor's view, remarks that are not public
    with their author, conditions, sources of values, and every measure that is not public."""
    return {
        "format": FORMAT,
        **only(content, "title", "municipality", "period", "agreement"),
        "procedure": only(content["procedure"], "title", "round", "rung", "scheme"),
        "version": only(content["version"], "number", "key_date", "reason"),
        "sections": [only(each, "key", "title", "text") for each in content["sections"]],
        "fields": [_field(each) for each in content["fields"]],
        "changes": [only(each, "version", "on", "approved_by", "reason", "kind") for each in content["changes"]],
    }


def _field(field: dict) -> dict:
    goals = [_goal(each) for each in field["goals"]]
    return {**only(field, "id", "number", "title", "text"), "goals": goals}


def _goal(goal: dict) -> dict:
    judgement = goal["judgement"] and only(goal["judgement"], "achievement", "label", "text")
    return {
        **only(goal, "id", "number", "title"),
        "judgement": judgement,
        "measures": [_measure(each) for each in goal["measures"] if each["public"] is True],
    }


def _measure(measure: dict) -> dict:
    return {
        **only(measure, "id", "number", "title", "responsible", "districts", "due", "overdue", "freshness"),
        **only(measure, "state", "state_label", "light", "light_label", "text", "expected", "reported_on"),
        "indicators": [only(each, "name", "unit", "baseline", "value", "as_of") for each in measure["indicators"]],
        "remarks": [only(each, "text", "on", "answer") for each in measure["remarks"] if each["public"] is True],
    }


def only(part: dict, *names: str) -> dict:
    return {name: part[name] for name in names}
