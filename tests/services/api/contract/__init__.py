"""What every account promises, whichever system it speaks with."""
