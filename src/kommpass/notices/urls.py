"""The address book of this room. It stands at the root of the installation: mails and calendars belong to no town."""

from django.urls import path

from kommpass.notices.views import calendar, mails

app_name = "notices"
urlpatterns = [
    path("mails/", mails.mails, name="mails"),
    path("mails/<str:file>/<int:place>/", mails.mail, name="mail"),
    path("accounts/calendar/", calendar.calendar, name="calendar"),
    path("accounts/calendar/end/", calendar.calendar_end, name="calendar-end"),
    path("calendar/<str:token>/kommpass.ics", calendar.calendar_feed, name="calendar-feed"),
]
