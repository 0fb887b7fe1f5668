"""What the interface says about itself: OpenAPI, profile, schemas."""

from django.views.decorators.http import require_GET

from kommpass.audits.door import public
from kommpass.open_data import profile
from kommpass.open_data.answering import answer, for_programs, json_answer
from kommpass.open_data.hsds.frame import Frame
from kommpass.open_data.openapi import document
from kommpass.people.addresses import absolute, in_town

SCHEMA = "application/schema+json"


@for_programs
@require_GET
@public
def openapi(request):
    base = absolute(in_town("open_data:openapi")).removesuffix("/openapi.json")
    return answer(request, lambda seen: json_answer(document(Frame.of(request.municipality, seen), base)))


@for_programs
@require_GET
@public
def profile_of_hsds(request):
    return answer(request, lambda seen: json_answer(profile.profile(Frame.of(request.municipality, seen))))


@for_programs
@require_GET
@public
def patch(request, entity: str):
    return answer(request, lambda _seen: json_answer(profile.patch(entity), "application/merge-patch+json"))


@for_programs
@require_GET
@public
def schema(request, entity: str):
    return answer(request, lambda _seen: json_answer(profile.entity_schema(entity), SCHEMA))
