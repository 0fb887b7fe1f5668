"""The address book of the public pages of the installation."""

from django.urls import path

from kommpass.portal.views import legal, start

urlpatterns = [
    path("", start.start, name="start"),
    path("robots.txt", start.robots, name="robots"),
    path("imprint/", legal.imprint, name="imprint"),
    path("privacy/", legal.privacy, name="privacy"),
    path("accessibility/", legal.accessibility, name="accessibility"),
]
