"""The directory of offers: districts with boundaries, providers, places, and a year of offers being kept true.

The data stand in the folder `offers` of a town, in as many files as they need. Everything is written into a diary, so
that it happens between the other things of the town, each on its day.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from kommpass.demo.stories import FOLDER, story
from kommpass.demo.walk.diary import Diary
from kommpass.demo.walk.offers_content import content
from kommpass.demo.walk.offers_steering import note_steering
from kommpass.demo.walk.offers_voices import note_voices, voice_of
from kommpass.demo.walk.town import TownOnItsWay
from kommpass.domain.permissions import Actor
from kommpass.municipalities.models import District
from kommpass.offers import actions
from kommpass.offers.actions.districts import set_boundary
from kommpass.offers.models import Offer
from kommpass.town_hall.actions import add_organisation

KINDS = ("provider", "location", "offer", "change", "proposal", "signal", "text", "rule", "transition")
ABOUT_ORGANISATION = ("name", "short", "kind", "email", "phone")
ABOUT_PROVIDER = ("description", "website", "umbrella", "register", "trusted")
ABOUT_LOCATION = ("name", "street", "stop")


def keep_directory(walk: TownOnItsWay) -> None:
    """The directory on its own, for a town in which nothing else happens meanwhile."""
    diary = Diary(walk)
    note_directory(diary)
    diary.live()


def note_directory(diary: Diary) -> None:
    """Everything that happens in the directory, written into the diary."""
    walk, told = diary.walk, read(diary.walk)
    first = told["begins"]
    diary.note(first, partial(_draw_districts, walk))
    diary.note(first, partial(_note_providers, walk, told), hour=10)
    diary.note(first, partial(_note_locations, walk, told), hour=11)
    for each in told["location"]:
        if "checked" in each:
            diary.note(each["checked"], partial(_check_accessibility, walk, each), hour=12)
    for each in told["offer"]:
        _note_offer(diary, each)
    for each in told["provider"]:
        for ago in each.get("confirmed", []):
            diary.note(ago, partial(_confirm, walk, told, each, ago), hour=14)
    note_voices(diary, told)
    note_steering(diary, told)


def read(walk: TownOnItsWay) -> dict:
    """All files of a town's folder as one; each kind of thing in the order of the files."""
    today, folder = walk.clock.today, FOLDER / walk.town.slug / "offers"
    names = sorted(path.stem for path in folder.glob("*.toml"))
    files = [story(walk.town.slug, f"offers/{name}", today) for name in names]
    whole = {kind: [each for told in files for each in told.get(kind, [])] for kind in KINDS}
    for told in files:
        whole |= {name: value for name, value in told.items() if name not in KINDS}
    return whole


def _draw_districts(walk: TownOnItsWay) -> None:
    """The boundaries, as the surveyor's office delivers them."""
    for each in story(walk.town.slug, "districts", walk.clock.today)["district"]:
        boundary = {"type": "Polygon", "coordinates": [each["ring"]]}
        set_boundary(district=District.objects.get(name=each["name"]), boundary=boundary, **walk.now)


def _note_providers(walk: TownOnItsWay, told: dict) -> None:
    """Organisations become providers; those that the town did not know yet are entered first."""
    for each in told["provider"]:
        organisations = walk.cast.organisations
        if "name" in each:
            about = {name: each[name] for name in ABOUT_ORGANISATION if name in each}
            organisations[each["key"]] = add_organisation(**about, **walk.now)
        about = {name: each[name] for name in ABOUT_PROVIDER if name in each}
        walk.marks[f"provider {each['key']}"] = actions.add_provider(
            organisation=organisations[each["key"]], **about, **walk.now
        )
        walk.marks[f"contact of {each['key']}"] = each["contact"]


def _note_locations(walk: TownOnItsWay, told: dict) -> None:
    for each in told["location"]:
        latitude, longitude = each.get("point", (None, None))
        walk.marks[f"location {each['key']}"] = actions.add_location(
            **told["address"],
            **{name: each[name] for name in ABOUT_LOCATION if name in each},
            latitude=latitude,
            longitude=longitude,
            accuracy="address" if "point" in each else "unknown",
            point_source="Adressverzeichnis der Stadt" if "point" in each else "",
            **walk.now,
        )


def _check_accessibility(walk: TownOnItsWay, told: dict) -> None:
    """Somebody went there with a list and a folding rule."""
    states = dict.fromkeys(told.get("accessible", []), "yes") | dict.fromkeys(told.get("barriers", []), "no")
    actions.change_accessibility(
        location=walk.fresh(f"location {told['key']}"), states=states, source="Begehung mit dem Beirat", **walk.now
    )


def _note_offer(diary: Diary, told: dict) -> None:
    """An offer is written down and published; some pause or end later, some are confirmed on a day of their own."""
    walk, name = diary.walk, f"offer {told['key']}"
    diary.note(told["written"], partial(_write, walk, told), hour=13)
    for word, act in (("paused", actions.pause_offer), ("ended", actions.end_offer)):
        if word in told:
            diary.note(told[word], partial(_act, walk, act, name))
    for ago in told.get("confirmed") or []:
        diary.note(ago, lambda: actions.confirm_offers(offers=[walk.fresh(name)], **walk.now), hour=14)


def _act(walk: TownOnItsWay, act: Callable, name: str) -> None:
    act(offer=walk.fresh(name), **walk.now)


def _write(walk: TownOnItsWay, told: dict) -> Offer:
    """By the provider where they have an account, else by the coordination; what was imported nobody has confirmed."""
    by = replace(walk.cast.actor("lead"), via="command") if told.get("imported") else _author(walk, told["provider"])
    at = walk.clock()
    document = content(walk, told, walk.marks[f"contact of {told['provider']}"], written_on=at.date())
    provider = walk.fresh(f"provider {told['provider']}")
    offer = actions.add_offer(provider=provider, content=document, by=by, at=at)
    walk.marks[f"offer {told['key']}"] = offer
    if told.get("state") != "draft":
        offer = actions.publish_offer(offer=offer, by=by, at=walk.clock())
    if offer.state == Offer.State.SUBMITTED and told.get("state") != "submitted":
        actions.publish_offer(offer=offer, **walk.now)
    return offer


def _author(walk: TownOnItsWay, provider: str) -> Actor:
    """Whoever has an account for the provider, else the coordination, which types what it is told on the phone."""
    return walk.cast.voice_of(provider) if provider in walk.cast.voices else walk.cast.actor("lead")


def _confirm(walk: TownOnItsWay, told: dict, provider: dict, ago: int) -> None:
    """The provider says in one click that everything holds. What goes its own way is not among it."""
    names = [
        f"offer {each['key']}"
        for each in told["offer"]
        if each["provider"] == provider["key"] and each["written"] > ago and "confirmed" not in each
    ]
    offers = list(
        Offer.objects.filter(pk__in=[walk.marks[name].pk for name in names], state__in=Offer.PUBLIC)
        .select_related("provider__organisation")
        .order_by("pk")
    )
    if offers:
        actions.confirm_offers(offers=offers, by=voice_of(walk, offers[0].provider), at=walk.clock())
