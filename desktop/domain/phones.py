"""Telephone numbers: which country they belong to.

The library's tables take 50 ms to load, so this module is loaded after the first paint and handed
to those who need it (`localtime.local_time_of`).
"""

import phonenumbers

from desktop.domain.localtime import PhoneOrigin

_NOWHERE = "001"
"""What the library calls numbers of no country: satellites, free phone."""


def origin_of(number: str) -> PhoneOrigin | None:
    """The country of a number written with its country code; None for any other text.

    A national number is not read: which country it means would be a guess.
    """
    international = number.strip()
    if international.startswith("00"):
        international = "+" + international[2:]
    if not international.startswith("+"):
        return None
    try:
        parsed = phonenumbers.parse(international, None)
    except phonenumbers.NumberParseException:
        return None
    country = phonenumbers.region_code_for_number(parsed) or _only_country(parsed)
    if country is None or country == _NOWHERE or not phonenumbers.is_possible_number(parsed):
        return None
    return PhoneOrigin(country, phonenumbers.national_significant_number(parsed))


def _only_country(number: phonenumbers.PhoneNumber) -> str | None:
    """The country of a code that one country has alone, though the number itself is not in use."""
    countries = phonenumbers.region_codes_for_country_code(number.country_code or 0)
    return countries[0] if len(countries) == 1 else None
