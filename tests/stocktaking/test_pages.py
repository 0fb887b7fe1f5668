"""The pages of the stocktaking: who sees what, what a form keeps, what an attack gets."""

import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from kommpass.audits.models import JournalEntry
from kommpass.domain.permissions import Role
from kommpass.domain.phases import Stage
from kommpass.municipalities.scope import within
from kommpass.people.models import ContributionLink, Organisation
from kommpass.stocktaking import actions
from kommpass.stocktaking.given import Given
from kommpass.stocktaking.models import Answer, AnswerComment, FieldAnalysis, Finding, QuestionBundle
from tests.conftest import NOON, actor, member, open_only, queries_of, signed_in
from tests.stocktaking.conftest import (
    AUDITOR,
    COORDINATOR,
    answer_all,
    keys_of,
    link_to,
    make_bundle,
    page,
    posted,
    say,
    stored,
)

SCRIPT = "<script>alert(1)</script>"
ROOM = (QuestionBundle, Answer, AnswerComment, Finding, FieldAnalysis, ContributionLink, JournalEntry)


def state_of_the_room() -> list:
    return [list(model.objects.order_by("pk").values()) for model in ROOM]


def test_a_department_answers_its_bundle_from_the_link_without_account(bundle):
    url, visitor = link_to(bundle), Client()
    assert visitor.get(url).status_code == 200
    saved = visitor.post(
        url, posted(bundle, **{"1.01": {"pick": "option:partly"}, "1.03": {"value": "Alle Generationen"}})
    )
    assert (saved.status_code, saved["Location"]) == (302, url)
    assert stored(bundle.procedure, "1.01")["value"] == "partly"
    assert stored(bundle.procedure, "1.03")["value"] == "Alle Generationen"
    done = visitor.post(url, posted(bundle, intent="submit", **{"1.04": {"pick": "unknown"}}), follow=True)
    assert "Vielen Dank für Ihre Antworten" in done.content.decode()
    bundle.refresh_from_db()
    assert (bundle.state, bundle.submitted_by_name) == ("submitted", "Jugendamt")


