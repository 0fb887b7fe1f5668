"""The directory of a town of the house-wide walks: a provider with offers in every state, and all that can wait."""

from kommpass.adapters.offer_files import read
from kommpass.agreement import actions as agreement
from kommpass.domain.offers.content import Contact, Cost, OfferContent, Place
from kommpass.domain.permissions import Role
from kommpass.domain.schedules import Schedule
from kommpass.offers import actions as offers
from kommpass.offers.actions import importing
from kommpass.offers.models import Provider
from kommpass.open_data.hsds.ids import HOUSE, child
from kommpass.people.links import token_of
from tests.conftest import actor
from tests.house.town_parts import link_for


def the_offers(town) -> dict:
    """An offer with everything one may say of it, two that look alike, a draft, a proposal, a word from a family."""
    text, deed, organisation = town.text, town.deed, town.values["organisation"]
    provider = Provider.objects.filter(organisation=organisation).first() or offers.add_provider(
        organisation=organisation, description=text("Für Familien da"), **deed
    )
    place = offers.add_location(
        name=text("Haus"),
        street=text("Weg"),
        postal_code="59000",
        city=town.slug,
        latitude=51.85,
        longitude=8.25,
        **deed,
    )
    offers.change_accessibility(location=place, states={"step_free": "yes", "toilet": "no"}, **deed)
    content = _content(text, place)
    offer = offers.add_offer(provider=provider, content=content, **deed)
    offer = offers.publish_offer(offer=offer, **deed)
    offer = offers.change_offer(offer=offer, content=content.having(summary=text("Jetzt auch freitags")), **deed)
    twin = offers.publish_offer(offer=offers.add_offer(provider=provider, content=content, **deed), **deed)
    judged = offers.publish_offer(offer=offers.add_offer(provider=provider, content=content, **deed), **deed)
    draft = offers.add_offer(provider=provider, content=content.having(title=text("Entwurf")), **deed)
    verdict = offers.judge_pair(first=offer, second=judged, verdict="different", **deed)
    written = offers.write_text(
        offer=offer, language="de-easy", title=text("Gruppe"), summary=text("Für Babys"), text=text("Leicht"), **deed
    )
    signal = offers.send_signal(offer=offer, kind="times", text=text("Montags ist zu"), **deed)
    hands = actor(Role.PROVIDER, organisations=[organisation], name=text("Paula"))
    proposal = offers.change_offer(
        offer=offer, content=content.having(summary=text("Vorschlag")), by=hands, at=deed["at"]
    )
    rule = offers.add_coverage_rule(title=text("Je Stadtteil ein Zentrum"), facility="family_centre", **deed)
    transition = offers.add_transition(
        title=text("Von der Kita in die Schule"), from_phase="three_to_six", to_phase="six_to_ten", giver=provider,
        taker=provider,
        form=text("Gespräch"), note=text("Im Mai"), **deed,
    )  # fmt: skip
    agreement.tie_offer(measure=town.values["measure"], offer=offer, role="carries_out", **deed)
    sheets = read(f"Nr;Name;Text\n{town.rounds};{text('Chor')};{text('Singen')}\n".encode(), "liste.csv")
    listed = importing.keep_list(source=text("Liste"), file_name="liste.csv", sheets=sheets, **deed)
    return {
        "import_id": listed.pk, "offer_id": offer.pk, "first_id": offer.pk, "second_id": twin.pk, "draft": draft,
        "number": offer.edition, "language": written.language, "provider_id": provider.pk, "location_id": place.pk,
        "proposal_id": proposal.pk, "signal_id": signal.pk, "verdict_id": verdict.pk,
        "offers/key": offer.key, "key": offer.key, "provider/key": provider.key,
        "link/token": token_of(link_for(organisation, "offers", provider.pk)),
        "services/key": offer.key, "organizations/key": provider.key, "locations/key": offer.places.get().key,
        "taxonomies/key": child(HOUSE, "taxonomy", "topic"),
        "terms/key": child(child(HOUSE, "taxonomy", "topic"), "term", "sport"),
        "matrix/form": "csv", "phases/phase": "under_three",
        "tiles/source": "unset", "tiles/zoom": 13, "tiles/column": 4283, "tiles/row": 2708,
        "rule_id": rule.pk, "transition_id": transition.pk,
    }  # fmt: skip


def _content(text, place) -> OfferContent:
    return OfferContent(
        title=text("Krabbelgruppe"), summary=text("Spielen und reden"), text=text("Wir treffen uns"),
        min_months=6, max_months=18, topics=("meeting",), facility="family_centre", cost="paid",
        costs=(Cost(text("Termin"), "3.00"),), contacts=(Contact(text("Büro"), "02941 1234", "buero@haus.example"),),
        places=(Place(str(place.key), text("Saal")),), languages=("de", "tr"),
        times=(Schedule(kind="session", rule="FREQ=WEEKLY;BYDAY=TU", starts="10:00", ends="11:30"),),
    )  # fmt: skip
