"""Puts a request into its municipality.

/auental/agreement/ is served as /agreement/ with the script prefix /auental/, so that no
view, no URL pattern and no template ever mentions the municipality.
"""

from django.conf import settings
from django.http import Http404

from kommpass.municipalities.models import Municipality
from kommpass.municipalities.scope import within
from kommpass.sockets import every


class MunicipalityMiddleware:
    """Sets request.municipality (None on pages of the installation)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        slug, _, rest = request.path_info.removeprefix("/").partition("/")
        municipality = Municipality.objects.filter(slug=slug).first() if slug else None
        request.municipality = municipality
        if municipality is None:
            return self.get_response(request)
        request.urlconf = settings.MUNICIPALITY_URLCONF
        request.path_info = f"/{rest}"
        with within(municipality):
            response = self.get_response(request)
            # A template that is rendered after this block would stand outside of the town.
            return response.render() if hasattr(response, "render") and not response.is_rendered else response

    def process_view(self, request, view, args, kwargs):
        rooms = request.resolver_match.app_names
        optional = {module.key for module in every()}
        if rooms and rooms[0] in optional and not (request.municipality and request.municipality.uses(rooms[0])):
            raise Http404
