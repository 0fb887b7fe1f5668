"""The address book of public verification: outside of all towns, because nobody knows the town yet."""

from django.urls import path

from kommpass.certification.views import verifying

app_name = "certification"
urlpatterns = [
    path("", verifying.verify, name="verify"),
    path("file/", verifying.verify_file, name="verify-file"),
    path("<str:number>/", verifying.verify_number, name="verify-number"),
]
