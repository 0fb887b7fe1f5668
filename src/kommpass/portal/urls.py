"""The address book of the public pages of a town."""

from django.urls import path

from kommpass.portal.views import legal, progress, town

app_name = "portal"
urlpatterns = [
    path("", town.home, name="home"),
    path("field/<str:number>/", town.field, name="field"),
    path("decisions/", town.decisions, name="decisions"),
    path("history/", town.history, name="history"),
    path("agreement.json", town.data, name="data"),
    path("progress/", progress.overview, name="progress"),
    path("progress/field/<str:number>/", progress.field, name="progress-field"),
    path("progress/embed/", progress.embed, name="embed"),
    path("progress.json", progress.data, name="progress-data"),
    path("easy/", town.easy, name="easy"),
    path("imprint/", legal.imprint, name="imprint"),
    path("privacy/", legal.privacy, name="privacy"),
    path("accessibility/", legal.accessibility, name="accessibility"),
]
