"""The meeting dialog: the form at the left, the day at the right."""
