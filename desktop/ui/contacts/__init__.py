"""Contacts: search, list, card and editor."""
