"""The addresses inside a town: /auental/…"""

from django.urls import include, path

from kommpass.sockets import every

urlpatterns = [
    path("", include("kommpass.cockpit.urls")),
    path("procedure/", include("kommpass.audits.urls")),
    path("people/", include("kommpass.town_hall.urls")),
    path("stocktaking/", include("kommpass.stocktaking.urls")),
    path("offers/", include("kommpass.offers.urls")),
    path("participation/", include("kommpass.participation.urls")),
    path("bodies/", include("kommpass.bodies.urls")),
    path("agreement/", include("kommpass.agreement.urls")),
    path("assessment/", include("kommpass.assessment.urls")),
    path("certificate/", include("kommpass.certification.urls")),
    path("progress/", include("kommpass.implementation.urls")),
    path("reports/", include("kommpass.reporting.urls")),
    path("balance/", include("kommpass.balancing.urls")),
    path("public/offers/", include("kommpass.finder.urls")),
    path("api/", include("kommpass.open_data.urls")),
    path("public/", include("kommpass.portal.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    *[path(f"{module.key}/", include(module.urls)) for module in every()],
]

handler404 = "kommpass.portal.views.failures.handler404"
handler500 = "kommpass.portal.views.failures.handler500"
