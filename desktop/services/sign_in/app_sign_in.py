"""AppSignIn: signing in to a portal as an application, through the system's browser."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from desktop.domain.account import Account, AccountKind, SignIn
from desktop.domain.errors import InvalidInputError, SignInError, SignInProblem
from desktop.domain.ids import AccountId, new_uid
from desktop.services.api.bitrix24.probes import LOOPBACK, NO, YES, answers_from
from desktop.services.api.bitrix24.signing_in.oauth_answer import PortalAnswer, same_host
from desktop.services.api.bitrix24.signing_in.oauth_values import (
    LEAST_PORT,
    MOST_PORT,
    USUAL_PORT,
    AppKey,
    TokenPair,
    parse_app_id,
    parse_app_key,
    parse_port,
)
from desktop.services.api.bitrix24.signing_in.portal_address import (
    PortalAddress,
    endpoint_address,
    parse_portal,
)
from desktop.services.api.loopback import Page, Pages
from desktop.services.api.port import RemoteAccount
from desktop.services.settings import probes_name
from desktop.services.sign_in.account_secrets import Secrets, app_key_of
from desktop.services.sign_in.browser_wait import BrowserWait
from desktop.services.sign_in.connection import ConnectionReport, app_report_of
from desktop.store.files import StoreFiles

__all__ = ["PORTS", "USUAL_PORT", "AppClients", "AppForm", "AppSignIn", "Page", "Pages"]

PORTS = (LEAST_PORT, MOST_PORT)
"""The first and the last port that one may choose."""


@dataclass(frozen=True, slots=True)
class AppForm:
    """What a user types to sign in by an application. Shows itself without the secret."""

    portal: str
    client_id: str
    client_secret: str = field(repr=False)
    port: int
    by_hand: bool = False
    """The browser could not come back by itself the last time."""


class AppClients(Protocol):
    """Makes what speaks to servers; loads what that takes when first called."""

    async def exchange(self, key: AppKey, answer: PortalAnswer) -> TokenPair:
        """The token pair for a code. Raises what `SignInServer.exchange` raises."""
        ...

    async def try_app(self, account: Account, key: AppKey, pair: TokenPair) -> RemoteAccount:
        """A client that keeps nothing."""
        ...


class AppSignIn:
    """The steps between what is typed and a `ConnectionReport`. Nothing is stored by them."""

    def __init__(
        self,
        clients: AppClients,
        secrets: Secrets,
        files: StoreFiles,
        clock: Callable[[], datetime],
    ) -> None:
        self._clients = clients
        self._secrets = secrets
        self._files = files
        self._clock = clock

    def check_portal(self, text: str) -> PortalAddress | InvalidInputError:
        """What was typed, read as a portal's address; the error as a value while one types."""
        try:
            return parse_portal(text)
        except InvalidInputError as error:
            return error

    def check_id(self, text: str) -> InvalidInputError | None:
        """What is wrong with an application's id."""
        return _problem(parse_app_id, text)

    def check_key(self, text: str) -> InvalidInputError | None:
        """What is wrong with an application's key."""
        return _problem(parse_app_key, text)

    async def known_form(self, account: Account) -> AppForm | None:
        """What was typed when ``account`` signed in; None where the keyring has it no more.

        Raises `KeyringError`.
        """
        key = await app_key_of(self._secrets, account.id)
        if key is None:
            return None
        text = await self._files.own.read(lambda own: own.settings.get(probes_name(account.id)))
        known = answers_from(text or "").get(LOOPBACK)
        by_hand = known is not None and known.answer == NO
        return AppForm(account.address, key.client_id, key.client_secret, key.port, by_hand)

    def ask(
        self, form: AppForm, pages: Pages, arrived: Callable[[], None] | None = None
    ) -> BrowserWait:
        """The question for the browser, not yet open; ``arrived`` is called with its answer.

        Raises `InvalidInputError`, which names the field.
        """
        key = AppKey(
            parse_app_id(form.client_id), parse_app_key(form.client_secret), parse_port(form.port)
        )
        return BrowserWait(parse_portal(form.portal), key, pages, arrived=arrived)

    async def finish(self, wait: BrowserWait) -> ConnectionReport:
        """Waits for the answer and goes in with it: who we are there and what is allowed.

        Raises `SignInError` and what `RemoteAccount.check` raises.
        """
        answer = await wait.answer()
        pair = await self._clients.exchange(wait.key, answer)
        portal = _home(wait.portal, answer, pair)
        tried = Account(
            id=AccountId(new_uid()),
            kind=AccountKind.BITRIX24,
            title=portal.name,
            address=portal.portal,
            made_at=self._clock(),
            sign_in=SignIn.OAUTH,
            member_id=pair.member_id,
        )
        client = await self._clients.try_app(tried, wait.key, pair)
        try:
            identity = await client.check()
        finally:
            await client.aclose()
        known = await self._files.own.read(lambda own: own.accounts.all())
        report = app_report_of(tried, portal, (wait.key, pair), identity, known)
        return replace(report, probed=((LOOPBACK, YES if wait.came_by_itself else NO),))


def _home(asked: PortalAddress, answer: PortalAnswer, pair: TokenPair) -> PortalAddress:
    """The portal that the tokens are for: the one that was asked, whatever path it really has."""
    told = endpoint_address(pair.endpoint)
    if told is None or not same_host(told.portal, asked.portal):
        raise SignInError(SignInProblem.OTHER_PORTAL, subject="" if told is None else told.host)
    if answer.member_id and answer.member_id != pair.member_id:
        raise SignInError(SignInProblem.OTHER_PORTAL, subject=told.host)
    return told


def _problem(parse: Callable[[str], str], text: str) -> InvalidInputError | None:
    try:
        parse(text)
    except InvalidInputError as error:
        return error
    return None
