"""Contacts and companies, by either family of methods."""
