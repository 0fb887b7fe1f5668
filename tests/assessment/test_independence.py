"""Each member judges alone: nobody reads a judgement before all are in, and nobody changes one that is handed in."""

import pytest

from kommpass.assessment import actions, queries
from kommpass.assessment.models import Review, ReviewDraft
from kommpass.domain.refusals import NotAllowed, NotPossible
from tests.assessment.builders import (
    ILSE,
    KARL,
    MIRA,
    OFFICE,
    OPINION,
    PAGE,
    REVIEW,
    ZOE,
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
    posted,
    recused,
    seat_second,
    submitted,
    text,
)


@pytest.fixture
def case(procedure, youth_office):
    adopted(procedure, youth_office)
    return opened(submitted(procedure), ILSE, KARL, MIRA)


def names(reviews) -> list[str]:
    return [str(each.seat.reviewer) for each in reviews]


def test_until_all_are_in_a_member_reads_the_own_judgement_and_the_office_none(case):
    for name in (ILSE, KARL):
        hand_in(case, name)
    readable = {name: names(queries.readable_reviews(case, by(name))) for name in (ILSE, KARL, MIRA)}
    assert readable == {ILSE: [ILSE], KARL: [KARL], MIRA: []}
    assert queries.readable_reviews(case, OFFICE) == []


def test_with_the_last_judgement_everybody_reads_all_of_them(case):
    for name in (ILSE, KARL, MIRA):
        hand_in(case, name)
    assert [names(queries.readable_reviews(case, who)) for who in (by(ILSE), by(MIRA), OFFICE)] == [
        [ILSE, KARL, MIRA]
    ] * 3


def test_the_page_of_the_case_shows_who_has_handed_in_and_no_word_of_it(case, browser_of_member, office):
    hand_in(case, ILSE)
    for browser in (browser_of_member(KARL), office):
        page = text(browser.get(f"{PAGE}cases/{case.pk}/"))
        assert (page.count("Votum abgegeben"), page.count("Votum steht aus")) == (1, 2)
        assert REVIEW not in page and "liest niemand" in page


def test_a_recused_member_is_not_waited_for(case):
    for name in (ILSE, KARL):
        hand_in(case, name)
    assert not queries.all_handed_in(case)
    recused(case, MIRA)
    assert queries.all_handed_in(case)


def test_a_member_who_comes_late_reads_nothing_of_the_others_before_the_own_judgement(case, browser_of_member):
    """The office seats somebody anew although the opinion is written: independent means independent of it too."""
    for name in (ILSE, KARL, MIRA):
        hand_in(case, name)
    answered(agreed(case))
    actions.seat_members(case=case, members=[board_member(ZOE)], by=OFFICE, at=ago(12))

    page = text(browser_of_member(ZOE).get(f"{PAGE}cases/{case.pk}/"))
    assert OPINION not in page and REVIEW not in page and "Votum schreiben" in page
    assert browser_of_member(ZOE).get(f"{PAGE}cases/{case.pk}/opinion/").content.decode().count(OPINION) == 0
    with pytest.raises(NotPossible, match="Es fehlt noch ein Votum"):
        decided(case)

    hand_in(case, ZOE)
    assert OPINION in text(browser_of_member(ZOE).get(f"{PAGE}cases/{case.pk}/"))


def test_a_judgement_is_kept_as_a_draft_continued_and_handed_in_by_page(case, browser_of_member):
    browser, address = browser_of_member(ILSE), f"{PAGE}cases/{case.pk}/review/"
    answer = browser.post(f"{address}draft/", {"answer_mandate": "partly", "reason_mandate": "Mittel fehlen."})
    assert (answer.status_code, answer["Location"]) == (302, address)
    draft = ReviewDraft.objects.get()
    assert (draft.judgements["mandate"], draft.verdict) == ({"answer": "partly", "reason": "Mittel fehlen."}, "")
    page = text(browser.get(address))
    assert "Mittel fehlen." in page and "zuletzt zwischengespeichert" in page

    given = posted(case.procedure, answer_mandate="partly", reason_mandate="Mittel fehlen.")
    assert browser.post(address, given)["Location"] == f"{PAGE}cases/{case.pk}/"
    review = Review.objects.get()
    assert review.judgements == judgements(case.procedure, "Mittel fehlen.", mandate="partly")
    assert (review.verdict, review.text) == ("recommend", "Im Ganzen gut.")
    assert not ReviewDraft.objects.exists()