def test_valid_answers_are_kept_even_if_another_question_has_a_mistake(bundle):
    url = link_to(bundle)
    answer = Client().post(
        url,
        posted(bundle, intent="submit", **{"1.01": {"pick": "option:yes"}, "1.04": {"pick": "not_applicable"}}),
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Bitte schreiben Sie in einem Satz, warum die Frage nicht zutrifft." in text
    assert "Ihre Angaben zu einer anderen Frage sind gespeichert." in text
    assert (stored(bundle.procedure, "1.01")["value"], stored(bundle.procedure, "1.04")["kind"]) == ("yes", "open")
    bundle.refresh_from_db()
    assert bundle.state == "open"


def test_handing_in_with_open_questions_saves_and_names_them(bundle):
    answer = Client().post(link_to(bundle), posted(bundle, intent="submit", **{"1.01": {"pick": "option:yes"}}))
    text = answer.content.decode()
    assert (answer.status_code, stored(bundle.procedure, "1.01")["value"]) == (422, "yes")
    assert "2 Fragen sind noch offen" in text
    assert "Wissen wir nicht" in text


def test_the_second_of_two_editors_sees_both_texts_and_may_decide(bundle, contributor):
    url, visitor = link_to(bundle), Client()
    old_page = posted(bundle, **{"1.03": {"value": "Meine Fassung"}})
    say(bundle, contributor, **{"1.03": Given("value", "Ihre Fassung")})
    merge = visitor.post(url, old_page)
    text = merge.content.decode()
    assert merge.status_code == 422
    assert "Jana Amt hat gespeichert:" in text and "Ihre Fassung" in text and "Meine Fassung" in text
    assert stored(bundle.procedure, "1.03")["value"] == "Ihre Fassung"
    again = posted(bundle, **{"1.03": {"value": "Meine Fassung"}})
    assert visitor.post(url, again).status_code == 302
    assert stored(bundle.procedure, "1.03")["value"] == "Meine Fassung"


def test_choosing_unknown_instead_of_a_prefilled_answer_drops_it_but_not_a_newly_typed_one(bundle):
    url, visitor = link_to(bundle), Client()
    say(bundle, **{"1.03": Given("value", "Alt")})
    assert visitor.post(url, posted(bundle, **{"1.03": {"pick": "unknown", "value": "Neu"}})).status_code == 422
    assert visitor.post(url, posted(bundle, **{"1.03": {"pick": "unknown"}})).status_code == 302
    assert (stored(bundle.procedure, "1.03")["kind"], stored(bundle.procedure, "1.03")["value"]) == ("unknown", "")


def test_the_link_page_lets_the_browser_send_its_origin(bundle):
    """Without a referrer policy of its own: "no-referrer" makes browsers send "Origin: null", which is refused."""
    assert "no-referrer" not in Client().get(link_to(bundle)).content.decode()


def test_looking_at_a_page_changes_nothing(bundle, coordinator_client, procedure):
    say(bundle, **{"1.01": Given("value", "yes")})
    before = state_of_the_room()[:-1]
    link = link_to(bundle)
    field = procedure.fields.first()
    links = [link, f"{link}pass-on/"]
    for url in [
        *links,
        *map(page, ["", f"bundle/{bundle.pk}/", "bundle/new/", "bundle/per-field/", f"bundle/{bundle.pk}/pass-on/",
                    f"field/{field.pk}/", f"field/{field.pk}/analysis/", f"field/{field.pk}/finding/", "question/1.01/",
                    "export.csv", "export.xlsx"]),
    ]:  # fmt: skip
        assert coordinator_client.get(url).status_code == 200, url
    ContributionLink.objects.all().delete()
    assert state_of_the_room()[:-1] == before
    for name in ("remind", "close"):
        assert coordinator_client.get(page(f"bundle/{bundle.pk}/{name}/")).status_code == 405


def test_a_double_click_on_hand_in_is_one_click(bundle):
    url, visitor = link_to(bundle), Client()
    answer_all(bundle)
    form = {**posted(bundle, intent="submit"), "once": "einmal"}
    first, second = visitor.post(url, form), visitor.post(url, form)
    assert (first.status_code, second.status_code, second["Location"]) == (302, 302, first["Location"])
    assert JournalEntry.objects.filter(action="bundle.submit").count() == 1


def test_answering_a_submitted_bundle_gets_a_sentence_and_writes_nothing(bundle, contributor):
    answer_all(bundle, contributor)
    url = link_to(bundle)
    late = posted(bundle, **{"1.01": {"pick": "option:yes"}})
    actions.submit_bundle(bundle=bundle, by=contributor, at=NOON)
    answer = Client().post(url, late)
    assert (answer.status_code, "schon abgegeben" in answer.content.decode()) == (409, True)
    assert stored(bundle.procedure, "1.01")["kind"] == "unknown"


def test_a_changed_expired_or_revoked_link_opens_nothing(bundle):
    url = link_to(bundle)
    token = url.rstrip("/").rsplit("/", 1)[1]
    old = link_to(bundle, days=-1)
    for address in (url.replace(token, token[:-2] + "xx"), old, url.replace(token, "x")):
        for answer in (Client().get(address), Client().post(address, {"intent": "submit"})):
            assert answer.status_code == 410


def test_a_link_for_another_purpose_does_not_open_a_bundle(bundle, youth_office):
    ContributionLink.objects.all().delete()
    url = link_to(bundle)
    ContributionLink.objects.update(purpose=ContributionLink.Purpose.MEASURES)
    assert Client().get(url).status_code == 410


def test_a_link_of_another_organisation_does_not_open_this_bundle(bundle, provider):
    url = link_to(bundle)
    actions.pass_on_bundle(bundle=bundle, organisation=provider, email="a@b.example", by=COORDINATOR, at=NOON)
    answer = Client().get(url)
    assert (answer.status_code, "weitergegeben" in answer.content.decode()) == (410, True)


def test_a_link_of_auental_does_not_open_in_hasselgrund(bundle, hasselgrund):
    assert Client().get(link_to(bundle).replace("/auental/", "/hasselgrund/")).status_code in (404, 410)


def test_a_department_does_not_see_the_bundle_of_another(bundle, procedure, provider, youth_client):
    foreign = make_bundle(procedure, provider, ["2.01"], title="Fragen an den Träger")
    for path in (f"bundle/{foreign.pk}/", f"bundle/{foreign.pk}/pass-on/"):
        assert youth_client.get(page(path)).status_code == 404
        assert youth_client.post(page(path), {"intent": "submit"}).status_code == 404
    assert "Fragen an den Träger" not in youth_client.get(page()).content.decode()
    assert youth_client.get(page("question/2.01/")).status_code == 404
    assert youth_client.get(page(f"field/{procedure.fields.first().pk}/")).status_code == 404


def test_a_department_exports_only_its_own_questions(bundle, procedure, provider, youth_client):
    make_bundle(procedure, provider, ["2.01"])
    rows = youth_client.get(page("export.csv")).content.decode("utf-8-sig").splitlines()
    assert [row.split(";")[1] for row in rows[1:]] == ["1.01", "1.03", "1.04"]


def test_a_provider_answers_with_an_account_as_with_a_link(procedure, provider):
    own = make_bundle(procedure, provider, ["2.01"], title="Fragen an den Träger")
    client = signed_in(member(Role.PROVIDER, organisation=provider))
    assert "Fragen an den Träger" in client.get(page()).content.decode()
    assert client.post(page(f"bundle/{own.pk}/"), posted(own, **{"2.01": {"value": "33,3"}})).status_code == 302
    assert stored(procedure, "2.01")["value"] == "33.3"


def test_another_towns_ids_are_not_found(procedure, hasselgrund, coordinator_client, youth_office):
    own_fields = list(procedure.fields.values_list("pk", flat=True))
    with within(hasselgrund):
        from_there = Organisation.objects.create(name="Amt Hasselgrund")
    for path in ("bundle/99999/", "finding/99999/", f"field/{max(own_fields) + 1}/", "bundle/99999/return/"):
        assert coordinator_client.get(page(path)).status_code == 404
    answer = coordinator_client.post(
        page("bundle/new/"),
        {"organisation": from_there.pk, "title": "x", "due_on": "31.12.2099", "question": ["1.01"]},
    )
    assert (answer.status_code, QuestionBundle.objects.count()) == (422, 0)


def test_who_has_no_part_in_it_is_refused_with_a_reason(procedure, bundle):
    client = signed_in(member(Role.COUNCIL_MEMBER))
    answer = client.get(page())
    assert (answer.status_code, "Ihre Rolle" in answer.content.decode()) == (403, True)
    assert Client().get(page()).status_code == 302


def test_the_auditor_reads_and_comments_but_does_not_answer(bundle, auditor_client):
    assert 'name="frage-1.01-pick"' not in auditor_client.get(page(f"bundle/{bundle.pk}/")).content.decode()
    assert auditor_client.post(page(f"bundle/{bundle.pk}/"), posted(bundle)).status_code == 403
    assert auditor_client.post(page("question/1.01/"), {}).status_code in (403, 422)
    answer = auditor_client.post(page("question/1.01/comment/"), {"text": "Bitte mit Jahr", "asks": "on"}, follow=True)
    assert "Bitte mit Jahr" in answer.content.decode()
    assert "Bitte mit Jahr" in Client().get(link_to(bundle)).content.decode()
    assert Answer.objects.get(question_key="1.01").kind == "open"


def test_an_empty_comment_comes_back_with_a_sentence(bundle, auditor_client):
    answer = auditor_client.post(page("question/1.01/comment/"), {"text": " "})
    assert (answer.status_code, AnswerComment.objects.count()) == (422, 0)
    assert "Bitte schreiben Sie hier etwas." in answer.content.decode()


def test_a_text_of_a_megabyte_is_refused_without_losing_the_rest(bundle):
    answer = Client().post(
        link_to(bundle),
        posted(bundle, **{"1.03": {"pick": "value", "value": "x" * 1_000_000}, "1.01": {"pick": "option:yes"}}),
    )
    assert answer.status_code == 422
    assert "höchstens 20000 Zeichen" in answer.content.decode().replace(".", "")
    assert (stored(bundle.procedure, "1.01")["value"], stored(bundle.procedure, "1.03")["value"]) == ("yes", "")


def test_markup_in_answers_and_titles_is_only_text(procedure, youth_office, coordinator_client):
    bundle = make_bundle(procedure, youth_office, title=f"Titel {SCRIPT}", note=SCRIPT)
    say(
        bundle,
        **{
            "1.03": Given("value", SCRIPT, sources=SCRIPT, comment=SCRIPT),
            "1.01": Given("not_applicable", reason=SCRIPT),
        },
    )
    actions.comment_answer(procedure=procedure, question_key="1.03", text=SCRIPT, asks=True, by=AUDITOR, at=NOON)
    field = procedure.fields.first()
    finding = actions.write_finding(field=field, kind="need", text=SCRIPT, by=COORDINATOR, at=NOON)
    urls = ["", f"bundle/{bundle.pk}/", f"bundle/{bundle.pk}/pass-on/", f"field/{field.pk}/", "question/1.03/",
            f"finding/{finding.pk}/"]  # fmt: skip
    for url in [*map(page, urls), link_to(bundle)]:
        text = coordinator_client.get(url).content.decode()
        assert "<script>alert" not in text, url
        assert "&amp;lt;script" not in text, url
    assert "&lt;script&gt;" in text


def test_a_nul_sign_is_refused(bundle):
    answer = Client().post(link_to(bundle), posted(bundle, **{"1.03": {"pick": "value", "value": "a\x00b"}}))
    assert (answer.status_code, stored(bundle.procedure, "1.03")["value"]) == (422, "")


@pytest.mark.parametrize("as_link", [True, False])
def test_a_form_of_a_hundred_questions_costs_twelve_queries_at_most(procedure, youth_office, youth_client, as_link):
    few = make_bundle(procedure, youth_office, keys_of(procedure, number=100)[:5])
    many = make_bundle(procedure, youth_office, keys_of(procedure, number=105)[5:])
    spent = []
    for bundle in (few, many):
        url = link_to(bundle) if as_link else page(f"bundle/{bundle.pk}/")
        client = Client() if as_link else youth_client
        client.get(url)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = client.get(url)
        assert answer.content.decode().count('class="answer') >= bundle.answers.count()
        spent.append(queries_of(queries))
    assert spent[0] == spent[1] <= 12, spent


def test_overview_and_field_page_cost_the_same_for_one_and_for_many(
    procedure, youth_office, provider, coordinator_client
):
    field = procedure.fields.first()
    make_bundle(procedure, youth_office, ["1.01"])

    def spent(url: str) -> int:
        coordinator_client.get(url)
        with CaptureQueriesContext(connection) as queries:
            coordinator_client.get(url)
        return len(queries)

    urls = [page(), page(f"field/{field.pk}/"), page("export.csv")]
    before = [spent(url) for url in urls]
    for key in ("1.03", "1.04", "1.05"):
        bundle = make_bundle(procedure, provider, [key])
        say(bundle, **{key: Given("unknown", action_needed=True)})
        actions.comment_answer(procedure=procedure, question_key=key, text="?", asks=True, by=AUDITOR, at=NOON)
        actions.write_finding(field=field, kind="need", text="x", question_keys=[key], by=COORDINATOR, at=NOON)
    assert [spent(url) for url in urls] == before


def test_the_coordination_creates_a_bundle_and_one_per_field(procedure, youth_office, coordinator_client):
    form = coordinator_client.get(page(f"bundle/new/?field={procedure.fields.first().pk}")).content.decode()
    assert 'value="1.01" id="question-1.01" checked' in form
    sent = {"organisation": youth_office.pk, "title": "Leitbild", "due_on": "31.12.2099", "question": ["1.01", "1.03"]}
    assert coordinator_client.post(page("bundle/new/"), sent).status_code == 302
    bundle = QuestionBundle.objects.get()
    assert (bundle.title, bundle.email, bundle.answers.count()) == ("Leitbild", "jugendamt@auental.example", 2)
    second = procedure.fields.all()[1]
    sent = {"due_on": "31.12.2099", f"field_{second.pk}": youth_office.pk}
    assert coordinator_client.post(page("bundle/per-field/"), sent).status_code == 302
    assert QuestionBundle.objects.filter(title=str(second)).count() == 1


def test_a_bundle_without_ticked_questions_or_with_an_impossible_date_comes_back(
    procedure, youth_office, coordinator_client
):
    for change, sentence in (
        ({"question": []}, "mindestens eine Frage"),
        ({"due_on": "31.02.2099"}, "Diesen Tag gibt es nicht"),
        ({"due_on": "01.01.2020"}, "liegt in der Vergangenheit"),
        ({"title": ""}, "einen Titel"),
    ):
        sent = {"organisation": youth_office.pk, "title": "T", "due_on": "31.12.2099", "question": ["1.01"], **change}
        answer = coordinator_client.post(page("bundle/new/"), sent)
        assert (answer.status_code, sentence in answer.content.decode()) == (422, True), sentence
    assert not QuestionBundle.objects.exists()


def test_a_bundle_is_returned_closed_and_passed_on_by_page(bundle, contributor, coordinator_client, provider):
    answer_all(bundle, contributor)
    actions.submit_bundle(bundle=bundle, by=contributor, at=NOON)
    assert coordinator_client.post(page(f"bundle/{bundle.pk}/return/"), {"note": ""}).status_code == 422
    assert coordinator_client.post(page(f"bundle/{bundle.pk}/return/"), {"note": "Jahr fehlt"}).status_code == 302
    text = Client().get(link_to(bundle)).content.decode()
    assert "Jahr fehlt" in text
    sent = {"organisation": provider.pk, "email": "neu@kinderschutzbund.example", "note": ""}
    passed = Client().post(f"{link_to(bundle)}pass-on/", sent, follow=True)
    assert "weitergegeben" in passed.content.decode()
    assert coordinator_client.post(page(f"bundle/{bundle.pk}/close/")).status_code == 302
    bundle.refresh_from_db()
    assert (bundle.state, bundle.organisation) == ("closed", provider)


def test_a_provider_may_not_pass_on(procedure, provider):
    own = make_bundle(procedure, provider, ["2.01"])
    answer = Client().get(f"{link_to(own)}pass-on/")
    assert answer.status_code == 403


def test_findings_are_made_from_answers_by_one_click_and_edited(bundle, procedure, coordinator_client):
    say(bundle, **{"1.03": Given("value", "Nirgends", action_needed=True)})
    field = procedure.fields.first()
    assert "als Bedarf" in coordinator_client.get(page(f"field/{field.pk}/")).content.decode()
    sent = {"question": "1.03", "kind": "need"}
    assert coordinator_client.post(page(f"field/{field.pk}/finding/from-answer/"), sent).status_code == 302
    finding = Finding.objects.get()
    assert (finding.kind, finding.question_keys, finding.text.endswith("Nirgends")) == ("need", ["1.03"], True)
    sent = {"kind": "need", "text": "Der Familienbegriff fehlt.", "question_keys": ["1.03"], "edition": 1}
    assert coordinator_client.post(page(f"finding/{finding.pk}/"), sent).status_code == 302
    stale = coordinator_client.post(page(f"finding/{finding.pk}/"), {**sent, "text": "Alte Seite"})
    assert (stale.status_code, "Alte Seite" in stale.content.decode()) == (409, True)
    finding.refresh_from_db()
    assert finding.text == "Der Familienbegriff fehlt."
    assert (
        coordinator_client.post(
            page(f"field/{field.pk}/finding/from-answer/"), {"question": "1.04", "kind": "need"}
        ).status_code
        == 404
    )


def test_the_auditor_accepts_an_analysis_by_page(bundle, procedure, auditor_client, coordinator_client):
    field = procedure.fields.first()
    assert coordinator_client.post(page(f"field/{field.pk}/accept/")).status_code == 403
    assert (
        auditor_client.post(page(f"field/{field.pk}/analysis/"), {"summary": "Gut.", "edition": 1}).status_code == 302
    )
    answer = auditor_client.post(page(f"field/{field.pk}/accept/"), follow=True)
    assert "Anerkannt von" in answer.content.decode()


def test_no_cell_of_the_export_becomes_a_formula(bundle, procedure, coordinator_client):
    formula = '=HYPERLINK("http://boese.example","Klick")'
    say(bundle, **{"1.03": Given("value", formula), "1.04": Given("outside_competence", provided_by="@SUM(A1)")})
    actions.write_finding(field=procedure.fields.first(), kind="need", text="=1+1", by=COORDINATOR, at=NOON)
    rows = coordinator_client.get(page("export.csv")).content.decode("utf-8-sig")
    assert "\"'=HYPERLINK" in rows and "'@SUM(A1)" in rows
    book = load_workbook(io.BytesIO(coordinator_client.get(page("export.xlsx")).content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert formula in [cell.value for cell in cells]
    assert {cell.data_type for cell in cells} == {"s"}
    assert len(list(book["Antworten"].iter_rows())) == len(procedure.scheme.questions) + 1


def test_outside_of_the_stocktaking_everything_can_be_read_and_nothing_changed(
    bundle, procedure, coordinator_client, youth_client
):
    open_only(procedure, Stage.COUNCIL)
    for client in (coordinator_client, youth_client):
        answer = client.get(page(f"bundle/{bundle.pk}/"))
        assert (answer.status_code, "<textarea" in answer.content.decode()) == (200, False)
        assert client.post(page(f"bundle/{bundle.pk}/"), posted(bundle)).status_code == 403
    assert Client().get(link_to(bundle)).status_code == 403


def test_a_scheme_without_points_has_no_result_page(procedure, coordinator_client):
    assert coordinator_client.get(page("result/")).status_code == 404


def test_a_reminder_by_page_says_to_whom_it_went(procedure, youth_office, coordinator_client):
    bundle = make_bundle(
        procedure, youth_office, email="jugendamt@auental.example", due_on=NOON.date() + timedelta(days=9)
    )
    answer = coordinator_client.post(page(f"bundle/{bundle.pk}/remind/"), follow=True)
    assert "Die Erinnerung ging an jugendamt@auental.example." in answer.content.decode()


def test_a_contributor_of_two_organisations_sees_both_bundles(procedure, youth_office, provider):
    make_bundle(procedure, youth_office, ["1.01"])
    make_bundle(procedure, provider, ["2.01"])
    both = actor(Role.CONTRIBUTOR, organisations=[youth_office, provider])
    assert QuestionBundle.objects.filter(organisation__in=both.organisations).count() == 2
