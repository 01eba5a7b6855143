"""Where requests are carried out: limits, credentials, then the method or the batch."""

from collections.abc import Callable
from dataclasses import dataclass, field

from .batch import run_batch
from .envelope import answer, encode, refusal, time_object
from .errors import RestError, system_error
from .limits import Buckets, OperatingTime
from .registry import is_known, run
from .requests import Incoming
from .rest3 import Rest3, refused, translated
from .values import Row
from .world import Call, Caller, Credential, World

Refusals = Callable[[str], RestError | None]
"""Method -> the error that a planned fault gives it."""

_RESERVED = frozenset({"auth", "state", "token"})


@dataclass(slots=True)
class Reply:
    """What leaves the portal."""

    status: int
    body: bytes
    content_type: str = "application/json; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)
    outcome: str = "ok"
    """``ok`` or ``error:CODE``, for the request log."""
    user_id: int | None = None


def _nobody(_method: str) -> RestError | None:
    return None


def error_reply(error: RestError) -> Reply:
    """A refusal."""
    return Reply(error.status, encode(refusal(error)), outcome=f"error:{error.code}")


class Desk:
    """Carries out one request at a time, so each is a transaction."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.buckets = Buckets()
        self.operating = OperatingTime()
        self.rest3 = Rest3(world)

    def admit(self, incoming: Incoming) -> None:
        """What is checked before anything is carried out: the address and its bucket."""
        if not incoming.https:
            raise system_error("INVALID_REQUEST")
        if incoming.is_sign_in:
            return  # pages and tokens are counted elsewhere
        now = self.world.clock.now()
        self.buckets.admit(incoming.source, self.world.settings, now)

    def carry_out(
        self, incoming: Incoming, params: Row, refuse: Refusals = _nobody, share: float = 1.0
    ) -> Reply:
        """Run the request and make its changes durable.

        ``refuse`` tells which commands of a batch fail although nothing is wrong with them; of
        its commands only the first ``share`` is carried out.
        """
        try:
            return self._answered(incoming, params, refuse, share)
        except RestError as error:
            return error_reply(error)
        finally:
            self.world.storage.commit()

    def _rest3(self, incoming: Incoming, params: Row) -> Reply:
        """A call of the new interface, which has its own form of answers and errors."""
        try:
            if not self.world.crm.rest3:
                raise system_error("ERROR_METHOD_NOT_FOUND")
            caller = self.caller(incoming, params)
        except RestError as error:
            told = refused(translated(error))
        else:
            key = incoming.idempotency_key
            told = self.rest3.serve(caller, incoming.method, incoming.verb, incoming.body, key)
        return Reply(told.status, told.body, headers=told.headers, outcome=told.outcome)

    def _answered(self, incoming: Incoming, params: Row, refuse: Refusals, share: float) -> Reply:
        if incoming.is_rest3:
            return self._rest3(incoming, params)
        started = self.world.clock.now()
        if not is_known(self.world, incoming.method):
            raise system_error("ERROR_METHOD_NOT_FOUND")
        caller = self.caller(incoming, params)
        sent = {name: value for name, value in params.items() if name not in _RESERVED}
        if incoming.method == "batch":
            result: object = run_batch(
                sent, lambda m, p: self._command(caller, refuse, m, p), share
            )
            spent = (0.0, int(started) + 600)
        else:
            result, spent = self._run(caller, incoming.method, sent)
        body = answer(result, time_object(self.world, started, spent))
        return Reply(200, encode(body), user_id=caller.user_id)

    def _command(
        self, caller: Caller, refuse: Refusals, method: str, params: Row
    ) -> tuple[object, Row | None]:
        started = self.world.clock.now()
        planned = refuse(method)
        if planned is not None:
            raise planned
        if not is_known(self.world, method):
            raise system_error("ERROR_METHOD_NOT_FOUND")
        result, spent = self._run(caller, method, params)
        return result, time_object(self.world, started, spent)

    def _run(self, caller: Caller, method: str, params: Row) -> tuple[object, tuple[float, int]]:
        world, now = self.world, self.world.clock.now()
        self.operating.admit(caller.key, method, world.settings, now)
        result = run(Call(world, method, params, caller))
        spent_s = self.operating.add(caller.key, method, world.settings, now)
        return result, (spent_s, self.operating.reset_at(caller.key, method, now))

    def caller(self, incoming: Incoming, params: Row) -> Caller:
        """Whose credential this is; the refusals that stop an account."""
        found = self._credential(incoming, params)
        if found is None:
            raise system_error("NO_AUTH_FOUND")
        if found.refusal:
            raise system_error(found.refusal)
        if found.expires_at is not None and found.expires_at <= self.world.clock.now():
            raise system_error("expired_token" if found.is_app else "NO_AUTH_FOUND")
        user = self.world.users.get(found.acts_as)
        if user is None or not user["ACTIVE"]:
            raise system_error("authorization_error" if found.is_app else "INVALID_CREDENTIALS")
        if not found.is_app:
            return Caller(found.acts_as, frozenset(found.scopes), False, f"hook {found.secret}")
        app = self.world.sign_in.apps.get(found.client_id)
        if app is None:
            return Caller(found.acts_as, frozenset(found.scopes), True, f"app {found.secret}")
        if not app.installed:
            raise system_error("APPLICATION_NOT_FOUND")
        if app.payment_expired:
            raise system_error("PAYMENT_REQUIRED")
        if app.allowed_users is not None and found.acts_as not in app.allowed_users:
            raise system_error("user_access_error")
        key = f"app {app.client_id}"
        return Caller(found.acts_as, frozenset(app.scopes), True, key, app.client_id)

    def _credential(self, incoming: Incoming, params: Row) -> Credential | None:
        is_app = incoming.path_user is None
        secret = incoming.token(params) if is_app else incoming.secret
        for known in self.world.credentials:
            if known.secret == secret and known.is_app == is_app:
                return known if is_app or known.path_user == incoming.path_user else None
        return None
