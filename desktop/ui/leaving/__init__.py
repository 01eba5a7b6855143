"""Closing Parley where nothing outlives it."""
