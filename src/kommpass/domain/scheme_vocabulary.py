"""The words a scheme file may use: kinds of answers, levels, facts, rooms. The code knows no others."""

KINDS = ("process", "scored")
LEVELS = ("municipality", "county", "state", "independent_provider")
SCALED_ANSWERS = {"yesno": ("yes", "no"), "yes_partly_no": ("yes", "partly", "no")}
ANSWERS = (*SCALED_ANSWERS, "text", "number", "percentage", "choice", "date")
SEVERITIES = ("error", "warning")
QUALITY_CHECKS = ("specific", "local", "responsible", "due", "resources", "indicator")
QUALITY_SEVERITIES = ("hint", "error")
AMENDMENT_KINDS = ("editorial", "wording", "deadline_shift", "replace", "drop", "add")
APPROVAL_LEVELS = ("coordinator", "committee", "council")
RUBRIC_GROUPS = ("process", "agreement")
ROOMS = (
    "audits",
    "people",
    "bodies",
    "stocktaking",
    "participation",
    "agreement",
    "assessment",
    "certification",
    "implementation",
    "reporting",
    "balancing",
)
FACTS = (
    "participation_decisions",
    "contracts",
    "project_leads",
    "auditors",
    "steering_group_members",
    "kickoff_workshops",
    "bundles",
    "bundles_closed",
    "questions",
    "questions_answered",
    "analyses",
    "fields",
    "strategy_workshops",
    "strategic_goals",
    "family_definitions",
    "participation_formats",
    "people_reached",
    "ideas",
    "target_workshops",
    "goals",
    "measures",
    "measures_with_owner",
    "measures_with_due",
    "measures_accepted",
    "outside_measures",
    "outside_measures_accepted",
    "quality_errors",
    "frozen_versions",
    "council_decisions",
    "recommendations",
    "submissions",
    "review_decisions",
    "certificates",
    "status_rounds",
    "measures_reported",
    "goals_judged",
    "annual_reports",
    "goals_balanced",
    "balances",
    "continuation_decisions",
)
