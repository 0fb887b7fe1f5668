"""Which fields HSDS 3.1 has, of which type: for columns of tables, for the schemas in our OpenAPI, for reading.

A type is "uuid", "text", "number", "uri", "email", "moment" (date and time with zone), "day", "words:A|B" (one of
these), "one:entity" or "many:entity". Names and types are those of the standard; its descriptions stay there.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Entity:
    """One kind of thing: its table in the tabular form, what it must have, and its fields in order."""

    name: str
    table: str
    required: tuple[str, ...]
    fields: dict[str, str]

    @property
    def columns(self) -> list[str]:
        """The fields that are no other entities."""
        return [name for name, kind in self.fields.items() if not kind.startswith(("one:", "many:"))]

    @property
    def inner(self) -> dict[str, tuple[str, bool]]:
        """The fields that hold other entities: of which kind, and whether several."""
        found = {}
        for name, kind in self.fields.items():
            word, _colon, other = kind.partition(":")
            if word in ("one", "many"):
                found[name] = (other, word == "many")
        return found


WEEKDAYS = "words:MO|TU|WE|TH|FR|SA|SU"
PLACES = "words:physical|postal|virtual"
STATUS = "words:active|inactive|defunct|temporarily closed"

_TEXT = """
service services id,name,status
  id:uuid organization_id:uuid program_id:uuid name:text alternate_name:text description:text url:uri email:email
  status:STATUS interpretation_services:text application_process:text fees_description:text wait_time:text fees:text
  accreditations:text eligibility_description:text minimum_age:number maximum_age:number assured_date:day
  assurer_email:email licenses:text alert:text last_modified:moment additional_urls:many:url phones:many:phone
  schedules:many:schedule service_areas:many:service_area service_at_locations:many:service_at_location
  languages:many:language organization:one:organization funding:many:funding cost_options:many:cost_option
  program:one:program required_documents:many:required_document contacts:many:contact
  capacities:many:service_capacity attributes:many:attribute
organization organizations id,name,description
  id:uuid name:text alternate_name:text description:text email:email website:uri tax_status:text tax_id:text
  year_incorporated:number legal_status:text logo:text uri:uri parent_organization_id:uuid
  additional_websites:many:url funding:many:funding contacts:many:contact phones:many:phone locations:many:location
  programs:many:program organization_identifiers:many:organization_identifier attributes:many:attribute
  services:many:service
location locations id,location_type
  id:uuid location_type:PLACES url:uri organization_id:uuid name:text alternate_name:text description:text
  transportation:text latitude:number longitude:number external_identifier:text external_identifier_type:text
  languages:many:language addresses:many:address contacts:many:contact accessibility:many:accessibility
  phones:many:phone schedules:many:schedule attributes:many:attribute
service_at_location service_at_location id
  id:uuid service_id:uuid location_id:uuid description:text service_areas:many:service_area contacts:many:contact
  phones:many:phone schedules:many:schedule location:one:location service:one:service attributes:many:attribute
address addresses id,address_1,city,state_province,postal_code,country,address_type
  id:uuid location_id:uuid attention:text address_1:text address_2:text city:text region:text state_province:text
  postal_code:text country:text address_type:PLACES attributes:many:attribute
phone phones id,number
  id:uuid location_id:uuid service_id:uuid organization_id:uuid contact_id:uuid service_at_location_id:uuid
  number:text extension:number type:text description:text languages:many:language attributes:many:attribute
contact contacts id
  id:uuid organization_id:uuid service_id:uuid service_at_location_id:uuid location_id:uuid name:text title:text
  department:text email:email phones:many:phone attributes:many:attribute
schedule schedules id
  id:uuid service_id:uuid location_id:uuid service_at_location_id:uuid valid_from:day valid_to:day dtstart:day
  timezone:number until:day count:number wkst:WEEKDAYS freq:words:WEEKLY|MONTHLY interval:number byday:text
  byweekno:text bymonthday:text byyearday:text description:text opens_at:text closes_at:text schedule_link:uri
  attending_type:text notes:text attributes:many:attribute
service_area service_areas id
  id:uuid service_id:uuid service_at_location_id:uuid name:text description:text extent:text extent_type:text
  uri:text attributes:many:attribute
language languages id
  id:uuid service_id:uuid location_id:uuid phone_id:uuid name:text code:text note:text attributes:many:attribute
funding funding id
  id:uuid organization_id:uuid service_id:uuid source:text attributes:many:attribute
cost_option cost_options id
  id:uuid service_id:uuid valid_from:day valid_to:day option:text currency:text amount:number
  amount_description:text attributes:many:attribute
required_document required_documents id
  id:uuid service_id:uuid document:text uri:uri attributes:many:attribute
service_capacity service_capacity id,unit,available,updated
  id:uuid service_id:uuid unit_id:uuid available:number maximum:number description:text updated:moment unit:one:unit
  attributes:many:attribute
unit units id,name
  id:uuid name:text scheme:text identifier:text uri:uri attributes:many:attribute
program programs id,name,description
  id:uuid organization_id:uuid name:text alternate_name:text description:text attributes:many:attribute
organization_identifier organization_identifiers id,identifier_type,identifier
  id:uuid organization_id:uuid identifier_scheme:text identifier_type:text identifier:text attributes:many:attribute
accessibility accessibility id
  id:uuid location_id:uuid description:text details:text url:uri attributes:many:attribute
url url id,url
  id:uuid label:text url:uri organization_id:uuid service_id:uuid attributes:many:attribute
attribute attributes id
  id:uuid link_id:uuid taxonomy_term_id:uuid link_type:text link_entity:text value:text label:text
  taxonomy_term:one:taxonomy_term
taxonomy_term taxonomy_terms id,name,description
  id:uuid code:text name:text description:text parent_id:uuid taxonomy:text language:text taxonomy_id:uuid
  term_uri:uri taxonomy_detail:one:taxonomy
taxonomy taxonomies id,name,description
  id:uuid name:text description:text uri:uri version:text
"""


def _entities() -> dict[str, Entity]:
    named = {"STATUS": STATUS, "PLACES": PLACES, "WEEKDAYS": WEEKDAYS}
    found: dict[str, Entity] = {}
    for line in _TEXT.strip().splitlines():
        if not line.startswith(" "):
            name, table, required = line.split()
            found[name] = Entity(name, table, tuple(required.split(",")), {})
            continue
        # "temporarily closed" has a blank, so the words of a list have names of their own here.
        for each in line.split():
            field, _colon, kind = each.partition(":")
            found[name].fields[field] = named.get(kind, kind)
    return found


ENTITIES = _entities()

OWN = {
    "service": {"x_confirmed": "days", "x_texts": "texts"},
    "schedule": {"x_rrule": "text", "x_timezone": "text", "x_public_holidays": "text", "x_school_holidays": "text"},
}
"""Our own fields, where HSDS has none. They begin with x_ and are what our profile adds."""


def columns_of(entity: Entity) -> list[str]:
    """The columns of a table: those of HSDS, and ours that are texts."""
    return [*entity.columns, *(name for name, kind in OWN.get(entity.name, {}).items() if kind == "text")]
