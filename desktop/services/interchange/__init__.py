"""Files of other programs: looked at first, then taken over; and ours, written for them."""
