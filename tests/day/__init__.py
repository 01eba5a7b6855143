"""Whole working days with a large portal, in seconds: time leaps wherever nobody works."""
