"""The question how far a change of one of a series reaches."""
