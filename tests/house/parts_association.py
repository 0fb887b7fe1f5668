"""What the association keeps about a town: contract, instalments, a licence, an agenda, a ceremony."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from kommpass.assessment import actions as assessment
from kommpass.association import actions as association
from kommpass.domain.permissions import Role
from kommpass.people.models import User
from tests.conftest import actor


def the_association(town) -> dict:
    """After assessment and certification: it wants a case (`waiting_case`) and a certificate of this town."""
    text, values, today = town.text, town.values, timezone.localdate()
    office = {"by": actor(Role.ASSOCIATION_OFFICE, name=text("Geschäftsstelle")), "at": timezone.now()}
    contract = association.record_contract(
        procedure=town.procedure, signed_on=today - timedelta(days=300), fee=Decimal("17500.50"),
        note=text("Gespräch mit der Kämmerei"), **office,
    )  # fmt: skip
    rows = [(today + timedelta(days=days), Decimal("8750.25")) for days in (-20, 160)]
    instalment, _second = association.set_instalments(contract=contract, instalments=rows, **office)
    person = User.objects.create_user(f"audit{town.rounds}@{town.slug}.example", name=text("Aude Zugelassen"))
    association.license_auditor(person=person, since=today, note=text("Schulung besucht"), **office)
    conflict = assessment.declare_conflict(person=person, reason=text("Wohnt nebenan"), **office)
    meeting = association.plan_board_meeting(
        held_on=today + timedelta(days=30), place=text("Haus der Familie"), note=text("Beginn um zehn"), **office
    )
    association.set_agenda(meeting=meeting, cases=[values["waiting_case"]], **office)
    ceremony = association.plan_ceremony(
        title=text("Verleihung"), held_on=today + timedelta(days=90), place=text("Stadthalle"), **office
    )
    guest = association.invite_to_ceremony(ceremony=ceremony, certificate=values["certificate"], people=4, **office)
    scheme = town.procedure.scheme
    return {
        "towns/slug": town.slug, "audit_id": town.procedure.pk, "contract_id": contract.pk,
        "instalment_id": instalment.pk, "auditor_id": person.pk, "declared_id": conflict.pk,
        "board_meeting_id": meeting.pk, "ceremony_id": ceremony.pk, "guest_id": guest.pk,
        "scheme_key": scheme.key, "scheme_version": scheme.version,
    }  # fmt: skip
