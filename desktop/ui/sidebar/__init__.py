"""Left of the calendar: the mini month and the list of calendars."""
