"""What is remembered: two encrypted SQLite files."""
