"""Question bundles on their way to the departments and back, comments, findings and analyses."""

from kommpass.demo.walk.town import TownOnItsWay
from kommpass.domain.permissions import Actor
from kommpass.stocktaking import actions
from kommpass.stocktaking.actions import Said
from kommpass.stocktaking.given import Given, judged
from kommpass.stocktaking.models import Answer, QuestionBundle

Kind = Answer.Kind


def delegate(walk: TownOnItsWay, told: dict, *, by_mail: bool) -> QuestionBundle:
    """One bundle for one organisation. Its questions are named, or chosen by field and level of the scheme."""
    organisation = walk.cast.organisations[told["organisation"]]
    bundle = actions.create_bundle(
        procedure=walk.procedure,
        organisation=organisation,
        title=told["title"],
        question_keys=_questions(walk, told),
        due_on=walk.clock.day(told["due"]),
        note=told.get("note", ""),
        email=organisation.email if by_mail else "",
        **walk.now,
    )
    walk.marks[told["key"]] = bundle
    return bundle


def _questions(walk: TownOnItsWay, told: dict) -> list[str]:
    if "fields" not in told:
        return list(told["answers"])
    return [
        each.key
        for each in walk.procedure.scheme.questions
        if each.field in told["fields"] and each.level in told["levels"]
    ]


def begin_with_last_round(walk: TownOnItsWay) -> None:
    """The questionnaire is brought up to date, not filled in again."""
    actions.prefill_answers(procedure=walk.procedure, **walk.now)


def answer(
    walk: TownOnItsWay, bundle: QuestionBundle, answers: dict[str, dict], by: Actor, *, rest_holds: bool = False
) -> None:
    """Fill in the form of a bundle. `{holds = true}` confirms what the software suggested, `rest_holds` all of it."""
    rows = {row.question_key: row for row in bundle.answers.all()}
    said = {key: _said(walk, rows[key], told) for key, told in answers.items()}
    if rest_holds:
        suggested = [row for key, row in rows.items() if key not in said and row.kind != Kind.OPEN]
        said |= {row.question_key: Said(Given.of(row), holds=True) for row in suggested}
    actions.save_answers(bundle=bundle, said=said, by=by, at=walk.clock())


def answer_and_hand_in(walk: TownOnItsWay, told: dict) -> None:
    bundle, voice = walk.marks[told["key"]], walk.cast.voice_of(told["organisation"])
    answer(walk, bundle, told["answers"], voice, rest_holds=told.get("rest_holds", False))
    hand_in(walk, bundle, voice)


def _said(walk: TownOnItsWay, row: Answer, told: dict) -> Said:
    if told.get("holds"):
        return Said(Given.of(row), holds=True)
    kind = next((kind for name, kind in INSTEAD.items() if name in told), Kind.VALUE)
    given = Given(
        kind=kind,
        value=str(told.get("value", "")).replace(".", ",") if _is_number(told) else told.get("value", ""),
        reason=told.get("not_applicable", ""),
        provided_by=told.get("outside", ""),
        sources=told.get("source", ""),
        comment=told.get("comment", ""),
        action_needed=told.get("action", False),
    )
    return Said(judged(walk.procedure.scheme.question(row.question_key), walk.procedure.scheme, given))


INSTEAD = {"unknown": Kind.UNKNOWN, "not_applicable": Kind.NOT_APPLICABLE, "outside": Kind.OUTSIDE}


def _is_number(told: dict) -> bool:
    return isinstance(told.get("value"), int | float)


def hand_in(walk: TownOnItsWay, bundle: QuestionBundle, by: Actor) -> None:
    actions.submit_bundle(bundle=bundle, by=by, at=walk.clock())


def ask_back(walk: TownOnItsWay, told: dict) -> None:
    """A bundle goes back with a note, is completed and handed in again; the questions back are dealt with."""
    for each in told.get("returned", []):
        walk.go("returned")
        bundle = walk.marks[each["bundle"]]
        actions.return_bundle(bundle=bundle, note=each["note"], **walk.now)
        organisation = next(row["organisation"] for row in told["bundle"] if row["key"] == each["bundle"])
        voice = walk.cast.voice_of(organisation)
        walk.go("completed")
        answer(walk, bundle, each["answers"], voice)
        hand_in(walk, bundle, voice)
    for each in told.get("comment", []):
        if each.get("resolved"):
            actions.resolve_comment(comment=walk.marks[f"comment {each['question']}"], **walk.by("auditor"))


def close_bundles(walk: TownOnItsWay, told: list[dict]) -> None:
    for each in told:
        actions.close_bundle(bundle=walk.marks[each["key"]], **walk.now)


def comment(walk: TownOnItsWay, told: dict) -> None:
    """The auditor's or the coordination's word on one answer."""
    walk.marks[f"comment {told['question']}"] = actions.comment_answer(
        procedure=walk.procedure,
        question_key=told["question"],
        text=told["text"],
        asks=told.get("asks", False),
        **walk.by(told.get("by", "auditor")),
    )


def analyse(walk: TownOnItsWay, fields: list[dict]) -> None:
    """Strengths and needs of each field, and the summary above them."""
    for told in fields:
        field = walk.field(told["field"])
        for kind in ("strength", "need"):
            for each in told.get(kind, []):
                walk.marks[each["key"]] = actions.write_finding(
                    field=field, kind=kind, text=each["text"], question_keys=each.get("questions", []), **walk.now
                )
        actions.write_analysis(field=field, summary=told["summary"], **walk.now)


def accept_analyses(walk: TownOnItsWay) -> None:
    for field in walk.procedure.fields.all():
        actions.accept_analysis(field=field, **walk.by("auditor"))
