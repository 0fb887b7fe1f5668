"""Where a refusal of the rules becomes a page. So no view needs a try."""

from django.shortcuts import render

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
                return render(request, "ui/gate.html", {"sentence": exception.sentence, "missing": exception.missing}, status=409)
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
                return render(request, "ui/refused.html", {"reason": exception.sentence, "status": status}, status=status)


def _kept(request, stale: Stale) -> list[tuple[str, str]]:
    """Everything else of the form, so that saving the merged text sends the whole form again."""
    shown = {conflict.field for conflict in stale.conflicts} | {"csrfmiddlewaretoken", "edition", "once"}
    kept = [(name, value) for name in request.POST if name not in shown for value in request.POST.getlist(name)]
    return [*kept, ("edition", str(stale.edition))]
