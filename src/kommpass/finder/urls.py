"""The address book of the family portal."""

from django.urls import path

from kommpass.finder.views import app, calendar, favourites, finding, offers, signals, tiles

app_name = "finder"
urlpatterns = [
    path("", finding.find, name="find"),
    path("app.webmanifest", app.manifest, name="manifest"),
    path("worker.js", app.worker, name="worker"),
    path("offline/", app.offline, name="offline"),
    path("map/", finding.district_map, name="map"),
    path("tiles/<slug:source>/<int:zoom>/<int:column>/<int:row>/", tiles.tile, name="tile"),
    path("print/", finding.print_list, name="print"),
    path("help/", finding.easy, name="easy"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar.ics", calendar.search_file, name="search-calendar"),
    path("favourites/", favourites.favourites, name="favourites"),
    path("receipt/", signals.receipt, name="receipt"),
    path("<uuid:key>/", offers.offer, name="offer"),
    path("<uuid:key>/print/", offers.handout, name="handout"),
    path("<uuid:key>/calendar.ics", calendar.offer_file, name="offer-calendar"),
    path("<uuid:key>/signal/", signals.signal, name="signal"),
    path("provider/<uuid:key>/", offers.provider, name="provider"),
    path("provider/<uuid:key>/calendar.ics", calendar.provider_file, name="provider-calendar"),
]
