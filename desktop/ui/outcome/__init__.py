"""What became of a meeting, noted in a few keys."""
