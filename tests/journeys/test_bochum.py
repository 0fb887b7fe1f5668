"""Bochum 2014: one paper, three bodies in fifteen days, and a document that carries the day of the council."""

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from kommpass.agreement import actions as agreement
from kommpass.agreement import documents, queries
from kommpass.agreement.models import Version
from kommpass.audits import actions as audits
from kommpass.audits.models import JournalEntry
from kommpass.audits.queries import broken_journal
from kommpass.bodies.models import Body
from kommpass.bodies.queries import paper_content
from kommpass.domain.permissions import Role
from kommpass.domain.phases import Stage
from kommpass.domain.targets import from_form
from kommpass.people.models import Organisation, Post
from tests.conftest import member, signed_in
from tests.journeys.story import (
    COORDINATION,
    add_body,
    add_goal,
    add_measure,
    adopt,
    advise,
    begin,
    draft_paper,
    freeze,
    noon,
    open_draft,
    resolve,
    town,
)

CONTRACT, DRAFTED, COUNCIL = date(2013, 4, 15), date(2014, 3, 3), date(2014, 4, 10)


@pytest.fixture
def bochum(db):
    with town("Bochum", "bochum", population=362_000, begins=date(2013, 2, 1)) as procedure:
        yield procedure


def test_bochum_goes_through_three_bodies(bochum):
    youth = Organisation.objects.create(name="Jugendamt", short="51 0")
    lead = Post.objects.create(organisation=youth, title="Projektleitung")
    audits.sign_contract(
        procedure=bochum, signed_on=CONTRACT, auditor_name="Auditorin des Vereins", by=COORDINATION, at=noon(CONTRACT)
    )
    audits.name_project_lead(procedure=bochum, post=lead, by=COORDINATION, at=noon(CONTRACT))
    begin(bochum, Stage.TARGETING, Stage.COUNCIL, on=DRAFTED)

    draft = open_draft(bochum, on=DRAFTED)
    network = add_goal(
        draft,
        1,
        "Die Vernetzung zum Thema Familie umfasst alle Handlungsfelder",
        on=DRAFTED,
        strategic="Familiengerechtigkeit wird gesteuert, vernetzt und dauerhaft umgesetzt.",
    )
    add_measure(network, "Netzwerk Familie einrichten", youth, due="2015", on=DRAFTED)
    care = add_goal(
        draft, 2, "Jede Familie findet Betreuung", on=DRAFTED, strategic="Familie und Arbeit passen zusammen."
    )
    places = add_measure(
        care, "Betreuung der unter Dreijährigen ausbauen", youth, due="2016-07", on=DRAFTED, cost_yearly="2500000"
    )
    agreement.add_indicator(
        measure=places,
        name="Betreuungsquote U3",
        baseline="32 %",
        source="Elternbefragung",
        target=from_form("percentage", value="40", by="Kita-Jahr 2015/16"),
        by=COORDINATION,
        at=noon(DRAFTED),
    )
    agreement.answer_measure(measure=places, accepted=True, by=COORDINATION, at=noon(DRAFTED))
    assert [each.number for each in queries.measures(draft)] == ["1.1.1", "2.1.1"]

    version = freeze(draft, on=date(2014, 3, 17), reason="Entwurf für die Gremien")
    finance, committee = (add_body(name, on=DRAFTED) for name in ("Haupt- und Finanzausschuss", "Jugendhilfeausschuss"))
    council = add_body("Rat der Stadt Bochum", kind=Body.Kind.COUNCIL, on=DRAFTED)
    paper = draft_paper(version, "20140656", on=date(2014, 3, 18), lead=youth)
    advise(paper, finance, on=date(2014, 3, 26))
    advise(paper, committee, on=date(2014, 4, 2))
    decision = resolve(paper, council, on=COUNCIL)
    adopt(version, decision, on=COUNCIL)

    assert [(each["body"], each["date"], each["result"]) for each in paper_content(paper)["chain"]] == [
        ("Haupt- und Finanzausschuss", "2014-03-26", "empfohlen"),
        ("Jugendhilfeausschuss", "2014-04-02", "empfohlen"),
        ("Rat der Stadt Bochum", "2014-04-10", "beschlossen"),
    ]
    assert queries.in_force(bochum, date(2014, 4, 9)) is None
    assert queries.in_force(bochum, COUNCIL) == version
    pdf = PdfReader(BytesIO(documents.make(Version.objects.get(), "pdf")))
    words = " ".join("\n".join(page.extract_text() for page in pdf.pages).split())
    for fact in (
        "Bochum",
        "10.04.2014",
        "20140656",
        "40 % bis Kita-Jahr 2015/16",
        "Projektleitung",
        "Auditorin des Vereins",
    ):
        assert fact in words, fact
    assert broken_journal() is None
    assert JournalEntry.objects.last().at == noon(COUNCIL)

    member_of_council = signed_in(member(Role.COUNCIL_MEMBER, email="rat@bochum.example"))
    page = member_of_council.get("/bochum/agreement/versions/as-of/?day=2014-04-10").content.decode()
    assert "Am 10.04.2014 galt Fassung 1." in page and "40 % bis Kita-Jahr 2015/16" in page
