"""The interface against the standard: the checker beside the project walks all of it, schemas judge what it gives."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from kommpass.adapters.hsds.fields import ENTITIES, OWN
from tests.open_data.builders import a_town_of_offers, an_offer, everything, small


@pytest.fixture(scope="session")
def checker(shared_data) -> Path:
    tool = shared_data.parent / "tools" / "hsds_check.py"
    if not tool.exists():
        pytest.skip(f"needs the HSDS checker beside the project, looked for {tool}")
    return tool


def checked(tool: Path, schemas: Path, address: str) -> dict:
    done = subprocess.run([sys.executable, tool, "api", schemas, address], capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    return json.loads(done.stdout)


def test_the_checker_finds_no_mistake_and_warns_of_our_own_fields_only(served, checker, hsds_schemas):
    a_town_of_offers()
    found = checked(checker, hsds_schemas, f"{served}/hsds")
    assert found["must_failed"] == []
    own = {name for names in OWN.values() for name in names}
    strange = [each for each in found["warnings"] if set(own_fields(each)) - own or "non-HSDS fields" not in each]
    assert strange == []
    assert found["checks_ok"] > 200


def own_fields(warning: str) -> list[str]:
    """The last names in "… non-HSDS fields: ['schedules.x_rrule']"."""
    return [each.strip(" '[]").split(".")[-1] for each in warning.partition("fields:")[2].split(",")]


def test_with_our_profile_the_checker_has_nothing_to_say_at_all(served, checker, hsds_schemas, client, tmp_path):
    a_town_of_offers()
    for file in hsds_schemas.glob("*.json"):
        schema = json.loads(file.read_text(encoding="utf-8"))
        if file.stem in OWN:
            merge(schema, client.get(f"/auental/api/hsds/profile/{file.stem}.json").json())
        (tmp_path / file.name).write_text(json.dumps(schema), encoding="utf-8")
    found = checked(checker, tmp_path, f"{served}/hsds")
    assert (found["must_failed"], found["warnings"]) == ([], [])


def merge(target: dict, patch: dict) -> None:
    """A JSON Merge Patch (RFC 7386) without deletions, which ours does not have."""
    for name, value in patch.items():
        if isinstance(value, dict) and isinstance(target.get(name), dict):
            merge(target[name], value)
        else:
            target[name] = value


def test_a_town_without_offers_conforms_too(served, checker, hsds_schemas):
    found = checked(checker, hsds_schemas, f"{served}/hsds")
    empty = ("is empty: nothing tested", "minimal=true", "full=true")
    assert found["must_failed"] == []
    assert [each for each in found["warnings"] if not any(word in each for word in empty)] == []


def test_our_list_of_fields_is_that_of_the_standard(hsds_schemas):
    for name, entity in ENTITIES.items():
        schema = json.loads((hsds_schemas / f"{name}.json").read_text(encoding="utf-8"))
        # What the standard's own compile step adds, and what we leave out because all of it would be required.
        theirs = set(schema["properties"]) - {"metadata"} | {
            "organization": {"services"},
            "service_at_location": {"service"},
        }.get(name, set())
        ours = set(entity.fields) - ({"additional_urls"} - theirs)
        assert (name, ours) == (name, theirs)
        assert set(entity.required) == set(schema["required"])


def test_the_types_of_our_list_are_those_of_the_standard(hsds_schemas):
    for name, entity in ENTITIES.items():
        properties = json.loads((hsds_schemas / f"{name}.json").read_text(encoding="utf-8"))["properties"]
        for field, kind in entity.fields.items():
            about = properties.get(field, {})
            if about.get("type") == "number" or kind == "number":
                assert (name, field, kind) == (name, field, "number")
            if "enum" in about:
                assert (name, field, kind) == (name, field, "words:" + "|".join(about["enum"]))
            if about.get("format") in ("uuid", "uri", "email"):
                assert (name, field, kind) == (name, field, about["format"])


@pytest.fixture
def own_validator(client):
    """Judges by the schemas that we publish ourselves."""

    def load(name: str) -> dict:
        return client.get(f"/auental/api/hsds/schema/{name}.json").json()

    base = "https://auental.example/"
    known = {name: load(name) | {"$id": f"{base}{name}.json"} for name in ENTITIES}
    resources = [
        (each["$id"], Resource.from_contents(each, default_specification=DRAFT202012)) for each in known.values()
    ]
    registry = Registry().with_resources(resources)
    return lambda name: Draft202012Validator(known[name], registry=registry, format_checker=FormatChecker())


def test_what_we_send_is_what_our_own_schemas_say(api, own_validator):
    offer = a_town_of_offers()
    one = api(f"/hsds/services/{offer.key}")
    assert list(own_validator("service").iter_errors(one)) == []
    assert unknown(one, "service") == []
    for path, name in (("services", "service"), ("service_at_locations", "service_at_location"),
                       ("organizations", "organization"), ("taxonomy_terms", "taxonomy_term")):  # fmt: skip
        page = api(f"/hsds/{path}", full="true") if name not in ("taxonomy_term",) else api(f"/hsds/{path}")
        for entry in page["contents"]:
            assert [error.message for error in own_validator(name).iter_errors(entry)] == []
            assert unknown(entry, name) == []


def unknown(value: dict, entity: str) -> list[str]:
    """Fields that neither the standard nor our profile knows, however deep."""
    fields = ENTITIES[entity].fields
    found = [f"{entity}.{name}" for name in value if name not in fields and name not in OWN.get(entity, {})]
    for name, (other, several) in ENTITIES[entity].inner.items():
        for each in value.get(name, []) if several else [value[name]] if name in value else []:
            found += unknown(each, other)
    return found


def test_nothing_is_ever_null_and_every_id_is_a_uuid(api):
    offer = a_town_of_offers()
    answers = [api(f"/hsds/services/{offer.key}")]
    answers += [api(f"/hsds/{each}", full="true") for each in ("services", "service_at_locations", "organizations")]
    text = json.dumps(answers)
    assert "null" not in text
    ids = [value for name, value in leaves(answers) if name == "id" or name.endswith("_id") or name == "identifier_id"]
    assert [each for each in ids if not is_uuid(each)] == []


def leaves(value, name: str = ""):
    if isinstance(value, dict):
        for inner, each in value.items():
            yield from leaves(each, inner)
    elif isinstance(value, list):
        for each in value:
            yield from leaves(each, name)
    else:
        yield name, value


def is_uuid(text: str) -> bool:
    parts = text.split("-")
    return [len(each) for each in parts] == [8, 4, 4, 4, 12] and all(c in "0123456789abcdef" for c in "".join(parts))


def test_ids_of_nested_rows_stay_the_same_and_are_not_shared_between_offers(api):
    first, second = an_offer(everything(title="Erstes")), an_offer(everything(title="Zweites"))
    ids = [row["id"] for key in (first.key, second.key) for row in nested_rows(api(f"/hsds/services/{key}"))]
    again = [row["id"] for key in (first.key, second.key) for row in nested_rows(api(f"/hsds/services/{key}"))]
    assert ids == again
    assert len(ids) == len(set(ids))


def nested_rows(service: dict) -> list[dict]:
    kinds = ("contacts", "languages", "cost_options", "funding", "required_documents", "capacities", "schedules",
             "additional_urls", "attributes")  # fmt: skip
    return [row for kind in kinds for row in service.get(kind, [])]


def test_an_offer_with_next_to_nothing_conforms(api, own_validator):
    offer = an_offer(small("Treff"))
    one = api(f"/hsds/services/{offer.key}")
    assert list(own_validator("service").iter_errors(one)) == []
    assert {"phones", "contacts", "schedules", "service_at_locations", "minimum_age", "email"} & set(one) == set()
