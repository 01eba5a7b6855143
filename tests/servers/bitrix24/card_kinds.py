"""The four kinds of cards and what is special about each."""

from dataclasses import dataclass
from typing import Final

from . import contact_fields as c
from . import deal_fields as d
from .collection import Collection
from .filters import Fields, Kind
from .values import Row
from .world import World

_USER_KINDS: Final[dict[str, Kind]] = {
    "string": "text",
    "double": "text",
    "enumeration": "link",
    "integer": "int",
    "boolean": "flag",
    "date": "date",
    "datetime": "time",
}


@dataclass(frozen=True, slots=True)
class CardKind:
    """One kind of card; ``type_id`` is its number in ``crm.item.*`` and as an owner."""

    kind: str
    type_id: int
    label: str
    fields: Fields
    """Without the portal's own fields, which ``fields_in`` adds."""
    simple: tuple[str, ...]
    defaults: Row
    read_only: frozenset[str] = frozenset()

    def records(self, world: World) -> Collection:
        """Where this kind is kept."""
        return world.collections[self.kind]

    def user_fields(self, world: World) -> dict[str, Row]:
        """The portal's own fields of this kind, by name."""
        return world.user_fields.get(self.kind, {})

    def fields_in(self, world: World) -> Fields:
        """All fields that this portal's cards of the kind have."""
        own = self.user_fields(world)
        if not own:
            return self.fields
        kinds = {name: _USER_KINDS.get(field["type"], "text") for name, field in own.items()}
        return {**self.fields, **kinds}


CONTACT: Final = CardKind(
    "contact", 3, "Contact", c.CONTACT_FIELDS, c.CONTACT_SIMPLE, c.CONTACT_DEFAULTS
)
COMPANY: Final = CardKind(
    "company", 4, "Company", c.COMPANY_FIELDS, c.COMPANY_SIMPLE, c.COMPANY_DEFAULTS
)
LEAD: Final = CardKind(
    "lead",
    1,
    "Lead",
    d.LEAD_FIELDS,
    d.LEAD_SIMPLE,
    d.LEAD_DEFAULTS,
    frozenset({"STATUS_SEMANTIC_ID", "DATE_CLOSED"}),
)
DEAL: Final = CardKind(
    "deal",
    2,
    "Deal",
    d.DEAL_FIELDS,
    d.DEAL_SIMPLE,
    d.DEAL_DEFAULTS,
    frozenset({"STAGE_SEMANTIC_ID", "CLOSED", "IS_NEW"}),
)
KINDS: Final = {kind.type_id: kind for kind in (LEAD, DEAL, CONTACT, COMPANY)}
