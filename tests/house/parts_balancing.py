"""The end of a round in a town of the house-wide walks: a balance begun, written and decided on."""

from kommpass.agreement.models import Goal
from kommpass.balancing import actions as balancing


def the_balancing(town) -> dict:
    """The balance with a decision on every goal so far.

    It stays open and the round goes on: closing would shut the doors that the walks want to try. The addresses
    name goals and measures of the draft (`goal_id`, `measure_id`), which are there already.
    """
    text, deed, procedure = town.text, town.deed, town.procedure
    balance = balancing.open_balance(procedure=procedure, **deed)
    balancing.write_balance(balance=balance, text=text("Was erreicht ist"), **deed)
    for goal in Goal.objects.filter(agreement__procedure=procedure, balance=None):
        balancing.decide_goal(balance=balance, goal=goal, verdict="continue", reason=text("Weil es lohnt"), **deed)
    return {"sealed/kind": "json"}
