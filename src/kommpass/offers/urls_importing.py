"""The addresses of taking over lists."""

from django.urls import path

from kommpass.offers.views import importing

urlpatterns = [
    path("import/", importing.upload, name="import"),
    path("imports/", importing.runs, name="imports"),
    path("import/<int:import_id>/map/", importing.mapping, name="import-map"),
    path("import/<int:import_id>/preview/", importing.preview, name="import-preview"),
    path("import/<int:import_id>/carry-out/", importing.carry_out, name="import-carry-out"),
    path("import/<int:import_id>/drop/", importing.drop, name="import-drop"),
]
