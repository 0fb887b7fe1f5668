"""Organisations and their posts."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms.models import model_to_dict
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommpass.audits.door import allowed, requires
from kommpass.people import queries
from kommpass.people.addresses import in_town
from kommpass.town_hall import actions
from kommpass.town_hall.forms import OrganisationForm, PostForm
from kommpass.town_hall.forms.organisations import changes
from kommpass.town_hall.views.overview import tabs
from kommpass.ui.pages import respond


@require_GET
@requires("people.view", procedure=False)
def organisations(request):
    context = {
        "page": Paginator(queries.organisations_with_counts(), 50).get_page(request.GET.get("page")),
        "may_edit": allowed(request.actor, "organisation.edit", request.procedure),
        "tabs": tabs("people:organisations"),
    }
    return respond(request, "town_hall/organisations.html", context)


@require_GET
@requires("people.view", procedure=False)
def organisation(request, organisation_id: int):
    found = get_object_or_404(queries.organisations(), pk=organisation_id)
    context = {
        "organisation": found,
        "posts": queries.posts().filter(organisation=found),
        "members": queries.members().filter(organisation=found),
        "links": queries.open_links(timezone.now()).filter(organisation=found),
        "may_edit": allowed(request.actor, "organisation.edit", request.procedure),
        "breadcrumb": _path(found.name),
    }
    return respond(request, "town_hall/organisation.html", context)


@require_http_methods(["GET", "POST"])
@requires("organisation.edit", procedure=False)
def organisation_add(request):
    form = OrganisationForm(request.POST or None)
    done = None
    if form.is_valid():
        added = actions.add_organisation(**changes(form), by=request.actor, at=timezone.now())
        messages.success(request, _("%s ist angelegt.") % added.name)
        done = in_town("people:organisation", added.pk)
    title = _("Organisation anlegen")
    return _form(request, form, title, in_town("people:organisations"), done)


@require_http_methods(["GET", "POST"])
@requires("organisation.edit", procedure=False)
def organisation_edit(request, organisation_id: int):
    found = get_object_or_404(queries.organisations(), pk=organisation_id)
    initial = model_to_dict(found) | {"edition": found.edition}
    form = OrganisationForm(request.POST or None, organisation=found, initial=initial)
    here, done = in_town("people:organisation", found.pk), None
    if form.is_valid():
        seen = form.cleaned_data["edition"]
        actions.change_organisation(
            organisation=found, changes=changes(form), seen=seen, by=request.actor, at=timezone.now()
        )
        messages.success(request, _("Die Angaben sind gespeichert."))
        done = here
    return _form(request, form, _("%s bearbeiten") % found.name, here, done)


@require_http_methods(["GET", "POST"])
@requires("post.edit", procedure=False)
def post_add(request, organisation_id: int):
    found = get_object_or_404(queries.organisations(), pk=organisation_id)
    form = PostForm(request.POST or None, organisation=found)
    here, done = in_town("people:organisation", found.pk), None
    if form.is_valid():
        actions.add_post(organisation=found, **changes(form), by=request.actor, at=timezone.now())
        messages.success(request, _("Die Stelle ist angelegt."))
        done = here
    return _form(request, form, _("Stelle anlegen"), here, done, kicker=found.name)


@require_http_methods(["GET", "POST"])
@requires("post.edit", procedure=False)
def post_edit(request, post_id: int):
    post = get_object_or_404(queries.posts(), pk=post_id)
    initial = model_to_dict(post) | {"edition": post.edition}
    form = PostForm(request.POST or None, organisation=post.organisation, post=post, initial=initial)
    here, done = in_town("people:organisation", post.organisation_id), None
    if form.is_valid():
        seen = form.cleaned_data["edition"]
        actions.change_post(post=post, changes=changes(form), seen=seen, by=request.actor, at=timezone.now())
        messages.success(request, _("Die Stelle ist gespeichert."))
        done = here
    return _form(request, form, _("Stelle bearbeiten"), here, done, kicker=post.organisation.name)


@require_POST
@requires("post.edit", procedure=False)
def post_remove(request, post_id: int):
    post = get_object_or_404(queries.posts(), pk=post_id)
    here = in_town("people:organisation", post.organisation_id)
    actions.remove_post(post=post, by=request.actor, at=timezone.now())
    messages.success(request, _("Die Stelle ist entfernt."))
    return respond(request, "town_hall/organisation.html", {}, done=here)


def _form(request, form, title, cancel, done, kicker=""):
    context = {"title": title, "form": form, "cancel_url": cancel, "kicker": kicker, "breadcrumb": _path(title)}
    return respond(request, "ui/form.html", context, done=done)


def _path(last: str) -> list[tuple[str, str]]:
    return [
        (_("Menschen und Stellen"), in_town("people:overview")),
        (_("Organisationen und Stellen"), in_town("people:organisations")),
        (last, ""),
    ]
