"""A word that something is not correct: without name, with a receipt, and the answer that it found."""

import re
from uuid import UUID

from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from kommpass.audits.door import public
from kommpass.audits.once import once
from kommpass.domain.permissions import NOBODY
from kommpass.domain.refusals import NotPossible
from kommpass.finder.emergency import numbers
from kommpass.finder.forms import SignalForm
from kommpass.finder.published_offers import offer_or_404
from kommpass.offers import actions
from kommpass.offers.models import Signal
from kommpass.portal.views.published import frame

RECEIPT = re.compile(r"[A-HJ-NP-Z2-9]{8}")
MOST_WAITING = 20
"""So many words on one offer wait at most: then the provider knows, and somebody may be playing."""


@csrf_exempt  # nobody is signed in here and no cookie is set: there is nothing that a strange page could misuse
@require_http_methods(["GET", "POST"])
@public
def signal(request, key: UUID):
    """The form below an offer. A field that people do not see catches the simplest machines."""
    if request.method == "POST":
        with transaction.atomic():
            return once(request, lambda: _signal(request, key))
    return _signal(request, key)


def _signal(request, key: UUID):
    found = offer_or_404(key)
    form = SignalForm(request.POST or None)
    if form.is_valid():
        if form.cleaned_data["website"]:
            return redirect(reverse("finder:offer", args=[key]))
        if found.signals.filter(state=Signal.State.NEW).count() >= MOST_WAITING:
            raise NotPossible(
                _("Zu diesem Angebot liegen schon viele Hinweise vor. Das Familienbüro kümmert sich darum.")
            )
        told = actions.send_signal(
            offer=found, kind=form.cleaned_data["kind"], text=form.cleaned_data["text"], by=NOBODY, at=timezone.now()
        )
        return redirect(f"{reverse('finder:receipt')}?r={told.receipt}")
    context = {**frame(request), "form": form, "offer": found, **numbers()}
    return render(request, "finder/signal.html", context, status=422 if form.is_bound else 200)


@require_GET
@public
def receipt(request):
    """What became of a word: whoever has its mark reads the answer."""
    asked = request.GET.get("r", "").strip().upper()
    found = Signal.objects.select_related("offer").filter(receipt=asked).first() if RECEIPT.fullmatch(asked) else None
    context = {**frame(request), "signal": found, "asked": asked, **numbers()}
    return render(request, "finder/receipt.html", context)
