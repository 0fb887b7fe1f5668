"""The list of what everybody may read of a frozen agreement. What is not named here never leaves the house."""

FORMAT = "kommpass/public-agreement/1"


def public_view(content: dict) -> dict:
    """The public part of a frozen content: promises, who keeps them, until when, and how we will know.

    Left out on purpose: names of persons, posts, origins, internal strengths and needs, costs, status reports,
    remarks, and every measure that is not marked as public.
    """
    return {
        "format": FORMAT,
        "title": content["title"],
        "municipality": _only(content["municipality"], "name", "ags"),
        "procedure": _only(content["procedure"], "title", "round", "rung", "scheme"),
        "version": _only(content["version"], "number", "frozen_on"),
        "preamble": content["preamble"],
        "family_definition": content["family_definition"],
        "budget_clause": content["budget_clause"],
        "fields": [_field(field) for field in content["fields"]],
    }


def _field(field: dict) -> dict:
    return {
        **_only(field, "id", "number", "title"),
        "strategic_goals": [
            {**_only(group, "id", "text"), "goals": [_goal(goal) for goal in group["goals"]]}
            for group in field["strategic_goals"]
        ],
    }


def _goal(goal: dict) -> dict:
    return {
        **_only(goal, "id", "number", "title", "description"),
        "measures": [_measure(measure) for measure in goal["measures"] if measure.get("public") is True],
    }


def _measure(measure: dict) -> dict:
    dropped = bool(measure.get("dropped"))
    if dropped:
        return {**_only(measure, "id", "number", "title"), "dropped": True}
    return {
        **_only(measure, "id", "number", "title", "description", "responsible", "start", "due", "subject_to_budget"),
        **{name: list(measure[name]) for name in ("partners", "target_groups", "districts", "themes")},
        "steps": [_only(step, "id", "title", "due") for step in measure["steps"]],
        "indicators": [_only(each, "name", "unit", "baseline", "target", "source") for each in measure["indicators"]],
        "dropped": False,
    }


def _only(part: dict, *names: str) -> dict:
    return {name: part[name] for name in names}


def counted(field: dict) -> tuple[int, int]:
    """How many goals and how many measures a public field has; what was dropped does not count."""
    goals = [goal for group in field["strategic_goals"] for goal in group["goals"]]
    return len(goals), sum(not measure["dropped"] for goal in goals for measure in goal["measures"])
