"""The address book of the public register: outside of all towns, for everybody."""

from django.urls import path

from kommpass.association.views import register

app_name = "register"
urlpatterns = [
    path("", register.register, name="register"),
    path("register.json", register.data, name="data"),
    path("register.csv", register.table, name="table"),
]
