"""The word of thanks after passing on a bundle from a link, which no longer opens then."""

from django.views.decorators.http import require_GET

from kommpass.audits.door import public
from kommpass.ui.pages import respond


@require_GET
@public
def passed_on(request):
    return respond(request, "stocktaking/passed_on.html", {})
