"""Freezing: the draft becomes a version with a hash, and nobody can change it any more."""

from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommpass.agreement import content, queries
from kommpass.agreement.models import Agreement, Version
from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.domain.canonical import canonical_json
from kommpass.domain.gates import Requirement
from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import GateClosed


def obstacles(agreement: Agreement) -> list[Requirement]:
    """What has to be so before freezing, as have and need: shown on the page and judged by the action."""
    facts = queries.counts(agreement.procedure)
    waiting = queries.unaccepted(agreement).count()
    return [
        Requirement(_("Ziele"), facts["goals"], 1, "agreement:overview"),
        Requirement(_("Maßnahmen"), facts["measures"], 1, "agreement:measures"),
        Requirement(
            _("Maßnahmen, denen niemand mehr zustimmen muss"),
            facts["measures"] - waiting,
            max(1, facts["measures"]),
            "agreement:acceptance",
        ),
        Requirement(
            _("Maßnahmen ohne Mangel, den das Verfahren nicht zulässt"),
            facts["measures"] - len({measure.pk for measure, _hint in queries.quality_errors(agreement)}),
            max(1, facts["measures"]),
            "agreement:quality",
        ),
    ]


@transaction.atomic
def freeze_version(*, agreement: Agreement, reason: str = "", by: Actor, at: datetime) -> Version:
    """Freeze the draft as a version for the council. Raises GateClosed with everything that is missing."""
    permit(by, "agreement.freeze", agreement.procedure)
    queries.locked(agreement)
    missing = [each for each in obstacles(agreement) if not each.met]
    if missing:
        raise GateClosed(_("Diese Zielvereinbarung kann noch nicht festgeschrieben werden."), missing)
    version = seal_draft(
        agreement=agreement,
        kind=Version.Kind.FOR_COUNCIL,
        reason=reason,
        base=queries.latest_version(agreement),
        by=by,
        at=at,
    )
    record(agreement.procedure, "agreement.freeze", by=by, at=at, version=version.number, digest=version.digest)
    return version


def seal_draft(
    *, agreement: Agreement, kind: str, reason: str, base: Version | None, by: Actor, at: datetime
) -> Version:
    """Write the draft as it stands into a new sealed row. Part of the action that calls it."""
    built = content.build(
        agreement,
        number=next_number(agreement),
        kind=str(kind),
        reason=reason,
        frozen_on=timezone.localdate(at),
        resolution=None,
    )
    return seal(agreement=agreement, built=built, base=base, by=by, at=at)


def next_number(agreement: Agreement) -> int:
    last = queries.latest_version(agreement)
    return last.number + 1 if last else 1


def seal(*, agreement: Agreement, built: dict, base: Version | None, by: Actor, at: datetime) -> Version:
    """Write a content into a new sealed row. `base` is the version it follows."""
    canonical = canonical_json(built)
    return Version.objects.create(
        agreement=agreement,
        number=built["version"]["number"],
        kind=built["version"]["kind"],
        reason=built["version"]["reason"],
        base=base,
        canonical=canonical,
        digest=sha256(canonical.encode()).hexdigest(),
        measure_count=len(content.measures_in(built)),
        goal_count=len(content.goals_in(built)),
        frozen_at=at,
        frozen_by=by.name,
    )
