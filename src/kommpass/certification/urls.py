"""The address book of the certificate of a town."""

from django.urls import path

from kommpass.certification.views import office, town

app_name = "certification"
urlpatterns = [
    path("", town.overview, name="overview"),
    path("issue/", office.issue, name="issue"),
    path("<int:certificate_id>/", town.certificate, name="certificate"),
    path("<int:certificate_id>/sign/", office.sign, name="sign"),
    path("<int:certificate_id>/steps/", office.step, name="step"),
    path("<int:certificate_id>/proofs/", town.proof, name="proof"),
    path("<int:certificate_id>/logo.svg", town.logo, name="logo"),
    path("documents/<int:document_id>/document.<str:kind>", town.document, name="document"),
]
