"""The address book for other programs: below /<town>/api/."""

from django.urls import path, re_path

from kommpass.adapters.hsds.fields import ENTITIES, OWN
from kommpass.open_data.views import about, files, hsds

app_name = "open_data"
KEY = "(?P<key>[^/]+)"
LISTS = (
    ("services", hsds.services, hsds.service, "services", "service"),
    ("service_at_locations", hsds.service_at_locations, hsds.service_at_location, "service-at-locations",
     "service-at-location"),
    ("organizations", hsds.organizations, hsds.organization, "organizations", "organization"),
    ("taxonomies", hsds.taxonomies, hsds.taxonomy, "taxonomies", "taxonomy"),
    ("taxonomy_terms", hsds.taxonomy_terms, hsds.taxonomy_term, "taxonomy-terms", "taxonomy-term"),
)  # fmt: skip
urlpatterns = [
    path("openapi.json", about.openapi, name="openapi"),
    path("offers.geojson", files.offers_geojson, name="offers-geojson"),
    path("districts.geojson", files.districts_geojson, name="districts"),
    path("offers.csv", files.offers_csv, name="offers-csv"),
    path("offers.xlsx", files.offers_xlsx, name="offers-xlsx"),
    path("catalogue.ttl", files.catalogue, name="catalogue"),
    path("hsds/tabular.zip", files.tabular_zip, name="hsds-tabular"),
    # A slash at the end is welcome and makes no difference.
    re_path(r"^hsds/?$", hsds.root, name="hsds"),
    *(re_path(rf"^hsds/{word}/?$", several, name=name) for word, several, _one, name, _of_one in LISTS),
    *(re_path(rf"^hsds/{word}/{KEY}/?$", one, name=name) for word, _several, one, _name, name in LISTS),
    re_path(r"^hsds/profile/?$", about.profile_of_hsds, name="hsds-profile"),
    *(path(f"hsds/profile/{each}.json", about.patch, {"entity": each}, name=f"hsds-patch-{each}") for each in OWN),
    *(
        path(f"hsds/schema/{each}.json", about.schema, {"entity": each}, name=f"hsds-schema-{each}")
        for each in ENTITIES
    ),
    re_path(r"^hsds/.*$", hsds.nowhere, name="hsds-nowhere"),
]
