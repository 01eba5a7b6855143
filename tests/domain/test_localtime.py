"""What time it is for a contact: forty zones, three sources, and never a guess."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.city_zones import CITIES, REGIONS
from desktop.domain.contact import Contact, Phone, PostalAddress
from desktop.domain.country_names import COUNTRY_NAMES
from desktop.domain.country_zones import ZONE_OF_COUNTRY
from desktop.domain.ids import AccountId, ContactId
from desktop.domain.localtime import (
    LocalTime,
    LocalTimeSource,
    PhoneOrigin,
    country_code,
    local_time_of,
)
from desktop.domain.phone_zones import _PREFIXES, zone_of_prefix
from desktop.domain.phones import origin_of


def _contact(
    *,
    city: str = "",
    region: str = "",
    country: str = "",
    phones: tuple[str, ...] = (),
    zone: str = "",
) -> Contact:
    return Contact(
        ContactId("c"),
        AccountId("a"),
        given_name="Alex",
        phones=tuple(Phone(number) for number in phones),
        address=PostalAddress(city=city, region=region, country=country),
        time_zone=zone,
    )


BY_PHONE = [
    ("+49 30 1234567", "Europe/Berlin"),
    ("+43 1 1234567", "Europe/Vienna"),
    ("+41 44 123 45 67", "Europe/Zurich"),
    ("+44 20 7946 0000", "Europe/London"),
    ("+353 1 234 5678", "Europe/Dublin"),
    ("+33 1 23 45 67 89", "Europe/Paris"),
    ("+34 91 123 45 67", "Europe/Madrid"),
    ("+34 928 12 34 56", "Atlantic/Canary"),
    ("+351 21 123 4567", "Europe/Lisbon"),
    ("+351 296 123 456", "Atlantic/Azores"),
    ("+39 02 1234 5678", "Europe/Rome"),
    ("+48 22 123 45 67", "Europe/Warsaw"),
    ("+90 212 123 45 67", "Europe/Istanbul"),
    ("+380 44 123 4567", "Europe/Kyiv"),
    ("+7 495 123-45-67", "Europe/Moscow"),
    ("+7 (343) 123-45-67", "Asia/Yekaterinburg"),
    ("+7 383 123 45 67", "Asia/Novosibirsk"),
    ("+7 4012 12 34 56", "Europe/Kaliningrad"),
    ("+7 423 212 34 56", "Asia/Vladivostok"),
    ("+7 727 123 4567", "Asia/Almaty"),
    ("+995 32 212 34 56", "Asia/Tbilisi"),
    ("+374 10 123456", "Asia/Yerevan"),
    ("+971 4 123 4567", "Asia/Dubai"),
    ("+972 3 123 4567", "Asia/Jerusalem"),
    ("+91 22 1234 5678", "Asia/Kolkata"),
    ("+977 1 4123456", "Asia/Kathmandu"),
    ("+86 10 1234 5678", "Asia/Shanghai"),
    ("+81 3 1234 5678", "Asia/Tokyo"),
    ("+82 2 123 4567", "Asia/Seoul"),
    ("+65 6123 4567", "Asia/Singapore"),
    ("+61 8 9123 4567", "Australia/Perth"),
    ("+61 2 9123 4567", "Australia/Sydney"),
    ("+64 9 123 4567", "Pacific/Auckland"),
    ("+1 212 555 0123", "America/New_York"),
    ("+1 312 555 0123", "America/Chicago"),
    ("+1 303 555 0123", "America/Denver"),
    ("+1 415 555 0123", "America/Los_Angeles"),
    ("+1 416 555 0123", "America/Toronto"),
    ("+1 876 512 3456", "America/Jamaica"),
    ("+55 11 3123 4567", "America/Sao_Paulo"),
    ("+54 11 4123 4567", "America/Argentina/Buenos_Aires"),
    ("+27 21 123 4567", "Africa/Johannesburg"),
    ("+20 2 2123 4567", "Africa/Cairo"),
    ("0049 30 1234567", "Europe/Berlin"),
]
BY_ADDRESS = [
    ({"country": "Deutschland"}, "Europe/Berlin"),
    ({"country": "DE", "city": "Köln"}, "Europe/Berlin"),
    ({"country": "Россия", "city": "г. Екатеринбург"}, "Asia/Yekaterinburg"),
    ({"country": "РФ", "city": "москва"}, "Europe/Moscow"),
    ({"country": "RU", "region": "Свердловская область"}, "Asia/Yekaterinburg"),
    ({"country": "USA", "city": "San Francisco"}, "America/Los_Angeles"),
    ({"country": "United States", "region": "NY"}, "America/New_York"),
    ({"country": "España", "city": "Málaga"}, "Europe/Madrid"),
    ({"country": "Spain", "city": "Las Palmas"}, "Atlantic/Canary"),
    ({"country": "Australia", "city": "Perth"}, "Australia/Perth"),
    ({"city": "Berlin"}, "Europe/Berlin"),
    ({"city": "Санкт-Петербург"}, "Europe/Moscow"),
    ({"city": "Sao Paulo"}, "America/Sao_Paulo"),
    ({"city": "İstanbul"}, "Europe/Istanbul"),
    ({"country": "Czech Republic", "city": "Anywhere"}, "Europe/Prague"),
]
UNKNOWN = [
    _contact(),
    _contact(country="Россия"),
    _contact(country="USA"),
    _contact(country="United States", city="Springfield"),
    _contact(country="US", region="TX"),
    _contact(country="Atlantis", city="Berlin"),
    _contact(city="Birmingham"),
    _contact(city="Valencia"),
    _contact(city="St. Petersburg"),
    _contact(phones=("+7 900 000-00-01",)),
    _contact(phones=("+61 412 345 678",)),
    _contact(phones=("8 495 123-45-67",)),
    _contact(phones=("030 1234567",)),
    _contact(phones=("+49 30 1234567", "+7 495 123-45-67")),
    _contact(phones=("+800 1234 5678",)),
    _contact(phones=("+49 1",)),
    _contact(phones=("call me",)),
    _contact(zone="Mars/Olympus"),
    _contact(zone="../../etc/passwd"),
]


@pytest.mark.parametrize(("number", "zone"), BY_PHONE)
def test_a_phone_number_tells_the_zone(number, zone):
    found = local_time_of(_contact(phones=(number,)), origin_of)

    assert found is not None
    assert (found.zone, found.source) == (zone, LocalTimeSource.PHONE)


def test_the_fixture_has_forty_zones():
    assert len({zone for _, zone in BY_PHONE}) >= 40


@pytest.mark.parametrize(("address", "zone"), BY_ADDRESS)
def test_an_address_tells_the_zone(address, zone):
    found = local_time_of(_contact(**address))

    assert found is not None
    assert (found.zone, found.source) == (zone, LocalTimeSource.ADDRESS)


@pytest.mark.parametrize("contact", UNKNOWN)
def test_what_is_not_certain_is_not_guessed(contact):
    assert local_time_of(contact, origin_of) is None


def test_a_zone_set_by_hand_wins_over_everything():
    contact = _contact(
        zone="America/New_York", city="Berlin", country="DE", phones=("+7 495 1234567",)
    )

    assert local_time_of(contact, origin_of) == LocalTime(
        "America/New_York", "New York", LocalTimeSource.MANUAL
    )


def test_the_address_wins_over_the_phone():
    contact = _contact(city="Berlin", phones=("+7 495 123-45-67",))

    found = local_time_of(contact, origin_of)

    assert found == LocalTime("Europe/Berlin", "Berlin", LocalTimeSource.ADDRESS)


def test_an_area_code_helps_where_the_country_of_the_address_does_not():
    found = local_time_of(_contact(country="Россия", phones=("+7 383 123-45-67",)), origin_of)

    assert found is not None
    assert found.zone == "Asia/Novosibirsk"


def test_without_a_reader_phones_are_left_out():
    assert local_time_of(_contact(phones=("+49 30 1234567",))) is None


def test_the_wall_clock_is_told_for_an_instant():
    berlin = LocalTime("Europe/Berlin", "Berlin", LocalTimeSource.ADDRESS)

    told = berlin.at(datetime(2026, 11, 20, 13, 5, tzinfo=UTC))

    assert (told.hour, told.minute) == (14, 5)


def test_every_zone_in_the_tables_exists():
    prefixes = [line.split(":")[0].split()[1] for line in _PREFIXES.strip().splitlines()]
    zones = {*ZONE_OF_COUNTRY.values(), *prefixes}
    zones |= {zone for _, _, zone in (*CITIES, *REGIONS)}

    assert [zone for zone in sorted(zones) if not ZoneInfo(zone).key] == []


def test_no_area_code_stands_in_two_zones():
    for country in {line.split()[0] for line in _PREFIXES.strip().splitlines()}:
        codes = [
            code
            for line in _PREFIXES.strip().splitlines()
            if line.startswith(country)
            for code in line.partition(": ")[2].split()
        ]
        assert sorted(codes) == sorted(set(codes)), country


def test_a_country_that_keeps_one_time_gives_the_same_zone_as_its_cities():
    differing = [
        (country, name, zone)
        for country, name, zone in CITIES
        if ZONE_OF_COUNTRY.get(country, zone) != zone
    ]

    assert differing == []


def test_every_written_name_leads_to_its_country():
    wrong = [
        (name, code)
        for code, names in COUNTRY_NAMES.items()
        for name in names
        if country_code(name) != code
    ]

    assert wrong == []


@given(st.text(max_size=20), st.text(max_size=20))
def test_no_text_breaks_it(city, number):
    found = local_time_of(_contact(city=city, phones=(f"+{number}",)), origin_of)

    assert found is None or ZoneInfo(found.zone).key == found.zone


def test_the_longest_prefix_decides():
    assert zone_of_prefix("RU", "4012123456") == "Europe/Kaliningrad"
    assert zone_of_prefix("RU", "9000000001") is None


@pytest.mark.parametrize("number", ["+", "+++", "+999 123456789", "+49" + "1" * 40])
def test_what_is_no_number_has_no_origin(number):
    assert origin_of(number) is None


def test_a_number_that_is_not_in_use_belongs_to_the_only_country_of_its_code():
    assert origin_of("+995 000 000 000") == PhoneOrigin("GE", "000000000")
    assert origin_of("+7 000 000 00 00") is None
