"""Whom a query means by what is sold to them: contacts found through the titles of their deals."""

from dataclasses import replace

from desktop.domain.contact import ContactHit, MatchReason
from desktop.domain.ids import ContactId
from desktop.domain.matching import Field, find_in_parts, read_query
from desktop.domain.ranking import Acquaintance, hit
from desktop.store.contacts import ContactStore
from desktop.store.deals import DealStore

MOST_CANDIDATES = 150
SHORTEST = 2


def found_by_deal(
    deals: DealStore, contacts: ContactStore, text: str, limit: int, around: Acquaintance
) -> tuple[ContactHit, ...]:
    """Contacts with an open deal that ``text`` names, alone or beside their own name."""
    query = read_query(text)
    words = [word.folded for word in query.words if len(word.folded) >= SHORTEST]
    if query.empty or not words or limit <= 0:
        return ()
    candidates = deals.titled(words, MOST_CANDIDATES, every=True)
    if len(words) > 1 and len(candidates) < limit:  # a name beside the deal, perhaps
        candidates += deals.titled(words, MOST_CANDIDATES, every=False)
    people = contacts.many({uid for uid, _title in candidates})
    found: dict[ContactId, ContactHit] = {}
    for uid, title in candidates:
        contact = people.get(uid)
        if contact is None or uid in found:
            continue
        parts = ((Field.NOTES, title), (Field.NAME, contact.name), (Field.COMPANY, contact.company))
        founds = find_in_parts(query, parts)
        if founds is not None and any(one.text == title for one in founds):
            row = hit(founds, contact, around, waiting=False)
            found[uid] = replace(row, reason=MatchReason.DEAL)
    return tuple(found.values())[:limit]
