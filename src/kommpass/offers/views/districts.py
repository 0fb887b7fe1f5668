"""The districts of the town with their boundaries: from a file of the survey office, shown before it holds."""

from django.contrib import messages
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kommpass.adapters.offer_files import FileRefused, read
from kommpass.audits.door import requires
from kommpass.municipalities.models import District
from kommpass.offers import actions
from kommpass.offers.boundaries import drawn
from kommpass.offers.forms.short import BoundariesForm
from kommpass.offers.views.tabs import trail
from kommpass.ui.pages import respond


@require_http_methods(["GET", "POST"])
@requires("town.configure", procedure=False)
def districts(request):
    """Which district has a boundary; a file that brings new ones is taken as a whole or not at all."""
    form = BoundariesForm(request.POST or None, request.FILES or None)
    done = None
    if form.is_valid() and (found := _drawn(form)):
        chosen = [each for each in found if each.district or form.cleaned_data["new_too"]]
        if chosen:
            actions.draw_districts(drawn=chosen, by=request.actor, at=timezone.now())
            messages.success(request, _("%d Grenzen übernommen.") % len(chosen))
            done = "offers:districts"
        else:
            names = ", ".join(each.name for each in found[:5])
            form.add_error("file", _("Kein Stadtteil heißt wie in der Datei: %s …") % names)
    context = {
        "form": form,
        "districts": list(District.objects.order_by("code", "name")),
        "breadcrumb": trail((_("Standorte"), reverse("offers:locations")), (_("Stadtteile"), "")),
    }
    return respond(request, "offers/districts.html", context, done=done)


def _drawn(form: BoundariesForm) -> list:
    """The shapes of the file; what is wrong with it is said at the field."""
    upload = form.cleaned_data["file"]
    try:
        sheets = read(upload.read(), upload.name)
    except FileRefused as refused:
        form.add_error("file", str(refused.problem))
        return []
    known = list(District.objects.all())
    found = [each for sheet in sheets for each in drawn(sheet, known)]
    if not found:
        form.add_error("file", _("In dieser Datei stehen keine Flächen mit Namen."))
    return found
