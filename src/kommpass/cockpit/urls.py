"""The address book of the cockpit."""

from django.urls import path

from kommpass.cockpit import views

app_name = "cockpit"
urlpatterns = [
    path("", views.home, name="home"),
    path("calendar/", views.calendar, name="calendar"),
    path("council/", views.council, name="council"),
    path("council/ask/", views.council_ask, name="council-ask"),
    path("phases/<slug:key>/", views.phase, name="phase"),
    path("phases/<slug:key>/close/", views.phase_close, name="phase-close"),
    path("phases/<slug:key>/open/", views.phase_open, name="phase-open"),
]
