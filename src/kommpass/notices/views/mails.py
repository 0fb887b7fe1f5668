"""The mails that went out: only in the demo, where nobody's real mailbox is behind them."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from kommpass.audits.door import public
from kommpass.notices import outbox
from kommpass.ui.pages import respond


@require_GET
@public
@never_cache
def mails(request):
    """All mails, newest first."""
    _only_in_the_demo()
    page = Paginator(list(outbox.mails()), 50).get_page(request.GET.get("page"))
    return respond(request, "notices/mails.html", {"page": page})


@require_GET
@public
@never_cache
def mail(request, file: str, place: int):
    """One mail with links that work."""
    _only_in_the_demo()
    found = outbox.mail(file, place)
    if found is None:
        raise Http404
    return respond(request, "notices/mail.html", {"mail": found, "text": outbox.with_links(found.text)})


def _only_in_the_demo() -> None:
    if not settings.DEMO:
        raise Http404
