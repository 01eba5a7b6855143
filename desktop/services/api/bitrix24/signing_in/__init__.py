"""Proving who one is: tokens, the vendor's sign-in server, what a sign-in allows."""
