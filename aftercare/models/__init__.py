"""Contact after the departure: when it is owed, what was heard, who was seen, and how it ends."""

from aftercare.models.schedule import ContactSchedule, ScheduleTemplate

__all__ = ["ContactSchedule", "ScheduleTemplate"]
