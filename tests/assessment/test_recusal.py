"""Recused is recused: the case does not exist for this member, whoever else they are, and whoever asks the database."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from kommpass.assessment import actions, queries
from kommpass.assessment.models import (
    Consensus,
    ObjectionAnswer,
    Recusal,
    Review,
    ReviewDecision,
    ReviewDraft,
    Seat,
)
from kommpass.domain.permissions import Role
from kommpass.domain.refusals import NotAllowed, NotPossible
from kommpass.people.models import InstallationRole, Membership
from tests.assessment.builders import (
    COORDINATOR,
    DECISION,
    ILSE,
    KARL,
    LETTER,
    MIRA,
    OFFICE,
    OPINION,
    PAGE,
    PROPOSED,
    RECUSAL,
    adopted,
    ago,
    agreed,
    announced,
    answered,
    board_member,
    by,
    decided,
    hand_in,
    judged,
    judgements,
    objected,
    opened,
    recused,
    submitted,
    text,
)


@pytest.fixture
def case(procedure, youth_office):
    """Ilse and Karl judge, Mira has stepped out."""
    adopted(procedure, youth_office)
    found = opened(submitted(procedure), ILSE, KARL, MIRA)
    recused(found, MIRA)
    return found


def test_a_member_steps_out_by_page_and_the_case_is_gone(procedure, youth_office, browser_of_member):
    adopted(procedure, youth_office)
    case = opened(submitted(procedure))
    browser, address = browser_of_member(ILSE), f"{PAGE}cases/{case.pk}/"
    page = text(browser.get(address))
    assert "Ich bin befangen" in page and "es gibt keinen Weg zurück" in page
    again = browser.post(f"{address}recuse/", {"reason": "  "})
    assert (again.status_code, Recusal.objects.count()) == (200, 0)

    answer = browser.post(f"{address}recuse/", {"reason": "Meine Schwester sitzt im Rat."}, follow=True)

    assert answer.redirect_chain == [(PAGE, 302)]
    assert "Diesen Fall sehen Sie nicht mehr." in text(answer) and "Zurzeit liegt nichts vor" in text(answer)
    assert browser.get(address).status_code == 404
    assert [(each.reviewer.name, each.reason) for each in Recusal.objects.all()] == [
        (ILSE, "Meine Schwester sitzt im Rat.")
    ]


def everything_of_the_case(case, decision) -> list[str]:
    objection = decision.objection
    return [
        *(f"cases/{case.pk}/{path}" for path in ("", "review/", "opinion/")),
        f"submissions/{case.submission_id}/",
        *(f"submissions/{case.submission_id}/download.{kind}" for kind in ("json", "pdf", "docx")),
        *(f"cases/{case.pk}/{path}" for path in ("review/draft/", "decide/", "recuse/", "recuse/member/", "seats/")),
        f"cases/{case.pk}/seats/second/",
        f"submissions/{case.submission_id}/check/",
        f"submissions/{case.submission_id}/case/",
        f"decisions/{decision.pk}/release/",
        f"objections/{objection.pk}/answer/",
    ]


@pytest.mark.parametrize("also", [(), (Role.ASSOCIATION_OFFICE,)], ids=["board", "board and office"])
def test_for_a_recused_member_nothing_of_the_case_exists(case, browser_of_member, also):
    judged(case)
    answered(agreed(case))
    decision = objected(announced(decided(case))).decision
    for role in also:
        InstallationRole.objects.create(user=board_member(MIRA), role=role)
    browser = browser_of_member(MIRA)

    found = {}
    for path in everything_of_the_case(case, decision):
        answers = browser.get(f"{PAGE}{path}"), browser.post(f"{PAGE}{path}", {"reason": "x", "text": "x"})
        found[path] = {each.status_code for each in answers} - {405}
    allowed = {404} if also else {403, 404}
    assert {path: codes for path, codes in found.items() if not codes <= allowed} == {}

    page = text(browser.get(PAGE))
    assert "Einreichung 1" not in page and case.get_absolute_url() not in page
    assert case.submission.get_absolute_url() not in page


def test_a_recused_member_who_becomes_coordinator_reads_nothing_of_it_either(case, browser_of_member):
    judged(case)
    opinion = answered(agreed(case))
    decision = announced(decided(case))
    Membership.objects.create(user=board_member(MIRA), role=Role.COORDINATOR)
    browser = browser_of_member(MIRA)

    paths = [
        f"submissions/{case.submission_id}/", f"opinions/{opinion.pk}/", f"decisions/{decision.pk}/objection/",
    ]  # fmt: skip
    assert [browser.get(f"{PAGE}{path}").status_code for path in paths] == [404] * 3
    page = text(browser.get(PAGE))
    assert [mark for mark in (DECISION, OPINION, PROPOSED, LETTER) if mark in page] == []


def test_a_condition_of_the_case_does_not_exist_for_a_recused_member_at_the_office(case, browser_of_member):
    judged(case)
    answered(agreed(case))
    decision = announced(decided(case))
    proof = actions.report_condition(condition=decision.conditions.get(), text="Erledigt", by=COORDINATOR, at=ago(1))
    InstallationRole.objects.create(user=board_member(MIRA), role=Role.ASSOCIATION_OFFICE)
    browser = browser_of_member(MIRA)
    assert browser.post(f"{PAGE}proofs/{proof.pk}/check/", {"met": "yes"}).status_code == 404
    assert "Erledigt" not in text(browser.get(PAGE))


def test_the_office_recuses_a_member_and_reads_the_reason_the_others_read_the_name(case, office, browser_of_member):
    page = text(office.get(f"{PAGE}cases/{case.pk}/"))
    assert RECUSAL in page and MIRA in page
    theirs = text(browser_of_member(ILSE).get(f"{PAGE}cases/{case.pk}/"))
    assert RECUSAL not in theirs and MIRA in theirs

    given = {"reviewer": board_member(KARL).pk, "reason": "Er war dort Berater."}
    assert office.post(f"{PAGE}cases/{case.pk}/recuse/member/", given)["Location"] == f"{PAGE}cases/{case.pk}/"
    assert [str(each.reviewer) for each in queries.seats(case)] == [ILSE]


def test_who_is_recused_gets_no_seat_again_and_the_page_says_why(case, office):
    page = text(office.get(f"{PAGE}cases/{case.pk}/"))
    assert f"{MIRA} (nicht möglich: Ist in diesem Fall befangen.)" in page
    answer = office.post(f"{PAGE}cases/{case.pk}/seats/", {"members": [board_member(MIRA).pk]})
    assert (answer.status_code, f"{MIRA} ist nicht möglich" in text(answer)) == (200, True)
    with pytest.raises(NotPossible, match="ist in diesem Fall befangen"):
        actions.seat_members(case=case, members=[board_member(MIRA)], by=OFFICE, at=ago(1))


def test_a_judgement_that_was_handed_in_no_longer_counts(procedure, youth_office):
    adopted(procedure, youth_office)
    case = opened(submitted(procedure))
    hand_in(case, ILSE)
    hand_in(case, KARL, verdict="return")
    recused(case, KARL)
    assert [str(each.seat.reviewer) for each in queries.reviews(case)] == [ILSE]
    answered(agreed(case))
    assert decided(case).members == [ILSE]


@pytest.mark.parametrize(
    ("who", "what", "sentence"),
    [
        (ILSE, {"reviewer": KARL, "reason": "x"}, "nur sich selbst"),
        (ILSE, {"reviewer": ILSE, "reason": "  "}, "den Grund der Befangenheit"),
        ("office", {"reviewer": MIRA, "reason": "noch einmal"}, "schon eingetragen"),
    ],
)
def test_a_recusal_is_refused_with_a_sentence(case, who, what, sentence):
    acting = OFFICE if who == "office" else by(who)
    with pytest.raises((NotAllowed, NotPossible), match=sentence):
        actions.recuse(case=case, reviewer=board_member(what["reviewer"]), reason=what["reason"], by=acting, at=ago(1))


def test_who_has_decided_cannot_be_recused_afterwards(case):
    judged(case)
    answered(agreed(case))
    decided(case)
    with pytest.raises(NotPossible, match="schon mit entschieden"):
        recused(case, ILSE)


def rows_of(case, member) -> dict:
    """A row of every kind a recused member could write, not saved yet."""
    now, today, given = timezone.now(), timezone.localdate(), judgements(case.procedure)
    seat = Seat.objects.get(case=case, reviewer=member)
    town = case.municipality
    opinion, decision = case.opinions.first(), case.decisions.first()
    return {
        "review": Review(municipality=town, seat=seat, judgements=given, verdict="recommend", at=now),
        "draft": ReviewDraft(municipality=town, seat=seat, judgements=given, saved_at=now),
        "opinion": Consensus(
            municipality=town, case=case, number=77, judgements=given, verdict="recommend", text="x",
            answer_by=today + timedelta(days=9), by_id=member.pk, by_name=member.name, at=now,
        ),
        "decision": ReviewDecision(
            municipality=town, case=case, number=77, opinion=opinion, outcome="grant", text="x", decided_on=today,
            by_id=member.pk, by_name=member.name, at=now,
        ),
        "answer": ObjectionAnswer(
            municipality=town, objection=decision.objection, upheld=True, text="x", by_id=member.pk,
            by_name=member.name, at=now,
        ),
    }  # fmt: skip


def by_sql(row) -> None:
    """Insert a row as somebody at the database would: no model, no action."""
    fields = [each for each in row._meta.concrete_fields if not each.primary_key]
    names = ", ".join(each.column for each in fields)
    values = [each.get_db_prep_save(each.pre_save(row, True), connection) for each in fields]
    with connection.cursor() as cursor:
        places = ", ".join(["%s"] * len(fields))
        cursor.execute(f"INSERT INTO {row._meta.db_table} ({names}) VALUES ({places})", values)


WAYS = {"ORM": lambda row: row.save(force_insert=True), "bulk": lambda row: type(row).objects.bulk_create([row]),
        "SQL": by_sql}  # fmt: skip


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
@pytest.mark.parametrize("kind", ["review", "draft", "opinion", "decision", "answer"])
def test_the_database_refuses_whatever_a_recused_member_writes(case, kind, way):
    judged(case)
    answered(agreed(case))
    objected(announced(decided(case)))
    row = rows_of(case, board_member(MIRA))[kind]
    with pytest.raises(DatabaseError, match="befangen"), transaction.atomic():
        way(row)


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
def test_the_database_gives_a_recused_member_no_seat(procedure, youth_office, way):
    adopted(procedure, youth_office)
    case = opened(submitted(procedure))
    recused(case, MIRA)
    row = Seat(
        municipality=case.municipality, case=case, reviewer=board_member(MIRA), assigned_at=timezone.now()
    )  # fmt: skip
    with pytest.raises(DatabaseError, match="befangen"), transaction.atomic():
        way(row)
    assert not Seat.objects.filter(reviewer=board_member(MIRA)).exists()


def test_a_draft_of_before_is_not_written_on_by_a_recused_member(procedure, youth_office):
    adopted(procedure, youth_office)
    case = opened(submitted(procedure), ILSE, MIRA)
    given = {"judgements": judgements(procedure), "verdict": "recommend", "text": ""}
    draft = actions.save_review_draft(case=case, **given, by=by(MIRA), at=timezone.now())
    recused(case, MIRA)
    draft.text = "Doch ein Urteil"
    with pytest.raises(DatabaseError, match="befangen"), transaction.atomic():
        draft.save()


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
def test_the_same_rows_of_a_member_who_is_not_recused_are_taken(case, way):
    """So the refusals above come from the recusal and from nothing else."""
    judged(case)
    answered(agreed(case))
    objected(announced(decided(case)))
    rows = rows_of(case, board_member(ILSE))
    for kind in ("opinion", "decision", "answer"):
        way(rows[kind])
    assert (case.opinions.count(), case.decisions.count(), ObjectionAnswer.objects.count()) == (2, 2, 1)
