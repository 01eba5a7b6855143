"""What the files of a profile are called."""

OWN_NAME = "store.db"
CACHE_NAME = "cache.db"
DAMAGED_CACHE_NAME = "cache.damaged"
