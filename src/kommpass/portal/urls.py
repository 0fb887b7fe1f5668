"""The address book of the public pages of a town."""

from django.urls import path

from kommpass.portal.views import legal, town

app_name = "portal"
urlpatterns = [
    path("", town.home, name="home"),
    path("field/<str:number>/", town.field, name="field"),
    path("decisions/", town.decisions, name="decisions"),
    path("history/", town.history, name="history"),
    path("agreement.json", town.data, name="data"),
    path("easy/", town.easy, name="easy"),
    path("imprint/", legal.imprint, name="imprint"),
    path("privacy/", legal.privacy, name="privacy"),
    path("accessibility/", legal.accessibility, name="accessibility"),
]
