"""The secrets of accounts: under which names the keyring holds them."""

from typing import Protocol

from desktop.domain.errors import KeyringError, KeyringState
from desktop.domain.ids import AccountId
from desktop.services.api.bitrix24.signing_in.oauth_values import AppKey, key_from_text, key_to_text


class Secrets(Protocol):
    """`secrets.SecretStore`. Raises `KeyringError`."""

    async def get(self, name: str) -> str | None:
        """The secret, or None."""
        ...

    async def put(self, name: str, secret: str) -> None:
        """Keeps a secret."""
        ...

    async def remove(self, name: str) -> None:
        """Forgets it; one that is not there is forgotten already."""
        ...


def webhook_secret_name(account_id: AccountId) -> str:
    """Under which name the keyring holds the webhook of an account."""
    return f"account:{account_id}:webhook"


def app_secret_name(account_id: AccountId) -> str:
    """Under which name it holds the key of the application."""
    return f"account:{account_id}:app"


def token_secret_name(account_id: AccountId, place: int) -> str:
    """Under which name it holds every other generation of the tokens."""
    return f"account:{account_id}:tokens:{place}"


def secret_names(account_id: AccountId) -> tuple[str, ...]:
    """All that the keyring may hold of an account."""
    return (webhook_secret_name(account_id), *app_secret_names(account_id))


def app_secret_names(account_id: AccountId) -> tuple[str, ...]:
    """What it may hold of an account that signs in as an application."""
    tokens = (token_secret_name(account_id, place) for place in (0, 1))
    return (app_secret_name(account_id), *tokens)


class AccountTokens:
    """The two places of an account's token pairs; a `tokens.TokenKeeping`."""

    def __init__(self, secrets: Secrets, account_id: AccountId) -> None:
        self._secrets = secrets
        self._account_id = account_id

    async def load(self) -> tuple[str | None, str | None]:
        """What the two places hold; of a damaged one nothing."""
        return await self._place(0), await self._place(1)

    async def keep(self, place: int, text: str) -> None:
        """Writes the place."""
        await self._secrets.put(token_secret_name(self._account_id, place), text)

    async def remove(self, place: int) -> None:
        """Empties the place."""
        await self._secrets.remove(token_secret_name(self._account_id, place))

    async def _place(self, place: int) -> str | None:
        try:
            return await self._secrets.get(token_secret_name(self._account_id, place))
        except KeyringError as error:
            if error.state is not KeyringState.EMPTY:
                raise
            return None  # its parts were not written to the end: the other place is whole


async def app_key_of(secrets: Secrets, account_id: AccountId) -> AppKey | None:
    """The key of the application that an account signs in by, or None."""
    return key_from_text(await secrets.get(app_secret_name(account_id)))


async def put_app_key(secrets: Secrets, account_id: AccountId, key: AppKey) -> None:
    """Keeps the key of the application."""
    await secrets.put(app_secret_name(account_id), key_to_text(key))


async def forget_secrets(secrets: Secrets, account_id: AccountId) -> None:
    """Removes all that the keyring holds of an account."""
    for name in secret_names(account_id):
        await secrets.remove(name)
