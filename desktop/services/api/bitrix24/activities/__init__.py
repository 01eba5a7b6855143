"""Meetings, calls, to-dos and cards in the CRM's timeline."""
