"""What the directory stores."""

from kommpass.offers.models.directory import Location, Offer, OfferAtLocation, OfferText, Provider
from kommpass.offers.models.findable import IndexCard, IndexPlace, IndexState, SearchEntry, SearchMiss, SearchWord, Slot
from kommpass.offers.models.importing import ImportRecipe, ImportRun, Origin
from kommpass.offers.models.steering import CoverageRule, DuplicateVerdict, Transition
from kommpass.offers.models.truth import AskedOffer, Confirmation, Proposal, Revision, Signal

__all__ = [
    "AskedOffer",
    "Confirmation",
    "CoverageRule",
    "DuplicateVerdict",
    "ImportRecipe",
    "ImportRun",
    "IndexCard",
    "IndexPlace",
    "IndexState",
    "Location",
    "Offer",
    "OfferAtLocation",
    "OfferText",
    "Origin",
    "Proposal",
    "Provider",
    "Revision",
    "SearchEntry",
    "SearchMiss",
    "SearchWord",
    "Signal",
    "Slot",
    "Transition",
]
