"""The hand-over: choose, look at everything that moves, confirm."""

from django.contrib import messages
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kommpass.audits.door import requires
from kommpass.people.addresses import in_town, of_installation
from kommpass.town_hall import actions
from kommpass.town_hall.actions.hand_over import estate_of
from kommpass.town_hall.forms import HandOverForm
from kommpass.town_hall.views.overview import tabs
from kommpass.ui.pages import respond


@require_http_methods(["GET", "POST"])
@requires("people.hand_over", procedure=False)
def hand_over(request):
    """GET with both people shows the preview; only the button of the preview moves anything."""
    asked = request.POST or (request.GET if "leaving" in request.GET else None)
    form = HandOverForm(asked)
    context = {"form": form, "estate": None, "tabs": tabs("people:hand-over")}
    done = None
    if form.is_valid():
        leaving, successor = form.cleaned_data["leaving"], form.cleaned_data["successor"]
        context |= {"leaving": leaving, "successor": successor, "estate": estate_of(leaving)}
        if request.method == "POST":
            actions.hand_over(leaving=leaving, successor=successor, by=request.actor, at=timezone.now())
            messages.success(request, _("Die Übergabe an %s ist erledigt.") % successor.name)
            # Whoever hands over their own work has left this town with it.
            themselves = leaving.pk == request.actor.id
            done = of_installation("home") if themselves else in_town("people:person", successor.pk)
    return respond(request, "town_hall/hand_over.html", context, done=done)
