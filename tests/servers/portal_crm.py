"""A test's grip on the portal's cards: contacts, companies, leads, deals, timelines."""

from typing import Any, Protocol

Row = dict[str, Any]


class _Asks(Protocol):
    def _ask(self, verb: str, /, **arguments: Any) -> Any: ...


class CrmControl:
    """Fills the CRM as colleagues would and changes how it behaves."""

    def configure_crm(self: _Asks, **changes: Any) -> Row:
        """Switches for what the reference leaves open (``…bitrix24.crm_behaviour``)."""
        found: Row = self._ask("configure_crm", **changes)
        return found

    def add_contact(self: _Asks, *, by: int = 12, **fields: Any) -> int:
        """A contact made by a colleague: ``NAME=…, PHONE="+49…"`` or the vendor's list form."""
        return int(self._ask("add_contact", fields=with_lists(fields), by=by))

    def add_company(self: _Asks, *, by: int = 12, **fields: Any) -> int:
        """A company made by a colleague."""
        return int(self._ask("add_company", fields=with_lists(fields), by=by))

    def add_lead(self: _Asks, *, by: int = 12, **fields: Any) -> int:
        """A lead made by a colleague."""
        return int(self._ask("add_lead", fields=with_lists(fields), by=by))

    def add_deal(self: _Asks, *, by: int = 12, **fields: Any) -> int:
        """A deal made by a colleague: ``TITLE=…, CONTACT_ID=…, STAGE_ID=…, OPPORTUNITY=…``."""
        return int(self._ask("add_deal", fields=fields, by=by))

    def seed_deals(self: _Asks, count: int, *, seed: int = 1) -> tuple[int, int]:
        """Deals of the contacts there are, the same for the same seed; first and last id."""
        first, last = self._ask("seed_deals", count=count, seed=seed)
        return first, last

    def seed_leads(self: _Asks, count: int, *, seed: int = 1) -> tuple[int, int]:
        """Leads; first and last id."""
        first, last = self._ask("seed_leads", count=count, seed=seed)
        return first, last

    def seed_timeline(self: _Asks, count: int, *, seed: int = 1) -> int:
        """Comments spread over the contacts there are."""
        return int(self._ask("seed_timeline", count=count, seed=seed))

    def seed_calls(self: _Asks, count: int, *, seed: int = 1) -> tuple[int, int]:
        """Completed calls of user 7, spread over the contacts there are; first and last id."""
        first, last = self._ask("seed_calls", count=count, seed=seed)
        return first, last

    def add_user_field(
        self: _Asks, kind: str, name: str, type_name: str = "string", title: str = "", **more: Any
    ) -> Row:
        """An own field of ``contact``, ``company``, ``lead`` or ``deal``.

        ``type_name``: string, integer, double, boolean, date, datetime or enumeration (with
        ``items=[texts]``); also ``multiple=True`` and ``mandatory=True``.
        """
        wanted = {"kind": kind, "name": name, "type_name": type_name, "title": title or name}
        found: Row = self._ask("add_user_field", **wanted, **more)
        return found

    def add_status(self: _Asks, entity: str, code: str, name: str, **more: Any) -> int:
        """An entry of a directory such as ``DEAL_STAGE_9``; ``sort``, ``semantics`` S or F."""
        return int(self._ask("add_status", entity=entity, code=code, name=name, **more))


def with_lists(fields: Row) -> Row:
    """Phones and addresses given as plain text become the vendor's list of one."""
    return {
        name: [{"VALUE": value, "VALUE_TYPE": "WORK"}]
        if name in ("PHONE", "EMAIL") and isinstance(value, str)
        else value
        for name, value in fields.items()
    }
