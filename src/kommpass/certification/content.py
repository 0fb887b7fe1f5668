"""What a certificate says (kommpass/certificate/1): town, rung, term, and on which decisions it rests."""

from datetime import date

from django.utils.translation import override

from kommpass.agreement.documents import content_with_resolution
from kommpass.assessment.models import ReviewDecision
from kommpass.audits.models import Procedure
from kommpass.people.addresses import absolute, of_installation

FORMAT = "kommpass/certificate/1"


def build(
    procedure: Procedure,
    decision: ReviewDecision,
    *,
    number: str,
    awarded_on: date,
    valid_from: str,
    valid_until: str,
) -> dict:
    """The frozen content; the document is drawn from it and from nothing else."""
    version = decision.case.submission.version
    # A document of the award speaks German whoever issues it.
    with override("de"):
        town = procedure.municipality
        return {
            "format": FORMAT,
            "number": number,
            "municipality": {"name": town.name, "ags": town.ags, "kind": str(town.get_kind_display())},
            "scheme": str(procedure.scheme.title),
            "owner": procedure.scheme.owner,
            "rung": str(procedure.rung_title),
            "round": procedure.round,
            "themes": [str(procedure.scheme.module(key).title) for key in procedure.themes],
            "awarded_on": awarded_on.isoformat(),
            "valid_from": valid_from,
            "valid_until": valid_until,
            "decided_on": decision.decided_on.isoformat(),
            "outcome": str(decision.get_outcome_display()),
            "agreement": {
                "title": version.content["title"],
                "version": version.number,
                "digest": version.digest,
                "resolution": content_with_resolution(version)["resolution"],
            },
            "verify_at": absolute(of_installation("certification:verify-number", number)),
        }
