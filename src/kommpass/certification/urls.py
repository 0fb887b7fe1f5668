"""The address book of this room."""

app_name = "certification"
urlpatterns = []
