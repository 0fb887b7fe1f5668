"""The address book of the directory."""

from django.urls import path

from kommpass.offers.urls_importing import urlpatterns as importing
from kommpass.offers.urls_steering import urlpatterns as steering
from kommpass.offers.views import (
    by_link,
    districts,
    duplicates,
    lists,
    locations,
    offers,
    proposals,
    providers,
    signals,
    texts,
    upkeep,
    writing,
)

app_name = "offers"
urlpatterns = [
    path("", lists.overview, name="overview"),
    path("own/", lists.own, name="own"),
    path("own/confirm/", lists.confirm, name="confirm"),
    path("upkeep/", upkeep.upkeep, name="upkeep"),
    path("upkeep/<int:provider_id>/ask/", upkeep.ask, name="ask"),
    path("link/<str:token>/", by_link.confirm, name="by-link"),
    path("link/<str:token>/<int:offer_id>/", by_link.change, name="by-link-change"),
    path("new/", writing.offer_new, name="offer-new"),
    path("<int:offer_id>/", offers.offer, name="offer"),
    path("<int:offer_id>/edit/", writing.offer_edit, name="offer-edit"),
    path("<int:offer_id>/publish/", offers.publish, name="publish"),
    path("<int:offer_id>/pause/", offers.pause, name="pause"),
    path("<int:offer_id>/end/", offers.end, name="end"),
    path("<int:offer_id>/history/", offers.history, name="history"),
    path("<int:offer_id>/history/<int:number>/undo/", offers.undo, name="undo"),
    path("<int:offer_id>/text/<str:language>/", texts.text_edit, name="text"),
    path("<int:offer_id>/text/<str:language>/review/", texts.text_review, name="text-review"),
    path("proposals/", proposals.proposals, name="proposals"),
    path("proposals/<int:proposal_id>/", proposals.proposal, name="proposal"),
    path("proposals/<int:proposal_id>/accept/", proposals.accept, name="proposal-accept"),
    path("proposals/<int:proposal_id>/decline/", proposals.decline, name="proposal-decline"),
    path("duplicates/", duplicates.duplicates, name="duplicates"),
    path("duplicates/<int:first_id>/<int:second_id>/", duplicates.duplicate, name="duplicate"),
    path("duplicates/<int:first_id>/<int:second_id>/judge/", duplicates.judge, name="judge"),
    path("duplicates/verdicts/<int:verdict_id>/undo/", duplicates.undo, name="verdict-undo"),
    path("providers/", providers.providers, name="providers"),
    path("providers/new/", providers.provider_new, name="provider-new"),
    path("providers/<int:provider_id>/", providers.provider, name="provider"),
    path("providers/<int:provider_id>/edit/", providers.provider_edit, name="provider-edit"),
    path("locations/", locations.locations, name="locations"),
    path("locations/<int:location_id>/", locations.location, name="location"),
    path("locations/<int:location_id>/edit/", locations.location_edit, name="location-edit"),
    path("locations/<int:location_id>/accessibility/", locations.accessibility_edit, name="accessibility"),
    path("districts/", districts.districts, name="districts"),
    path("signals/", signals.signals, name="signals"),
    path("signals/<int:signal_id>/settle/", signals.settle, name="signal-settle"),
    *importing,
    *steering,
]
