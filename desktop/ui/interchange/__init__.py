"""Files of other programs: a look at what they would bring, then the user decides."""
