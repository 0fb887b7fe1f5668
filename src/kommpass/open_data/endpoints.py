"""Every address for other programs, declared once: views read their parameters here, OpenAPI is made from it."""

from dataclasses import dataclass
from typing import Any

from kommpass.open_data import parameters as ask
from kommpass.open_data.parameters import Parameter

MOST_PER_PAGE, USUAL_PER_PAGE = 100, 50

PAGE = ask.whole("page", "Number of the page, from 1.", default=1, most=1_000_000)
PER_PAGE = ask.whole("per_page", "Entries on a page.", default=USUAL_PER_PAGE, most=MOST_PER_PAGE)
FORMAT = ask.choice("format", "json: a page; ndjson: everything as a stream, one entry a line.", "json", "ndjson")
SEARCH = ask.text("search", "Words, searched as on the page for families: stems, parts of compounds, typing errors.")
PLAIN_SEARCH = ask.text("search", "Words that all occur in name or description.")
TERM = ask.uuid("taxonomy_term_id", "Only what has this word of a list.")
TAXONOMY = ask.uuid("taxonomy_id", "Only what has any word of this list.")
IN_TAXONOMY = ask.uuid("taxonomy_id", "Only the words of this list.")
ORGANIZATION = ask.uuid("organization_id", "Only the services of this organisation.")
MODIFIED = ask.moment("modified_after", "Only what changed at this moment or later. A date begins at midnight UTC.")
MINIMAL = ask.truth("minimal", "Only id and last_modified, everything on one page.")
FULL = ask.truth("full", "With everything that is nested, as for a single entry.")
FULL_SERVICE = ask.truth("full_service", "The services of the organisation with everything that is nested.")
TOP_ONLY = ask.truth("top_only", "Only words without a parent. All of ours are.")
PARENT = ask.uuid("parent_id", "Only the words below this one. None of ours is below another.")
YOUNGEST = ask.number("minimum_age", "For people of this age or older, in years (1.5).", most=120)
OLDEST = ask.number(
    "maximum_age",
    "For people of this age or younger, in years. A whole number counts until the next birthday.",
    most=120,
)
STARTS = ask.pattern(
    "start_time", "Open at some time from this hour on (09:00).", ask.CLOCK_PATTERN, "a time like 09:00", ask.minutes
)
ENDS = ask.pattern(
    "end_time", "Open at some time before this hour (17:30).", ask.CLOCK_PATTERN, "a time like 17:30", ask.minutes
)
DAY = ask.pattern(
    "day", "Open on one of these days: MO,TU,WE,TH,FR,SA,SU.", ask.DAY_PATTERN, "days like MO,WE", ask.days_of_week
)
POSTCODE = ask.pattern(
    "postcode", "At a place with this postal code.", ask.POSTCODE_PATTERN, "a postal code like 44787", str
)
PROXIMITY = ask.number("proximity", "With postcode: within so many metres of the middle of it.", most=100_000)

PAGING = (PAGE, PER_PAGE, FORMAT)
NARROWING = (TERM, TAXONOMY, ORGANIZATION, MODIFIED, YOUNGEST, OLDEST, STARTS, ENDS, DAY, POSTCODE, PROXIMITY)

JSON, GEOJSON = "application/json", "application/geo+json"


@dataclass(frozen=True)
class Endpoint:
    """One address below /<town>/api. `entity`: of which HSDS entity it gives pages or one; else `schema` or a file."""

    name: str
    path: str
    about: str
    tag: str = "HSDS"
    parameters: tuple[Parameter, ...] = ()
    entity: str = ""
    paged: bool = False
    content_type: str = JSON
    schema: dict[str, Any] | None = None

    @property
    def methods(self) -> tuple[str, ...]:
        return ("get", "post") if self.paged else ("get",)

    @property
    def of_one(self) -> bool:
        return "{id}" in self.path


