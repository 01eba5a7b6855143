"""``crm.enum.*``: the numbers of the CRM and their names (sections 3.9 and 4.2)."""

from functools import partial
from typing import Final

from .values import Row
from .world import Call

_OWNER_TYPES: Final = (
    (1, "Lead", "LEAD", "L"),
    (2, "Deal", "DEAL", "D"),
    (3, "Contact", "CONTACT", "C"),
    (4, "Company", "COMPANY", "CO"),
    (5, "Invoice (old)", "INVOICE", "I"),
    (7, "Estimate", "QUOTE", "Q"),
    (8, "Details", "REQUISITE", "RQ"),
    (31, "Invoice", "SMART_INVOICE", "SI"),
    (36, "Document", "SMART_DOCUMENT", "DO"),
    (39, "Company document", "SMART_B2E_DOC", "SBD"),
)
_NAMES: Final = {
    "activitytype": ("", "Meeting", "Call", "Task", "E-mail", "Activity", "Custom activity"),
    "activitystatus": ("", "Pending", "Completed", "Completed automatically"),
    "activitypriority": ("", "Low", "Medium", "High"),
    "activitydirection": ("", "Incoming", "Outgoing"),
    "activitynotifytype": ("", "Minutes", "Hours", "Days"),
    "contenttype": ("", "Plain text", "bbCode", "HTML"),
}
_ADDRESSES: Final = ((1, "Actual address"), (4, "Registered address"), (6, "Legal address"))


def owner_types(call: Call) -> list[Row]:
    """``crm.enum.ownertype``: the ids are integers."""
    return [
        {"ID": number, "NAME": name, "SYMBOL_CODE": code, "SYMBOL_CODE_SHORT": short}
        for number, name, code, short in _OWNER_TYPES
    ]


def _numbered(names: tuple[str, ...], call: Call) -> list[Row]:
    """The first element, 0, is "undefined"."""
    return [
        {"ID": number, "NAME": name, "SYMBOL_CODE": None, "SYMBOL_CODE_SHORT": None}
        for number, name in enumerate(names)
    ]


METHODS = {
    "crm.enum.ownertype": owner_types,
    **{f"crm.enum.{name}": partial(_numbered, names) for name, names in _NAMES.items()},
    "crm.enum.addresstype": lambda call: [{"ID": n, "NAME": name} for n, name in _ADDRESSES],
    "crm.enum.fields": lambda call: {
        "ID": {"type": "int", "title": "ID"},
        "NAME": {"type": "string", "title": "Name"},
    },
    "crm.enum.settings.mode": lambda call: [
        {"ID": 1, "NAME": "Classic"},
        {"ID": 2, "NAME": "Simple"},
    ],
}
