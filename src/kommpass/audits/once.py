"""A double click is one click: a form carries a token, and a token is answered once."""

import re
import secrets

from django.db import IntegrityError, transaction
from django.http import HttpResponseRedirect

from kommpass.audits.models import SentForm
from kommpass.municipalities.scope import town

TOKEN = re.compile(r"[\w.-]{1,40}", re.ASCII)


def fresh_token() -> str:
    """The token of a new form (hidden field `once`)."""
    return secrets.token_urlsafe(24)


def once(request, answer):
    """Give the answer to this POST, or lead to where the first identical one led.

    Only an answer that leads on (a redirect) counts as done: a form with mistakes may be sent again.
    The row is claimed first, so that of two clicks at the same moment the second waits for the first.
    """
    token = request.POST.get("once", "")
    if town() is None or not TOKEN.fullmatch(token):
        return answer()
    try:
        with transaction.atomic():
            claim = SentForm.objects.create(token=token)
    except IntegrityError:
        first = SentForm.objects.get(token=token)
        return HttpResponseRedirect(first.location or request.path)
    response = answer()
    if response.status_code in (301, 302, 303):
        claim.location = response["Location"][:500]
        claim.save(update_fields=["location"])
    elif request.headers.get("HX-Request") and response.status_code == 200:
        claim.location = request.path[:500]
        claim.save(update_fields=["location"])
    else:
        claim.delete()
    return response