ROOT = Endpoint(
    "hsds", "/hsds", "Version, profile and OpenAPI of this interface.", schema={"$ref": "#/components/schemas/About"}
)
SERVICES = Endpoint(
    "services", "/hsds/services", "The offers, page by page.",
    parameters=(SEARCH, *PAGING, *NARROWING, MINIMAL, FULL), entity="service", paged=True,
)  # fmt: skip
SERVICE = Endpoint("service", "/hsds/services/{id}", "One offer with everything nested.", entity="service")
PLACES = Endpoint(
    "service-at-locations", "/hsds/service_at_locations", "Which offer takes place where, page by page.",
    parameters=(SEARCH, *PAGING, *NARROWING, FULL), entity="service_at_location", paged=True,
)  # fmt: skip
PLACE = Endpoint(
    "service-at-location", "/hsds/service_at_locations/{id}", "One offer at one place.", entity="service_at_location"
)
ORGANIZATIONS = Endpoint(
    "organizations", "/hsds/organizations", "The providers, page by page.",
    parameters=(PLAIN_SEARCH, *PAGING, TERM, TAXONOMY, FULL, FULL_SERVICE), entity="organization", paged=True,
)  # fmt: skip
ORGANIZATION_ONE = Endpoint(
    "organization", "/hsds/organizations/{id}", "One provider with its services.",
    parameters=(FULL_SERVICE,), entity="organization",
)  # fmt: skip
TAXONOMIES = Endpoint(
    "taxonomies", "/hsds/taxonomies", "The lists of words.",
    parameters=(PLAIN_SEARCH, *PAGING), entity="taxonomy", paged=True,
)  # fmt: skip
TAXONOMY_ONE = Endpoint("taxonomy", "/hsds/taxonomies/{id}", "One list of words.", entity="taxonomy")
TERMS = Endpoint(
    "taxonomy-terms", "/hsds/taxonomy_terms", "The words of all lists.",
    parameters=(PLAIN_SEARCH, *PAGING, IN_TAXONOMY, TOP_ONLY, PARENT), entity="taxonomy_term", paged=True,
)  # fmt: skip
TERM_ONE = Endpoint("taxonomy-term", "/hsds/taxonomy_terms/{id}", "One word of a list.", entity="taxonomy_term")
PROFILE = Endpoint(
    "hsds-profile", "/hsds/profile", "What we add to HSDS, and what our lists mean.", schema={"type": "object"}
)
TABULAR = Endpoint(
    "hsds-tabular", "/hsds/tabular.zip", "Everything as tabular HSDS: CSV files with a data package.",
    content_type="application/zip",
)  # fmt: skip
OPENAPI = Endpoint("openapi", "/openapi.json", "This document.", "Files", schema={"type": "object"})
OFFERS_GEOJSON = Endpoint(
    "offers-geojson", "/offers.geojson", "The offers at their places.", "Files", content_type=GEOJSON,
    schema={"$ref": "#/components/schemas/FeatureCollection"},
)  # fmt: skip
DISTRICTS = Endpoint(
    "districts", "/districts.geojson", "The districts with their boundaries.", "Files", content_type=GEOJSON,
    schema={"$ref": "#/components/schemas/FeatureCollection"},
)  # fmt: skip
OFFERS_CSV = Endpoint("offers-csv", "/offers.csv", "The offers as a table.", "Files", content_type="text/csv")
OFFERS_XLSX = Endpoint(
    "offers-xlsx", "/offers.xlsx", "The offers as an Excel file.", "Files",
    content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
)  # fmt: skip
CATALOGUE = Endpoint(
    "catalogue",
    "/catalogue.ttl",
    "The data set for open data portals (DCAT-AP.de).",
    "Files",
    content_type="text/turtle",
)
ENDPOINTS = (
    ROOT, SERVICES, SERVICE, PLACES, PLACE, ORGANIZATIONS, ORGANIZATION_ONE, TAXONOMIES, TAXONOMY_ONE, TERMS, TERM_ONE,
    PROFILE, TABULAR, OPENAPI, OFFERS_GEOJSON, DISTRICTS, OFFERS_CSV, OFFERS_XLSX, CATALOGUE,
)  # fmt: skip
