"""The address book of this room."""

from django.urls import path

from kommpass.association import views

app_name = "association"
urlpatterns = [
    path("procedures/", views.overview, name="overview"),
    path("installation/", views.installation, name="installation"),
    path("installation/towns/add/", views.town_add, name="town-add"),
]
