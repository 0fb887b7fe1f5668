"""What happens to offers once they are in the directory: changes, proposals, words from families, other languages."""

from functools import partial

from kommpass.demo.walk.diary import Diary
from kommpass.demo.walk.offers_content import fields
from kommpass.demo.walk.town import TownOnItsWay
from kommpass.domain.permissions import NOBODY, Actor
from kommpass.offers import actions
from kommpass.offers.models import Offer, OfferText, Proposal, Provider
from kommpass.people.models import ContributionLink
from kommpass.people.queries import link_actor


def note_voices(diary: Diary, told: dict) -> None:
    """Changes, proposals that wait or are settled, words from families, and texts in other languages."""
    walk = diary.walk
    for each in told["change"]:
        diary.note(each["ago"], partial(_change, walk, each), hour=10)
    for each in told["proposal"]:
        diary.note(each["ago"], partial(_propose, walk, each), hour=11)
        for answer in {"accepted", "declined"} & each.keys():
            diary.note(each[answer], partial(_settle, walk, each), hour=10)
    for each in told["signal"]:
        diary.note(each["ago"], partial(_signal, walk, each), hour=19)
        if "settled" in each:
            diary.note(each["settled"], partial(_settle_signal, walk, each), hour=10)
    for each in told["text"]:
        diary.note(each["ago"], partial(_write_text, walk, each), hour=15)


def _changed(walk: TownOnItsWay, told: dict, by: Actor) -> Offer | Proposal:
    offer, at = walk.fresh(f"offer {told['offer']}"), walk.clock()
    document = offer.document.having(**fields(walk, told["to"], written_on=at.date()))
    return actions.change_offer(offer=offer, content=document, seen=offer.edition, by=by, at=at)


def _change(walk: TownOnItsWay, told: dict) -> None:
    """By whoever may: a provider that is not trusted asks the coordination."""
    provider = walk.fresh(f"offer {told['offer']}").provider
    _changed(walk, told, voice_of(walk, provider) if provider.trusted else walk.cast.actor("lead"))


def _propose(walk: TownOnItsWay, told: dict) -> None:
    provider = walk.fresh(f"offer {told['offer']}").provider
    walk.marks[f"proposal {told['offer']}"] = _changed(walk, told, voice_of(walk, provider))


def _settle(walk: TownOnItsWay, told: dict) -> None:
    proposal = walk.fresh(f"proposal {told['offer']}")
    if "accepted" in told:
        actions.accept_proposal(proposal=proposal, **walk.now)
    else:
        actions.decline_proposal(proposal=proposal, reason=told["reason"], **walk.now)


def _signal(walk: TownOnItsWay, told: dict) -> None:
    walk.marks[f"signal {told['offer']}"] = actions.send_signal(
        offer=walk.fresh(f"offer {told['offer']}"), kind=told["kind"], text=told["text"], by=NOBODY, at=walk.clock()
    )


def _settle_signal(walk: TownOnItsWay, told: dict) -> None:
    actions.settle_signal(signal=walk.fresh(f"signal {told['offer']}"), answer=told["answer"], **walk.now)


def _write_text(walk: TownOnItsWay, told: dict) -> OfferText:
    """Written in the house and read by somebody who knows the language."""
    text = actions.write_text(
        offer=walk.fresh(f"offer {told['offer']}"),
        **{name: told[name] for name in ("language", "title", "summary", "text") if name in told},
        **walk.now,
    )
    return actions.review_text(text=text, **walk.now)


def voice_of(walk: TownOnItsWay, provider: Provider) -> Actor:
    """Whoever has an account for the provider, else whoever holds the link in its mail."""
    name = walk.key_of(provider.organisation_id)
    if name in walk.cast.voices:
        return walk.cast.voice_of(name)
    return link_actor(ContributionLink(organisation=provider.organisation))
