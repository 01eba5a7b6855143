"""The fields of an activity: kinds, defaults, what may be written and what never changes."""

from typing import Final

from .filters import Fields, Kind
from .values import Row

_KINDS: Final[dict[Kind, str]] = {
    "int": "ID OWNER_ID OWNER_TYPE_ID TYPE_ID ASSOCIATED_ENTITY_ID STATUS RESPONSIBLE_ID PRIORITY "
    "NOTIFY_TYPE NOTIFY_VALUE DESCRIPTION_TYPE DIRECTION AUTHOR_ID EDITOR_ID RESULT_STATUS "
    "RESULT_STREAM RESULT_SOURCE_ID RESULT_MARK AUTOCOMPLETE_RULE",
    "text": "SUBJECT DESCRIPTION LOCATION ORIGINATOR_ID ORIGIN_ID RESULT_VALUE RESULT_SUM "
    "RESULT_CURRENCY_ID PROVIDER_DATA",
    "link": "PROVIDER_ID PROVIDER_TYPE_ID PROVIDER_GROUP_ID",
    "flag": "COMPLETED IS_INCOMING_CHANNEL",
    "time": "CREATED LAST_UPDATED START_TIME END_TIME DEADLINE",
}
ACTIVITY_FIELDS: Final[Fields] = {
    name: kind for kind, names in _KINDS.items() for name in names.split()
}
OBJECTS: Final = ("SETTINGS", "PROVIDER_PARAMS")
SHOWN: Final = tuple(n for n in ACTIVITY_FIELDS if n != "IS_INCOMING_CHANNEL") + OBJECTS
DEFAULTS: Final[Row] = {
    **dict.fromkeys(SHOWN),
    "SETTINGS": [],
    "PROVIDER_PARAMS": [],
    "ASSOCIATED_ENTITY_ID": "0",
    "RESULT_MARK": "0",
    "RESULT_STATUS": "0",
    "RESULT_STREAM": "0",
    "AUTOCOMPLETE_RULE": "0",
    "DESCRIPTION": "",
    "LOCATION": "",
    "IS_INCOMING_CHANNEL": "N",
}
WRITABLE: Final = (
    "SUBJECT COMPLETED RESPONSIBLE_ID PRIORITY NOTIFY_TYPE NOTIFY_VALUE DESCRIPTION "
    "DESCRIPTION_TYPE DIRECTION LOCATION ORIGIN_ID ORIGINATOR_ID RESULT_STATUS RESULT_STREAM "
    "RESULT_SOURCE_ID RESULT_MARK RESULT_VALUE RESULT_SUM RESULT_CURRENCY_ID PROVIDER_DATA"
).split()
"""Times, status and communications have rules of their own; owner and type never change."""

OWNER_NAMES: Final = {1: "LEAD", 2: "DEAL", 3: "CONTACT", 4: "COMPANY"}
OWNER_PREFIXES: Final = {1: "L", 2: "D", 3: "C", 4: "CO"}
TYPE_NAMES: Final = {3: "Task", 5: "Activity"}
MEETING: Final = 1
CALL: Final = 2
