"""Bitrix24: contacts, activities and calendars over its REST interface."""
