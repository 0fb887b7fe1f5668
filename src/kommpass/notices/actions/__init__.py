"""What this room does: send reminders, and give people a calendar of their deadlines."""

from kommpass.notices.actions.calendar import end_calendar_key, make_calendar_key
from kommpass.notices.actions.reminding import Outcome, send_due_reminders, send_reminder_letter

__all__ = ["Outcome", "end_calendar_key", "make_calendar_key", "send_due_reminders", "send_reminder_letter"]
