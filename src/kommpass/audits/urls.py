"""The address book of the procedure."""

from django.urls import path

from kommpass.audits import views

app_name = "audits"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("start/", views.start, name="start"),
    path("choose/", views.choose, name="choose"),
    path("scheme/", views.scheme, name="scheme"),
    path("scheme/<str:version>/upgrade/", views.upgrade, name="upgrade"),
    path("plan/<slug:key>/", views.plan, name="plan"),
    path("contract/", views.contract, name="contract"),
    path("lead/", views.lead, name="lead"),
    path("themes/", views.themes, name="themes"),
    path("merge/", views.merge, name="merge"),
    path("state/<slug:change>/", views.state, name="state"),
    path("journal/", views.journal, name="journal"),
    path("journal/verify/", views.journal_verify, name="journal-verify"),
    path("journal/export/", views.journal_export, name="journal-export"),
]
