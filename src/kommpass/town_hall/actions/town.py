"""Setting up the town: its data, its thresholds, who approves later changes, its modules and districts."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kommpass.audits.door import permit
from kommpass.audits.editions import save_edition
from kommpass.audits.journal import record
from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import NotPossible
from kommpass.domain.scheme_vocabulary import AMENDMENT_KINDS, APPROVAL_LEVELS
from kommpass.municipalities.models import District, Municipality
from kommpass.municipalities.scope import town
from kommpass.sockets import every

CONFIGURABLE = (
    "name",
    "population",
    "has_youth_office",
    "county_name",
    "imprint",
    "report_months",
    "reminder_days",
    "paper_lead_days",
    "minimum_count",
    "modules",
    "amendment_levels",
)


@transaction.atomic
def configure_town(*, changes: dict, seen: int | None, by: Actor, at: datetime) -> Municipality:
    """Change settings of the town in scope. Old and new values go into the journal."""
    permit(by, "town.configure")
    if unknown := changes.keys() - set(CONFIGURABLE):
        raise NotPossible(_("Diese Einstellung gibt es nicht: %s") % ", ".join(sorted(unknown)))
    _check_modules(changes.get("modules", []))
    _check_levels(changes.get("amendment_levels", {}))
    municipality = Municipality.objects.get(pk=town().pk)
    before = {name: getattr(municipality, name) for name in changes}
    changed = save_edition(municipality, seen, changes)
    if changed:
        record(
            None,
            "town.configure",
            by=by,
            at=at,
            old={name: before[name] for name in changed},
            new={name: getattr(municipality, name) for name in changed},
        )
    return municipality


@transaction.atomic
def add_district(*, name: str, code: str = "", by: Actor, at: datetime) -> District:
    permit(by, "town.configure")
    if District.objects.filter(name=name).exists():
        raise NotPossible(_("Einen Stadtteil mit diesem Namen gibt es schon."))
    district = District.objects.create(name=name, code=code)
    record(None, "town.configure", by=by, at=at, district=district.pk, name=name, code=code)
    return district


@transaction.atomic
def rename_district(*, district: District, name: str, code: str = "", by: Actor, at: datetime) -> District:
    permit(by, "town.configure")
    if District.objects.filter(name=name).exclude(pk=district.pk).exists():
        raise NotPossible(_("Einen Stadtteil mit diesem Namen gibt es schon."))
    old = {"name": district.name, "code": district.code}
    district.name, district.code = name, code
    district.save(update_fields=["name", "code"])
    record(None, "town.configure", by=by, at=at, district=district.pk, old=old, new={"name": name, "code": code})
    return district


def _check_modules(modules) -> None:
    if unknown := set(modules) - {module.key for module in every()}:
        raise NotPossible(_("Dieses Zusatzmodul gibt es nicht: %s") % ", ".join(sorted(unknown)))


def _check_levels(levels: dict) -> None:
    """A kind that is missing here follows the scheme."""
    if levels.keys() - set(AMENDMENT_KINDS) or set(levels.values()) - set(APPROVAL_LEVELS):
        raise NotPossible(_("Diese Genehmigungsstufe gibt es nicht."))
