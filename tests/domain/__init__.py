"""Tests of values and pure functions."""
