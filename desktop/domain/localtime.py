"""What time it is for a contact, and how we know. Better no answer than a guessed one."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from zoneinfo import ZoneInfo

from desktop.domain.city_zones import CITIES, REGIONS
from desktop.domain.contact import Contact, PostalAddress
from desktop.domain.country_names import COUNTRY_NAMES
from desktop.domain.country_zones import ZONE_OF_COUNTRY
from desktop.domain.phone_zones import zone_of_prefix


class LocalTimeSource(Enum):
    """How a contact's zone is known; shown beside the time, so that it can be corrected."""

    MANUAL = "manual"
    ADDRESS = "address"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class LocalTime:
    """A contact's zone. ``place`` is the city or country to show: "14:05 in Berlin"."""

    zone: str
    place: str
    source: LocalTimeSource

    def at(self, instant: datetime) -> datetime:
        """An aware ``instant`` on the contact's wall clock."""
        return instant.astimezone(ZoneInfo(self.zone))


@dataclass(frozen=True, slots=True)
class PhoneOrigin:
    """Where a phone number belongs: an ISO 3166 code, and the digits behind the country's code."""

    country: str
    national: str


PhoneReader = Callable[[str], PhoneOrigin | None]
"""Tells a number's origin: `phones.origin_of`."""


def local_time_of(contact: Contact, origin_of: PhoneReader | None = None) -> LocalTime | None:
    """The contact's zone: set by hand, else from the address, else from a phone number.

    None where none of them tells one zone: a country with several needs a city, a region or an
    area code that decides. Without ``origin_of`` phone numbers are left out.
    """
    return (
        _manual(contact.time_zone) or _by_address(contact.address) or _by_phones(contact, origin_of)
    )


def _manual(name: str) -> LocalTime | None:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None
    return LocalTime(name, _city_of(name), LocalTimeSource.MANUAL)


def _by_address(address: PostalAddress) -> LocalTime | None:
    zone = zone_of_address(address)
    if zone is None:
        return None
    place = address.city.strip() or address.region.strip() or address.country.strip()
    return LocalTime(zone, place, LocalTimeSource.ADDRESS)


def zone_of_address(address: PostalAddress) -> str | None:
    """The one zone that an address lies in, as far as its words tell; else None."""
    city, region = _folded(address.city), _folded(address.region)
    if not address.country.strip():
        zones = {zone for (_, name), zone in _CITY_ZONES.items() if city and name == city}
        return zones.pop() if len(zones) == 1 else None
    country = country_code(address.country)
    if country is None:
        return None
    return (
        ZONE_OF_COUNTRY.get(country)
        or _CITY_ZONES.get((country, city))
        or _REGION_ZONES.get((country, region))
    )


def country_code(name: str) -> str | None:
    """The ISO 3166 code of a country as people write it; None for words that we do not know."""
    folded = _folded(name)
    upper = name.strip().upper()
    return upper if upper in ZONE_OF_COUNTRY else _COUNTRY_CODES.get(folded)


def _by_phones(contact: Contact, origin_of: PhoneReader | None) -> LocalTime | None:
    """All numbers that tell a zone must tell the same one."""
    if origin_of is None:
        return None
    origins = [origin for phone in contact.phones if (origin := origin_of(phone.value))]
    zones = {zone for origin in origins if (zone := zone_of_origin(origin))}
    if len(zones) != 1:
        return None
    zone = zones.pop()
    return LocalTime(zone, _city_of(zone), LocalTimeSource.PHONE)


def zone_of_origin(origin: PhoneOrigin) -> str | None:
    """The zone of a number's country, or of its area code where the country has several."""
    return ZONE_OF_COUNTRY.get(origin.country) or zone_of_prefix(origin.country, origin.national)


def _city_of(zone: str) -> str:
    return zone.rsplit("/", maxsplit=1)[-1].replace("_", " ")


def _folded(text: str) -> str:
    """Lower case without accents, dots and hyphens, for comparing place names."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = letters.replace(".", " ").replace("-", " ").split()
    while len(words) > 1 and words[0] in ("г", "город", "city"):
        words = words[1:]
    return " ".join(words)


_CITY_ZONES = {(country, _folded(name)): zone for country, name, zone in CITIES}
_REGION_ZONES = {(country, _folded(name)): zone for country, name, zone in REGIONS}
_COUNTRY_CODES = {
    _folded(name): code for code, names in COUNTRY_NAMES.items() for name in (code, *names)
}
