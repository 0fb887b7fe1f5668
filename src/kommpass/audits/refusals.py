"""Where a refusal of the rules becomes a page. So no view needs a try."""

from django.shortcuts import render

from kommpass.audits.ways import way_to
from kommpass.domain.gates import Requirement
from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import GateClosed, NotAllowed, NotPossible, Refusal, Stale
from kommpass.people.links import LinkClosed

STATUS = {NotAllowed: 403, LinkClosed: 410, GateClosed: 409, Stale: 409, NotPossible: 409}


class RefusalMiddleware:
    """Draws the page of each kind of refusal. The transaction of the action is already rolled back."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        match exception:
            case GateClosed():
                context = {
                    "sentence": exception.sentence,
                    "missing": [_with_way(each, request.actor) for each in exception.missing],
                    "back_url": way_to("cockpit", request.actor),
                }
                return render(request, "ui/gate.html", context, status=409)
            case Stale():
                context = {
                    "sentence": exception.sentence,
                    "conflicts": exception.conflicts,
                    "cancel_url": request.get_full_path(),
                    "hidden": _kept(request, exception),
                    "action": request.get_full_path(),
                }
                return render(request, "ui/stale.html", context, status=409)
            case LinkClosed():
                return render(request, "ui/link_closed.html", {"reason": exception.sentence}, status=410)
            case Refusal():
                status = STATUS.get(type(exception), 409)
                return render(
                    request, "ui/refused.html", {"reason": exception.sentence, "status": status}, status=status
                )


def _with_way(requirement: Requirement, by: Actor) -> dict:
    """A requirement as the page draws it: with the way to where it can be met."""
    return {
        "label": requirement.label,
        "have": requirement.have,
        "need": requirement.need,
        "met": requirement.met,
        "binding": requirement.binding,
        "url": way_to(requirement.where, by),
    }


def _kept(request, stale: Stale) -> list[tuple[str, str]]:
    """Everything else of the form, so that saving the merged text sends the whole form again."""
    shown = {conflict.field for conflict in stale.conflicts} | {"csrfmiddlewaretoken", "edition", "once"}
    kept = [(name, value) for name in request.POST if name not in shown for value in request.POST.getlist(name)]
    return [*kept, ("edition", str(stale.edition))]
