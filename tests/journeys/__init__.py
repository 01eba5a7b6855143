"""Journeys: the real program, driven by keyboard and mouse."""
