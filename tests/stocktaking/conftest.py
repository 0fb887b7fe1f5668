"""Builders of the stocktaking: a bundle, its answers, its link, and what a browser would post."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kommpass.domain.permissions import Role
from kommpass.people.links import token_of
from kommpass.people.models import ContributionLink
from kommpass.stocktaking import actions
from kommpass.stocktaking.actions import Said
from kommpass.stocktaking.given import Given, typed
from kommpass.stocktaking.models import Answer, QuestionBundle
from tests.conftest import NOON, actor, member, signed_in

COORDINATOR = actor(Role.COORDINATOR)
AUDITOR = actor(Role.AUDITOR, name="Aude Prüfer")
YES_NO = "1.01"


def keys_of(procedure, *, answer: str = "", field: str = "", number: int | None = None) -> list[str]:
    """Keys of questions of the scheme, by kind of answer or field."""
    found = [
        each.key
        for each in procedure.scheme.questions
        if (not answer or each.answer == answer) and (not field or each.field == field)
    ]
    return found[:number]


def make_bundle(procedure, organisation, keys=None, *, email="", due_on=None, **more) -> QuestionBundle:
    return actions.create_bundle(
        procedure=procedure,
        organisation=organisation,
        title=more.pop("title", "Fragen an das Jugendamt"),
        question_keys=keys or keys_of(procedure, number=3),
        due_on=due_on or (NOON.date() + timedelta(days=30)),
        email=email,
        by=COORDINATOR,
        at=NOON,
        **more,
    )


def say(bundle, by=COORDINATOR, **answers) -> object:
    """Answer questions: say(bundle, **{"1.01": Given(...)})."""
    return actions.save_answers(
        bundle=bundle, said={key: Said(given) for key, given in answers.items()}, by=by, at=NOON
    )


def answer_all(bundle, by=COORDINATOR) -> None:
    """Say "Wissen wir nicht" to everything: a good answer, and enough to hand in."""
    say(bundle, by, **{each.question_key: Given(kind=Answer.Kind.UNKNOWN) for each in bundle.answers.all()})


def stored(procedure, key: str) -> dict:
    """An answer as it is stored, without the moment."""
    return Given.of(Answer.objects.get(procedure=procedure, question_key=key)).as_dict


def posted(bundle, *, intent: str = "save", **changes) -> dict:
    """What a browser sends for a bundle: every question as stored, and `changes` such as **{"1.01": {"pick": …}}."""
    data = {"intent": intent}
    for row in bundle.answers.all():
        prefix = f"frage-{row.question_key}"
        question = bundle.procedure.scheme.question(row.question_key)
        ticked = row.kind == Answer.Kind.VALUE and bundle.procedure.scheme.options_of(question)
        data[f"{prefix}-pick"] = f"option:{row.value}" if ticked else row.kind
        data[f"{prefix}-value"] = "" if ticked else typed(question, row.value)
        data[f"{prefix}-seen"] = Given.of(row).fingerprint
        for name in ("reason", "provided_by", "sources", "comment"):
            data[f"{prefix}-{name}"] = getattr(row, name)
        for name, value in changes.get(row.question_key, {}).items():
            data[f"{prefix}-{name}"] = value
    return data


def link_to(bundle, *, days: int = 30) -> str:
    """The address of the page behind a contribution link for this bundle, valid from the real now on."""
    link = ContributionLink.objects.create(
        purpose=ContributionLink.Purpose.BUNDLE,
        organisation=bundle.organisation,
        subject=bundle.pk,
        email="kollegin@auental.example",
        issued_at=timezone.now(),
        expires_at=timezone.now() + timedelta(days=days),
    )
    return f"/auental/stocktaking/link/{token_of(link)}/"


def page(name: str = "") -> str:
    return f"/auental/stocktaking/{name}"


@pytest.fixture
def bundle(procedure, youth_office):
    """Three questions for the youth office."""
    return make_bundle(procedure, youth_office)


@pytest.fixture
def contributor(youth_office):
    return actor(Role.CONTRIBUTOR, organisations=[youth_office], name="Jana Amt")


@pytest.fixture
def coordinator_client(procedure):
    return signed_in(member(Role.COORDINATOR))


@pytest.fixture
def auditor_client(procedure):
    return signed_in(member(Role.AUDITOR))


@pytest.fixture
def youth_client(procedure, youth_office):
    return signed_in(member(Role.CONTRIBUTOR, organisation=youth_office))
