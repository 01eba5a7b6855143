"""Calendars: events, series, invitations, busy time, rooms, the portal's habits."""
