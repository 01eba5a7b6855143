"""Token pairs as generations: a new one is kept before it is used, the old one until it worked."""

from datetime import datetime
from typing import Protocol

from desktop.services.api.bitrix24.signing_in.oauth_values import Generation, TokenPair


class TokenKeeping(Protocol):
    """Two places in the keyring. Every call may raise `KeyringError`."""

    async def load(self) -> tuple[str | None, str | None]:
        """What the two places hold."""
        ...

    async def keep(self, place: int, text: str) -> None:
        """Writes the place; it can be read as soon as this returns."""
        ...

    async def remove(self, place: int) -> None:
        """Empties the place."""
        ...


class TokenKeeper:
    """The generations of one account. Generation n stands in place n modulo 2.

    A crash between keeping the new pair and removing the old one leaves both: the newer is tried
    first.
    """

    def __init__(self, keeping: TokenKeeping) -> None:
        self._keeping = keeping
        self._generations: tuple[Generation, ...] = ()

    async def load(self) -> tuple[Generation, ...]:
        """What is there, the newest first."""
        found = [Generation.from_text(text) for text in await self._keeping.load()]
        known = sorted((one for one in found if one is not None), key=lambda one: -one.number)
        self._generations = tuple(known)
        return self._generations

    async def keep(self, pair: TokenPair, at: datetime) -> None:
        """Keeps a pair as the newest; the one that it replaces stays, an older one goes."""
        number = 1 + max((one.number for one in self._generations), default=0)
        newest = Generation(number, pair, at)
        await self._keeping.keep(number % 2, newest.to_text())
        stays = tuple(one for one in self._generations if one.number % 2 != number % 2)
        self._generations = (newest, *stays)

    async def settle(self, pair: TokenPair) -> None:
        """``pair`` has worked: all others go."""
        for one in self._generations:
            if one.pair != pair:
                await self._keeping.remove(one.number % 2)
        self._generations = tuple(one for one in self._generations if one.pair == pair)


class MemoryTokens:
    """A `TokenKeeping` for an account that is only being tried: nothing is written."""

    def __init__(self) -> None:
        self._places: list[str | None] = [None, None]

    async def load(self) -> tuple[str | None, str | None]:
        """What the two places hold."""
        return self._places[0], self._places[1]

    async def keep(self, place: int, text: str) -> None:
        """Writes the place."""
        self._places[place] = text

    async def remove(self, place: int) -> None:
        """Empties the place."""
        self._places[place] = None
