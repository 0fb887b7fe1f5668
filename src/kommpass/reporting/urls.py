"""The address book of this room."""

app_name = "reporting"
urlpatterns = []
