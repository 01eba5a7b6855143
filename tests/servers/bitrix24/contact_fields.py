"""The fields of contacts and companies: kinds, defaults, and what may be written."""

from typing import Final

from .filters import Fields, Kind
from .multifields import MULTI_FIELDS
from .values import Row

USER_FIELD: Final = "UF_CRM_1720697698689"
"""The one own field of a fresh portal's contacts."""

_TEXTS: Final = (
    "NAME SECOND_NAME LAST_NAME POST COMMENTS SOURCE_DESCRIPTION ORIGINATOR_ID ORIGIN_ID "
    "ORIGIN_VERSION ADDRESS ADDRESS_2 ADDRESS_CITY ADDRESS_POSTAL_CODE ADDRESS_REGION "
    "ADDRESS_PROVINCE ADDRESS_COUNTRY ADDRESS_COUNTRY_CODE ADDRESS_LOC_ADDR_ID "
    "UTM_SOURCE UTM_MEDIUM UTM_CAMPAIGN UTM_CONTENT UTM_TERM"
).split()
_LINKS: Final = "HONORIFIC TYPE_ID SOURCE_ID PHOTO FACE_ID".split()
_FLAGS: Final = "EXPORT OPENED HAS_PHONE HAS_EMAIL HAS_IMOL".split()
_NUMBERS: Final = (
    "ID COMPANY_ID LEAD_ID ASSIGNED_BY_ID CREATED_BY_ID MODIFY_BY_ID LAST_ACTIVITY_BY".split()
)
_TIMES: Final = "DATE_CREATE DATE_MODIFY LAST_ACTIVITY_TIME".split()


def kinds(**names: list[str]) -> dict[str, Kind]:
    """Field name -> kind, from the names of each kind."""
    found: dict[str, Kind] = {}
    known: tuple[Kind, ...] = ("int", "text", "link", "flag", "time", "date", "multi")
    for kind in known:
        found.update(dict.fromkeys(names.get(kind, ()), kind))
    return found


CONTACT_FIELDS: Final[Fields] = kinds(
    int=_NUMBERS,
    text=_TEXTS,
    link=_LINKS,
    flag=_FLAGS,
    time=_TIMES,
    date=["BIRTHDATE"],
    multi=list(MULTI_FIELDS),
)
CONTACT_SIMPLE: Final = tuple(name for name in CONTACT_FIELDS if name not in MULTI_FIELDS)
CONTACT_DEFAULTS: Final[Row] = {
    **dict.fromkeys(CONTACT_SIMPLE),
    "EXPORT": "N",
    "OPENED": "Y",
    "HAS_PHONE": "N",
    "HAS_EMAIL": "N",
    "HAS_IMOL": "N",
    "BIRTHDATE": "",
}

_COMPANY_TEXTS: Final = (
    "TITLE REVENUE COMMENTS BANKING_DETAILS ORIGINATOR_ID ORIGIN_ID ORIGIN_VERSION ADDRESS "
    "ADDRESS_2 ADDRESS_CITY ADDRESS_POSTAL_CODE ADDRESS_REGION ADDRESS_PROVINCE ADDRESS_COUNTRY "
    "ADDRESS_COUNTRY_CODE ADDRESS_LOC_ADDR_ID"
).split()
COMPANY_FIELDS: Final[Fields] = kinds(
    int="ID LEAD_ID ASSIGNED_BY_ID CREATED_BY_ID MODIFY_BY_ID LAST_ACTIVITY_BY".split(),
    text=_COMPANY_TEXTS,
    link="COMPANY_TYPE INDUSTRY EMPLOYEES CURRENCY_ID LOGO".split(),
    flag="OPENED HAS_PHONE HAS_EMAIL HAS_IMOL IS_MY_COMPANY".split(),
    time=_TIMES,
    multi=list(MULTI_FIELDS),
)
COMPANY_SIMPLE: Final = tuple(name for name in COMPANY_FIELDS if name not in MULTI_FIELDS)
COMPANY_DEFAULTS: Final[Row] = {
    **dict.fromkeys(COMPANY_SIMPLE),
    "REVENUE": "0",
    "OPENED": "Y",
    "HAS_PHONE": "N",
    "HAS_EMAIL": "N",
    "HAS_IMOL": "N",
    "IS_MY_COMPANY": "N",
}

READ_ONLY: Final = frozenset(
    "ID DATE_CREATE DATE_MODIFY CREATED_BY_ID MODIFY_BY_ID HAS_PHONE HAS_EMAIL HAS_IMOL "
    "LAST_ACTIVITY_TIME LAST_ACTIVITY_BY FACE_ID".split()
)
IMPORT_ONLY: Final = frozenset("DATE_CREATE DATE_MODIFY CREATED_BY_ID MODIFY_BY_ID".split())
"""Read-only unless ``params.IMPORT`` is "Y"."""
