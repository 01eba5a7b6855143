"""The traps of a Bitrix24 client, by number, and the tests that show each of them avoided."""

from tests.services.api.bitrix24.named_tests import Trap
from tests.services.api.bitrix24.traps_calendar import CALENDAR, OFFLINE
from tests.services.api.bitrix24.traps_crm import ACTIVITIES, CONTACTS
from tests.services.api.bitrix24.traps_wire import SIGN_IN, TRANSPORT

TRAPS: dict[int, Trap] = {
    **TRANSPORT,
    **SIGN_IN,
    **CONTACTS,
    **ACTIVITIES,
    **CALENDAR,
    **OFFLINE,
}
