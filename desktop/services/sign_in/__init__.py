"""How an account comes to be: tested, signed in, kept in the keyring, moved."""
