"""Two editors, nothing lost: a save that did not see the latest edition meets a merge page."""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext as _

from kommpass.domain.refusals import Conflict, Stale


def save_edition(thing: models.Model, seen: int | None, changes: Mapping[str, object]) -> list[str]:
    """Write `changes` to `thing` if `seen` is its latest edition; return the names that really changed.

    Runs inside the action's transaction and locks the row. `seen=None` means that the caller does not edit
    from a page (import, command). Raises Stale with both texts when somebody else saved a *different* value
    in one of the fields this form wants to change.
    """
    latest = type(thing).objects.select_for_update().get(pk=thing.pk)
    changed = [name for name, value in changes.items() if getattr(latest, name) != value]
    if seen is not None and seen != latest.edition and changed:
        raise Stale(
            _(
                "Diese Angaben wurden inzwischen von jemand anderem geändert. "
                "Ihr Text ist nicht verloren: Bitte wählen Sie, was gelten soll."
            ),
            [_conflict(latest, name, changes[name]) for name in changed],
            latest.edition,
        )
    for name in changed:
        setattr(latest, name, changes[name])
        setattr(thing, name, changes[name])
    if changed:
        latest.edition += 1
        latest.save(update_fields=[*changed, "edition"])
    thing.edition = latest.edition
    return changed


def _conflict(latest: models.Model, name: str, yours: object) -> Conflict:
    field = latest._meta.get_field(name)
    return Conflict(name, str(field.verbose_name), _shown(yours), _shown(getattr(latest, name)))


def _shown(value: object) -> str:
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, list | tuple):
        return "\n".join(map(str, value))
    return "" if value is None else str(value)
