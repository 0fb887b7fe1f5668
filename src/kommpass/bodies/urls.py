"""The address book of this room."""

from django.urls import path

from kommpass.bodies.views import bodies, papers, stations

app_name = "bodies"

urlpatterns = [
    path("", papers.overview, name="overview"),
    path("decisions/", papers.decisions, name="decisions"),
    path("papers/new/", papers.paper_new, name="paper-new"),
    path("papers/<int:paper_id>/", papers.paper, name="paper"),
    path("papers/<int:paper_id>/edit/", papers.paper_edit, name="paper-edit"),
    path("papers/<int:paper_id>/print/", papers.paper_print, name="paper-print"),
    path("papers/<int:paper_id>/stations/", stations.station_add, name="station-add"),
    path("stations/<int:station_id>/edit/", stations.station_edit, name="station-edit"),
    path("stations/<int:station_id>/drop/", stations.station_drop, name="station-drop"),
    path("stations/<int:station_id>/agenda/", stations.station_agenda, name="station-agenda"),
    path("stations/<int:station_id>/result/", stations.station_result, name="station-result"),
    path("stations/<int:station_id>/take-back/", stations.station_take_back, name="station-take-back"),
    path("stations/<int:station_id>/decision/", stations.decision_register, name="decision-register"),
    path("decisions/<int:decision_id>/correct/", stations.decision_correct, name="decision-correct"),
    path("meetings/", bodies.calendar, name="meetings"),
    path("meetings/<int:meeting_id>/drop/", bodies.meeting_drop, name="meeting-drop"),
    path("list/", bodies.body_list, name="list"),
    path("list/new/", bodies.body_new, name="body-new"),
    path("list/<int:body_id>/", bodies.body, name="body"),
    path("list/<int:body_id>/meetings/", bodies.meeting_add, name="meeting-add"),
    path("list/<int:body_id>/edit/", bodies.body_edit, name="body-edit"),
]
