"""iCalendar and vCard, loaded when a file is read or written for the first time."""

from desktop.services.interchange.ics_read import read_ics
from desktop.services.interchange.ics_write import write_ics
from desktop.services.interchange.vcard import read_vcards, write_vcards

__all__ = ["read_ics", "read_vcards", "write_ics", "write_vcards"]
