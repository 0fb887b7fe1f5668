"""The address book of this room."""

from django.urls import path

from kommpass.reporting import views

app_name = "reporting"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("begin/", views.begin, name="begin"),
    path("<int:report_id>/", views.report, name="report"),
    path("<int:report_id>/seal/", views.seal, name="seal"),
    path("<int:report_id>/sections/<slug:section>/", views.section, name="section"),
    path("<int:report_id>/fields/<int:field_id>/", views.field_text, name="field-text"),
    path("sealed/<int:sealed_id>/", views.sealed, name="sealed"),
    path("sealed/<int:sealed_id>/part/<int:place>/", views.sealed_field, name="sealed-field"),
    path("sealed/<int:sealed_id>/documents/<slug:form>.<slug:kind>", views.document, name="document"),
    path("sealed/<int:sealed_id>/note/", views.note, name="note"),
    path("sealed/<int:sealed_id>/paper/", views.paper_new, name="paper-new"),
    path("sealed/<int:sealed_id>/submit/", views.submit, name="submit"),
    path("compare/<int:older_id>/<int:newer_id>/", views.compare, name="compare"),
    path("received/<int:sealed_id>/", views.received, name="received"),
    path("received/<int:sealed_id>/part/<int:place>/", views.received_field, name="received-field"),
    path("received/<int:sealed_id>/documents/<slug:kind>", views.received_document, name="received-document"),
    path("received/<int:sealed_id>/return/", views.send_back, name="return"),
    path("received/<int:sealed_id>/accept/", views.accept, name="accept"),
    path("received/compare/<int:older_id>/<int:newer_id>/", views.received_compare, name="received-compare"),
]
