"""The back door's part about deals, leads, timelines, own fields and the CRM's open questions."""

from typing import Any

import msgspec

from . import cards, crm_seeds
from .card_kinds import COMPANY, CONTACT, DEAL, LEAD, CardKind
from .crm_behaviour import CrmBehaviour
from .directories import add_status
from .settings import ALL_SCOPES
from .user_fields import add_user_field
from .values import Row
from .world import Call, Caller, World

COLLEAGUE = 12
"""The employee who changes records from elsewhere."""


class CrmVerbs:
    """Verbs that fill the CRM and change how it behaves."""

    _world: World

    def _call(self, method: str, by: int, params: Row | None = None) -> Call:
        """A call of that employee, past limits and permissions."""
        caller = Caller(by, frozenset(ALL_SCOPES), False, f"colleague {by}")
        return Call(self._world, method, dict(params or {}), caller)

    def configure_crm(self, **changes: Any) -> Row:
        """Change switches of ``CrmBehaviour``; all of them."""
        kept = {**msgspec.to_builtins(self._world.crm), **changes}
        self._world.crm = msgspec.convert(kept, CrmBehaviour)
        self._world.keep()
        return kept

    def add_contact(self, fields: Row, by: int = COLLEAGUE) -> int:
        """A contact with these fields of ``crm.contact.add``; ``ID`` may be chosen."""
        return self._add_card(CONTACT, fields, by)

    def add_company(self, fields: Row, by: int = COLLEAGUE) -> int:
        """A company; ``ID`` may be chosen."""
        return self._add_card(COMPANY, fields, by)

    def add_lead(self, fields: Row, by: int = COLLEAGUE) -> int:
        """A lead; ``ID`` may be chosen."""
        return self._add_card(LEAD, fields, by)

    def add_deal(self, fields: Row, by: int = COLLEAGUE) -> int:
        """A deal; ``ID`` may be chosen."""
        return self._add_card(DEAL, fields, by)

    def _add_card(self, kind: CardKind, fields: Row, by: int) -> int:
        number = cards.create(kind, self._call(f"crm.{kind.kind}.add", by), fields, importing=True)
        collection = kind.records(self._world)
        wanted = fields.get("ID")
        if wanted is None:
            return number
        row = collection.rows[number]
        collection.remove(number)
        collection.put(int(wanted), {**row, "ID": str(wanted)})
        return int(wanted)

    def seed_deals(self, count: int, seed: int = 1) -> list[int]:
        """Made-up deals of the contacts there are; the first and the last id."""
        return list(crm_seeds.seed_deals(self._world, count, seed))

    def seed_leads(self, count: int, seed: int = 1) -> list[int]:
        """Made-up leads; the first and the last id."""
        return list(crm_seeds.seed_leads(self._world, count, seed))

    def seed_timeline(self, count: int, seed: int = 1) -> int:
        """Made-up comments in the contacts' timelines."""
        return crm_seeds.seed_timeline(self._world, count, seed)

    def seed_calls(self, count: int, seed: int = 1) -> list[int]:
        """Made-up completed calls with the contacts there are; the first and the last id."""
        return list(crm_seeds.seed_calls(self._world, count, seed))

    def add_user_field(self, kind: str, name: str, type_name: str, title: str, **more: Any) -> Row:
        """Another own field of all cards of a kind."""
        field = add_user_field(self._world, kind, name, type_name, title, **more)
        self._world.keep()
        for collection in self._world.collections.values():
            collection.found.clear()
        return field

    def add_status(
        self, entity: str, code: str, name: str, sort: int = 100, semantics: str = ""
    ) -> int:
        """Another entry of a directory."""
        return add_status(self._world, entity, code, name, sort, semantics)
