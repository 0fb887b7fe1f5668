"""What the law asks for: imprint, privacy, accessibility; of a town and of the installation."""

from django.conf import settings
from django.views.decorators.http import require_GET

from kommpass.audits.door import public
from kommpass.portal.views.published import publish


@require_GET
@public
def imprint(request):
    """Who answers for these pages: the text of the town, or a note on what is missing."""
    town = request.municipality
    text = (town.imprint if town else getattr(settings, "IMPRINT", "")).strip()
    return publish(request, "portal/imprint.html", {"imprint": text}, text)


@require_GET
@public
def privacy(request):
    """What is stored about whom, truthfully."""
    return publish(request, "portal/privacy.html", {"hours": settings.SESSION_COOKIE_AGE // 3600})


@require_GET
@public
def accessibility(request):
    """The accessibility statement (Erklärung zur Barrierefreiheit)."""
    return publish(request, "portal/accessibility.html", {})
