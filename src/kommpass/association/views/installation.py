"""The pages of the administrator: the towns of this installation, and another one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kommpass.association import actions, queries
from kommpass.association.forms import NewTownForm
from kommpass.audits.door import allowed, requires
from kommpass.ui.pages import respond


@require_GET
@requires("installation.view", procedure=False)
def installation(request):
    page = Paginator(queries.installed_towns(), 50).get_page(request.GET.get("page"))
    context = {"page": page, "may_create": allowed(request.actor, "town.create")}
    return respond(request, "association/installation.html", context)


@require_http_methods(["GET", "POST"])
@requires("town.create", procedure=False)
def town_add(request):
    form = NewTownForm(request.POST or None)
    done = None
    if form.is_valid():
        town = actions.create_town(**form.cleaned_data, by=request.actor, at=timezone.now())
        sentence = _("%(town)s ist angelegt. Die Einladung an %(email)s ist unterwegs.")
        messages.success(request, sentence % {"town": town.name, "email": form.cleaned_data["coordinator_email"]})
        done = "association:installation"
    context = {
        "title": _("Kommune anlegen"),
        "intro": _("Die erste Koordination bekommt eine Einladung und richtet alles Weitere selbst ein."),
        "form": form,
        "submit_label": _("Kommune anlegen"),
        "cancel_url": reverse("association:installation"),
    }
    return respond(request, "ui/form.html", context, done=done)
