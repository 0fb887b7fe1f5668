"""What is to be said today: who is reminded of what, and what the calendar of a person holds."""

from kommpass.notices.queries.calendar import Due, calendar_key_of, calendar_keys, dues_of, entries
from kommpass.notices.queries.due import due_reminders
from kommpass.notices.queries.reminder import Reminder

__all__ = ["Due", "Reminder", "calendar_key_of", "calendar_keys", "due_reminders", "dues_of", "entries"]
