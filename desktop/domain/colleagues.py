"""Finding colleagues by what is typed. Clients are never among them. All pure."""

from collections.abc import Collection, Sequence

from desktop.domain.account import User
from desktop.domain.ids import UserId
from desktop.domain.matching import find_in_name, read_query

MOST_FOUND = 8


def find_colleagues(
    query: str, users: Sequence[User], *, besides: Collection[UserId] = ()
) -> tuple[User, ...]:
    """Those whose name or e-mail address has every word of ``query``, the best first.

    ``besides`` are left out: who is invited already, and the user. An empty query finds the first.
    """
    offered = [one for one in users if one.id not in besides]
    if not query.strip():
        return tuple(sorted(offered, key=_by_name)[:MOST_FOUND])
    asked = read_query(query)
    found = []
    for user in offered:
        places = find_in_name(asked, user.name)
        if places:
            found.append((max(place.order for place in places), _by_name(user), user))
        elif user.email.casefold().startswith(query.strip().casefold()):
            found.append((_LAST, _by_name(user), user))
    return tuple(user for *_rank, user in sorted(found, key=lambda one: one[:2]))[:MOST_FOUND]


_LAST = (True, 99, 99, 99)


def _by_name(user: User) -> tuple[str, str]:
    return user.name.casefold(), user.id
