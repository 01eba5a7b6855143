"""Bringing wishes out and the servers' copies in."""
