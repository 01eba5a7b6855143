"""What packaging/run.py does, with nothing but the standard library."""
