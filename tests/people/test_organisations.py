"""Organisations and posts: things belong to posts, and two editors lose nothing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kommpass.audits.models import JournalEntry
from kommpass.domain.permissions import Role
from kommpass.domain.refusals import NotAllowed, NotPossible, Stale
from kommpass.people import queries
from kommpass.people.models import Organisation, Post
from kommpass.town_hall import actions
from tests.conftest import NOON, actor, make_user, member


@pytest.fixture
def anna(auental):
    return member(Role.AUDITOR, email="anna@auental.example", name="Anna Amt")


@pytest.fixture
def bernd(auental):
    return member(Role.COUNCIL_OFFICE, email="bernd@auental.example", name="Bernd Büro")


def test_an_organisation_is_added_on_its_page(client_as):
    browser = client_as()
    data = {"name": "Amt für Soziales", "kind": "department", "short": "50", "email": "soziales@auental.example"}

    response = browser.post("/auental/people/organisations/add/", data)

    added = Organisation.objects.get()
    assert response["Location"] == f"/auental/people/organisations/{added.pk}/"
    assert (added.name, added.kind, added.short, added.email) == tuple(data.values())
    assert "Amt für Soziales" in browser.get(response["Location"]).content.decode()


def test_two_organisations_do_not_share_a_name(client_as, youth_office):
    response = client_as().post("/auental/people/organisations/add/", {"name": "Jugendamt", "kind": "department"})

    assert "gibt es schon" in response.content.decode() and Organisation.objects.count() == 1


def test_a_change_is_written_down_with_old_and_new(youth_office):
    actions.change_organisation(
        organisation=youth_office, changes={"name": "Amt für Jugend", "short": "51"}, seen=1, by=actor(), at=NOON
    )
    entry = JournalEntry.objects.get()

    assert (entry.action, entry.details) == (
        "organisation.edit",
        {"organisation": youth_office.pk, "old": {"name": "Jugendamt"}, "new": {"name": "Amt für Jugend"}},
    )


def test_the_second_of_two_editors_meets_a_merge_page_and_loses_no_text(client_as, youth_office):
    actions.change_organisation(organisation=youth_office, changes={"phone": "0123 neu"}, seen=1, by=actor(), at=NOON)
    browser, url = client_as(), f"/auental/people/organisations/{youth_office.pk}/edit/"
    mine = {"name": "Jugendamt", "kind": "department", "short": "51", "email": youth_office.email, "phone": "0123 mein"}

    answer = browser.post(url, mine | {"edition": "1"})

    page = answer.content.decode()
    assert answer.status_code == 409 and "0123 neu" in page and "0123 mein" in page
    assert browser.post(url, mine | {"edition": "2"}).status_code == 302
    youth_office.refresh_from_db()
    assert youth_office.phone == "0123 mein"


def test_a_post_has_a_holder_and_a_deputy(client_as, youth_office, anna, bernd):
    browser = client_as()
    url = f"/auental/people/organisations/{youth_office.pk}/posts/add/"

    browser.post(url, {"title": "Leitung", "holder": anna.pk, "deputy": bernd.pk})

    assert list(Post.objects.values_list("title", "holder", "deputy")) == [("Leitung", anna.pk, bernd.pk)]
    page = browser.get(f"/auental/people/organisations/{youth_office.pk}/").content.decode()
    assert "Anna Amt" in page and "Bernd Büro" in page


def test_nobody_deputises_for_themselves(client_as, youth_office, anna):
    url = f"/auental/people/organisations/{youth_office.pk}/posts/add/"

    page = client_as().post(url, {"title": "Leitung", "holder": anna.pk, "deputy": anna.pk}).content.decode()

    assert "sich selbst vertreten" in page and Post.objects.count() == 0
    with pytest.raises(NotPossible):
        actions.add_post(organisation=youth_office, title="Leitung", holder=anna, deputy=anna, by=actor(), at=NOON)


def test_only_people_of_this_town_hold_its_posts(client_as, youth_office):
    foreigner = make_user("fremd@anderswo.example", "Fremde Person")
    url = f"/auental/people/organisations/{youth_office.pk}/posts/add/"

    client_as().post(url, {"title": "Leitung", "holder": foreigner.pk})

    assert Post.objects.count() == 0


def test_two_editors_of_a_post(youth_office, anna, bernd, post):
    actions.change_post(post=post, changes={"holder": anna}, seen=1, by=actor(), at=NOON)
    with pytest.raises(Stale):
        actions.change_post(post=post, changes={"holder": bernd}, seen=1, by=actor(), at=NOON)
    post.refresh_from_db()
    assert (post.holder, post.edition) == (anna, 2)


def test_a_post_on_which_something_hangs_is_not_removed(procedure, post, client_as):
    procedure.project_lead = post
    procedure.save()
    with pytest.raises(NotPossible):
        actions.remove_post(post=post, by=actor(), at=NOON)
    procedure.project_lead = None
    procedure.save()

    client_as().post(f"/auental/people/posts/{post.pk}/remove/")

    assert Post.objects.count() == 0


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.COORDINATOR, Role.ADMINISTRATOR}))
def test_others_change_no_organisation(auental, role):
    with pytest.raises(NotAllowed):
        actions.add_organisation(name="Amt", kind="department", by=actor(role), at=NOON)


def test_html_in_names_stays_text(client_as, youth_office):
    bad = '<img src=x onerror="alert(1)">'
    browser = client_as()
    actions.change_organisation(organisation=youth_office, changes={"name": bad}, seen=None, by=actor(), at=NOON)
    member(Role.CONTRIBUTOR, organisation=youth_office, email="html@auental.example", name=bad)

    for path in ("", "organisations/", f"organisations/{youth_office.pk}/", "hand-over/", "links/"):
        assert "<img src=x" not in browser.get(f"/auental/people/{path}").content.decode()


@pytest.mark.parametrize("path", ["", "organisations/", "links/"])
def test_the_lists_ask_the_database_equally_often_for_one_and_for_many(client_as, path, youth_office, procedure):
    browser = client_as()

    def queries_of_the_page() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert browser.get(f"/auental/people/{path}").status_code == 200
        return len(asked)

    def add(number: int) -> None:
        somebody = member(Role.CONTRIBUTOR, organisation=youth_office, email=f"p{number}@auental.example")
        house = Organisation.objects.create(name=f"Haus {number}")
        Post.objects.create(organisation=house, title="Leitung", holder=somebody)
        for organisation in (house, youth_office):
            actions.issue_link(
                organisation=organisation, purpose="bundle", subject=number, email="a@b.example", by=actor(), at=NOON,
                url_name="stocktaking:by-link", subject_line="Fragen", text="Text",
            )  # fmt: skip
        actions.invite_person(
            email=f"neu{number}@auental.example",
            name="Neu",
            role=Role.PROVIDER,
            organisation=house,
            by=actor(),
            at=NOON,
        )

    add(1)
    few = queries_of_the_page()
    for number in range(2, 12):
        add(number)

    assert queries_of_the_page() == few


def test_a_letter_to_an_organisation_goes_to_its_mailbox_else_to_the_post(youth_office, post, anna):
    assert queries.post_address(youth_office) == "jugendamt@auental.example"
    youth_office.email = ""
    assert queries.post_address(youth_office) == ""
    post.holder = anna
    post.save()
    assert queries.post_address(youth_office) == "anna@auental.example"
