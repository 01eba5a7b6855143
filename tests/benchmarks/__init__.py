"""Measurements against a reference taken in the same run."""
