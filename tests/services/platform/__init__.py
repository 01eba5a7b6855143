"""What each operating system does in its own way."""
