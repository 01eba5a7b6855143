"""This computer only: the same port, with nobody at the other end."""
