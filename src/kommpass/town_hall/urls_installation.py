"""The address book of the installation part of this room. It stands before allauth's and closes what we do not use."""

from django.urls import path, re_path

from kommpass.town_hall.views import own

urlpatterns = [
    path("start/", own.home, name="home"),
    path("profile/", own.profile, name="profile"),
    path("signup/", own.no_sign_up, name="no-sign-up"),
    path("email/", own.closed),
    re_path(r"^confirm-email/(?:.*)$", own.closed),
    path("password/set/", own.closed),
    path("login/code/confirm/", own.closed),
    path("2fa/webauthn/signup/", own.closed),
]
