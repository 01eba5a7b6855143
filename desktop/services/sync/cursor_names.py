"""Names of the cursors that the sync keeps in the cache, for whoever asks how far it is."""

CONTACTS = "contacts"
"""The adapter's own cursor."""

CONTACTS_COMPLETE = "contacts.complete"
"""There once all contacts have been read: from then on a miss is a miss."""

CONTACTS_TOTAL = "contacts.total"
"""How many the server says it has, while they are first read."""

CONTACTS_SWEPT = "contacts.swept"
"""When the ids were last compared, ISO 8601."""

SYNCED_AT = "synced"
"""When the account was last read with success, ISO 8601."""

DEALS = "deals"
"""The adapter's own cursor for deals."""

DEALS_AT = "deals.at"
"""When the open deals were last read, ISO 8601."""

OWN_FIELDS = "own fields"
"""What fields the server's people have added to contacts, as JSON."""
