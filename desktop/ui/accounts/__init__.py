"""Accounts: the way in, what each can do, and the way out."""