def test_handed_in_is_handed_in(case, browser_of_member):
    hand_in(case, ILSE)
    browser, address = browser_of_member(ILSE), f"{PAGE}cases/{case.pk}/review/"
    assert browser.get(address)["Location"] == f"{PAGE}cases/{case.pk}/"
    for path in (address, f"{address}draft/"):
        answer = browser.post(path, posted(case.procedure))
        assert (answer.status_code, "lässt sich nicht mehr ändern" in text(answer)) == (409, True)
    assert Review.objects.get().verdict == "conditions"


def test_the_matrix_marks_agreement_in_words_and_counts_it(case, browser_of_member):
    hand_in(case, ILSE, partners="partly", families="not")
    hand_in(case, KARL, partners="partly")
    hand_in(case, MIRA, partners="partly")
    page = text(browser_of_member(ILSE).get(f"{PAGE}cases/{case.pk}/"))
    assert "14 von 15" in page
    assert (page.count(">einig<"), page.count(">verschieden<")) == (14, 1)
    row = page.split("Beteiligung der Menschen selbst")[1].split("</tr>")[0]
    assert "verschieden" in row and "nicht erfüllt" in row


def test_the_opinion_begins_with_what_all_agree_on_and_leaves_the_rest_open(case, browser_of_member):
    hand_in(case, ILSE, partners="partly", families="not")
    hand_in(case, KARL, partners="partly")
    hand_in(case, MIRA, partners="partly")
    page = text(browser_of_member(KARL).get(f"{PAGE}cases/{case.pk}/opinion/"))
    assert 'name="answer_partners" value="partly" required' not in page
    chosen = {
        key: [value for value in ("fulfilled", "partly", "not") if f'name="answer_{key}" value="{value}"' in page
              and "checked" in page.split(f'name="answer_{key}" value="{value}"')[1].split(">")[0]]
        for key in ("partners", "families", "mandate")
    }  # fmt: skip
    assert chosen == {"partners": ["partly"], "families": [], "mandate": ["fulfilled"]}
    assert "Worauf verständigen Sie sich?" in page and f"{REVIEW}-MIRA" in page


def test_there_is_no_opinion_before_all_are_in(case, browser_of_member):
    hand_in(case, ILSE)
    browser, address = browser_of_member(ILSE), f"{PAGE}cases/{case.pk}/opinion/"
    assert "Es fehlen noch Voten" in text(browser.get(address))
    given = posted(case.procedure, answer_by="2099-01-01")
    answer = browser.post(address, given)
    assert (answer.status_code, "wenn alle Mitglieder ihr Votum abgegeben haben" in text(answer)) == (409, True)


def test_who_answers_an_objection_judges_nothing_else(case, browser_of_member):
    objection = objected(announced(decided_on(case)))
    seat_second(case)
    address = f"{PAGE}cases/{case.pk}/"
    browser = browser_of_member(ZOE)
    paths = ("review/", "review/draft/", "opinion/", "decide/")
    assert [browser.post(f"{address}{path}").status_code for path in paths] == [404] * 4
    given = {"case": case, "by": by(ZOE), "at": ago(1)}
    with pytest.raises(NotAllowed, match="Ihr Sitz ist für einen Widerspruch"):
        actions.hand_in_review(judgements=judgements(case.procedure), verdict="recommend", **given)
    with pytest.raises(NotAllowed, match="das den Fall vorher nicht beurteilt hat"):
        actions.answer_objection(objection=objection, upheld=True, text="Ja", by=by(ILSE), at=ago(1))


def decided_on(case):
    answered(agreed(judged(case, ILSE, KARL, MIRA)))
    return decided(case)


def test_nobody_without_a_seat_judges(case, browser_of_member):
    board_member("Otto Ohne Sitz")
    browser = browser_of_member("Otto Ohne Sitz")
    assert browser.post(f"{PAGE}cases/{case.pk}/review/", posted(case.procedure)).status_code == 404
    with pytest.raises(NotAllowed, match="keinen Sitz"):
        hand_in(case, "Otto Ohne Sitz")


def test_after_the_decision_no_seat_is_given_except_for_an_objection(case):
    decided_on(case)
    with pytest.raises(NotPossible, match="Über diesen Fall ist schon entschieden"):
        actions.seat_members(case=case, members=[board_member(ZOE)], by=OFFICE, at=ago(1))
    with pytest.raises(NotPossible, match="Es liegt kein Widerspruch vor"):
        actions.seat_members(case=case, members=[board_member(ZOE)], second=True, by=OFFICE, at=ago(1))
