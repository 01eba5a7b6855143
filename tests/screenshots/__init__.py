"""Pictures of the real program, for the README and for those who judge how it looks."""
