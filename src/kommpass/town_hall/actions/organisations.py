"""Organisations and their posts: things belong to posts, and people come and go."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from kommpass.audits.door import permit
from kommpass.audits.editions import save_edition
from kommpass.audits.journal import record, record_each
from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import NotPossible
from kommpass.people.models import Organisation, Post, User


@transaction.atomic
def add_organisation(
    *, name: str, kind: str, short: str = "", email: str = "", phone: str = "", by: Actor, at: datetime
) -> Organisation:
    permit(by, "organisation.edit")
    _free_names([name])
    organisation = Organisation.objects.create(name=name, kind=kind, short=short, email=email, phone=phone)
    record(None, "organisation.edit", by=by, at=at, **_told(organisation))
    return organisation


@transaction.atomic
def add_organisations(*, names: Sequence[str], kind: str, by: Actor, at: datetime) -> list[Organisation]:
    """Add many of one kind, as `add_organisation` adds each: for whoever takes over a list."""
    permit(by, "organisation.edit")
    _free_names(names)
    added = Organisation.objects.bulk_create(Organisation(name=name, kind=kind) for name in names)
    record_each(None, "organisation.edit", [_told(each) for each in added], by=by, at=at)
    return added


def _told(organisation: Organisation) -> dict[str, Any]:
    return {"organisation": organisation.pk, "name": organisation.name, "kind": organisation.kind}


@transaction.atomic
def change_organisation(
    *, organisation: Organisation, changes: dict, seen: int | None, by: Actor, at: datetime
) -> Organisation:
    """Change what is written about an organisation (name, short, kind, email, phone)."""
    permit(by, "organisation.edit")
    _free_names([changes.get("name", organisation.name)], besides=organisation)
    before = {name: getattr(organisation, name) for name in changes}
    changed = save_edition(organisation, seen, changes)
    if changed:
        _record_change("organisation.edit", organisation, changed, before, by, at)
    return organisation


@transaction.atomic
def add_post(
    *,
    organisation: Organisation,
    title: str,
    holder: User | None = None,
    deputy: User | None = None,
    by: Actor,
    at: datetime,
) -> Post:
    permit(by, "post.edit")
    _two_people(holder, deputy)
    if organisation.posts.filter(title=title).exists():
        raise NotPossible(_("Diese Stelle gibt es in dieser Organisation schon."))
    post = Post.objects.create(organisation=organisation, title=title, holder=holder, deputy=deputy)
    record(None, "post.edit", by=by, at=at, post=post.pk, title=title, holder=post.holder_id, deputy=post.deputy_id)
    return post


@transaction.atomic
def change_post(*, post: Post, changes: dict, seen: int | None, by: Actor, at: datetime) -> Post:
    """Change title, holder or deputy of a post. What hangs on the post moves with it."""
    permit(by, "post.edit")
    _two_people(changes.get("holder", post.holder), changes.get("deputy", post.deputy))
    title = changes.get("title", post.title)
    if post.organisation.posts.filter(title=title).exclude(pk=post.pk).exists():
        raise NotPossible(_("Diese Stelle gibt es in dieser Organisation schon."))
    before = {name: getattr(post, name) for name in changes}
    changed = save_edition(post, seen, changes)
    if changed:
        _record_change("post.edit", post, changed, before, by, at)
    return post


@transaction.atomic
def remove_post(*, post: Post, by: Actor, at: datetime) -> None:
    """Remove a post that nothing hangs on."""
    permit(by, "post.edit")
    key, title = post.pk, post.title
    try:
        with transaction.atomic():
            post.delete()
    except ProtectedError:
        raise NotPossible(
            _("An dieser Stelle hängen noch Aufgaben oder Maßnahmen. Bitte übertragen Sie diese zuerst.")
        ) from None
    record(None, "post.edit", by=by, at=at, post=key, title=title, removed=True)


def _free_names(names: Collection[str], besides: Organisation | None = None) -> None:
    same = Organisation.objects.filter(name__in=names)
    if (same.exclude(pk=besides.pk) if besides else same).exists():
        raise NotPossible(_("Eine Organisation mit diesem Namen gibt es schon."))


def _two_people(holder: User | None, deputy: User | None) -> None:
    if holder and deputy and holder.pk == deputy.pk:
        raise NotPossible(_("Niemand kann sich selbst vertreten. Bitte wählen Sie zwei verschiedene Personen."))


def _record_change(action: str, thing, changed: list[str], before: dict, by: Actor, at: datetime) -> None:
    """Persons are kept by their key, so that the journal holds no names of people who have left."""

    def plain(value):
        return value.pk if hasattr(value, "pk") else value

    record(
        None,
        action,
        by=by,
        at=at,
        **{thing._meta.model_name: thing.pk},
        old={name: plain(before[name]) for name in changed},
        new={name: plain(getattr(thing, name)) for name in changed},
    )
