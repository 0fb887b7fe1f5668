"""The address book of this room."""

from django.urls import path

from kommpass.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.mails, name="mails"),
    path("<str:file>/<int:place>/", views.mail, name="mail"),
]
