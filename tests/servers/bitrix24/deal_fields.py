"""The fields of leads and deals that a scheduler meets (section 3.6)."""

from typing import Final

from .contact_fields import kinds
from .filters import Fields
from .multifields import MULTI_FIELDS
from .values import Row

_TIMES: Final = "DATE_CREATE DATE_MODIFY LAST_ACTIVITY_TIME".split()
_PEOPLE: Final = "ASSIGNED_BY_ID CREATED_BY_ID MODIFY_BY_ID LAST_ACTIVITY_BY".split()
_MONEY: Final = "OPPORTUNITY IS_MANUAL_OPPORTUNITY".split()
_ORIGIN: Final = "ORIGINATOR_ID ORIGIN_ID SOURCE_DESCRIPTION COMMENTS".split()

LEAD_FIELDS: Final[Fields] = kinds(
    int=["ID", "COMPANY_ID", "CONTACT_ID", *_PEOPLE],
    text=["TITLE", "NAME", "SECOND_NAME", "LAST_NAME", "COMPANY_TITLE", "POST", *_ORIGIN, *_MONEY],
    link="STATUS_ID STATUS_SEMANTIC_ID SOURCE_ID HONORIFIC CURRENCY_ID".split(),
    flag="OPENED HAS_PHONE HAS_EMAIL HAS_IMOL".split(),
    time=[*_TIMES, "DATE_CLOSED"],
    date=["BIRTHDATE"],
    multi=list(MULTI_FIELDS),
)
LEAD_SIMPLE: Final = tuple(name for name in LEAD_FIELDS if name not in MULTI_FIELDS)
LEAD_DEFAULTS: Final[Row] = {
    **dict.fromkeys(LEAD_SIMPLE),
    "STATUS_ID": "NEW",
    "STATUS_SEMANTIC_ID": "P",
    "OPENED": "Y",
    "HAS_PHONE": "N",
    "HAS_EMAIL": "N",
    "HAS_IMOL": "N",
    "OPPORTUNITY": "0.00",
    "IS_MANUAL_OPPORTUNITY": "N",
    "BIRTHDATE": "",
}

DEAL_FIELDS: Final[Fields] = kinds(
    int=["ID", "CATEGORY_ID", "CONTACT_ID", "COMPANY_ID", "LEAD_ID", "PROBABILITY", *_PEOPLE],
    text=["TITLE", "ADDITIONAL_INFO", *_ORIGIN, *_MONEY],
    link="TYPE_ID STAGE_ID STAGE_SEMANTIC_ID SOURCE_ID CURRENCY_ID".split(),
    flag="OPENED CLOSED IS_NEW".split(),
    time=_TIMES,
    date=["BEGINDATE", "CLOSEDATE"],
)
DEAL_SIMPLE: Final = tuple(DEAL_FIELDS)
DEAL_DEFAULTS: Final[Row] = {
    **dict.fromkeys(DEAL_SIMPLE),
    "TYPE_ID": "SALE",
    "CATEGORY_ID": "0",
    "STAGE_ID": "NEW",
    "STAGE_SEMANTIC_ID": "P",
    "OPPORTUNITY": "0.00",
    "IS_MANUAL_OPPORTUNITY": "N",
    "CURRENCY_ID": "EUR",
    "OPENED": "Y",
    "CLOSED": "N",
    "IS_NEW": "Y",
}
