"""What each operating system does in its own way: one module per system."""
