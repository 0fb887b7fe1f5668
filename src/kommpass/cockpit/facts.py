"""All facts of a procedure, counted once: what gates judge, what the cockpit draws."""

from kommpass.agreement import queries as agreement
from kommpass.assessment import queries as assessment
from kommpass.audits.models import Procedure
from kommpass.balancing import queries as balancing
from kommpass.bodies import queries as bodies
from kommpass.certification import queries as certification
from kommpass.implementation import queries as implementation
from kommpass.participation import queries as participation
from kommpass.reporting import queries as reporting
from kommpass.stocktaking import queries as stocktaking


def facts(procedure: Procedure) -> dict[str, int]:
    """Every fact that a scheme may name, as a number. What no room counts (yet) is absent and reads as 0."""
    return (
        {
            "contracts": int(procedure.contract_signed_on is not None),
            "project_leads": int(procedure.project_lead_id is not None),
            "auditors": int(bool(procedure.auditor_name)),
            "fields": procedure.fields.count(),
        }
        | bodies.counts(procedure)
        | stocktaking.counts(procedure)
        | participation.counts(procedure)
        | agreement.counts(procedure)
        | assessment.counts(procedure)
        | certification.counts(procedure)
        | implementation.counts(procedure)
        | reporting.counts(procedure)
        | balancing.counts(procedure)
    )
