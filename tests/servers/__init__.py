"""Emulated remote systems, each a process of its own."""
