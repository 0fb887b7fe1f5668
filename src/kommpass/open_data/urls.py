"""The address book for other programs."""

app_name = "open_data"
urlpatterns: list = []
