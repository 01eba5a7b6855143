"""What a configurable activity looks like in the portal's timeline: the whole of its layout."""
