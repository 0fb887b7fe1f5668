"""The addresses of the installation: start page, log-in, association, mails of the demo."""

from django.conf import settings
from django.urls import include, path

from kommpass.ui.gallery import gallery

urlpatterns = [
    path("", include("kommpass.portal.urls_installation")),
    path("accounts/", include("kommpass.town_hall.urls_installation")),
    path("accounts/", include("allauth.urls")),
    path("association/", include("kommpass.association.urls")),
    path("register/", include("kommpass.association.urls_public")),
    path("verify/", include("kommpass.certification.urls_installation")),
    path("", include("kommpass.notices.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
]
if settings.DEMO:
    urlpatterns.append(path("gallery/", gallery, name="gallery"))

handler404 = "kommpass.portal.views.failures.handler404"
handler500 = "kommpass.portal.views.failures.handler500"
