"""The failures that we expect. They carry facts for a sentence, never prose or secrets."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from desktop.domain.ids import AccountId


class AppError(Exception):
    """Something that can happen without a bug of ours; the user is told what to do."""


class OfflineError(AppError):
    """Nothing was sent: the server cannot be reached."""

    def __init__(self, why: "Unreachable | None" = None) -> None:
        super().__init__()
        self.why = why or Unreachable.NO_ANSWER


class Unreachable(Enum):
    """What stood between us and the server."""

    NO_ANSWER = "no answer"
    NO_DNS = "no such host name"
    BAD_CERTIFICATE = "bad certificate"
    CAPTIVE_PORTAL = "network wants a sign-in"
    PROXY = "proxy refused"


class OutcomeUnknownError(AppError):
    """Bytes left us and no complete answer came: it may or may not have been carried out."""

    def __init__(self, http_status: int | None = None, *, page: bool = False) -> None:
        super().__init__()
        self.http_status = http_status
        self.page = page
        """A page of HTML came instead of data."""


class Refusal(Enum):
    """Why a server certainly did not do what was asked, and so what becomes of it."""

    BUSY = "busy"
    """Too many requests: the same request may be sent again after ``retry_after_s``."""
    METHOD_BUSY = "method busy"
    """This one method is blocked for a while; others go on."""
    SIGN_IN = "sign in"
    """The credentials do not work (any more)."""
    FORBIDDEN = "forbidden"
    """No right to this record."""
    MISSING_SCOPE = "missing scope"
    NOT_FOUND = "not found"
    """The record, or the one it belongs to, is gone."""
    INVALID = "invalid"
    """The server does not accept a value."""
    NO_COMMUNICATION = "no communication"
    """The contact has neither a usable phone number nor an e-mail address."""
    UNSUPPORTED = "unsupported"
    """This server does not know the method."""
    STOPPED = "stopped"
    """The whole account is stopped by its vendor or its administrator."""
    MOVED = "moved"
    """The server lives at another address now, which the user has to confirm."""
    OUR_BUG = "our bug"


class RefusedError(AppError):
    """The server answered, and certainly did not carry it out.

    ``code`` and ``text`` are the server's own, for *Details* only: foreign, untranslated text.
    """

    def __init__(
        self,
        reason: Refusal,
        *,
        code: str = "",
        text: str = "",
        retry_after_s: float | None = None,
        http_status: int | None = None,
        method: str = "",
        subject: str = "",
    ) -> None:
        super().__init__(reason.value, code)
        self.reason = reason
        self.code = code
        self.text = text
        self.retry_after_s = retry_after_s
        self.http_status = http_status
        self.method = method
        self.subject = subject
        """What it is about where one word helps: the missing scope, the new host."""


class IdentityChangedError(AppError):
    """The credentials now belong to somebody else than the account was made for."""


class SignInProblem(Enum):
    """What went wrong between the portal's sign-in page and the account."""

    OTHER_STATE = "other state"
    """The answer belongs to another sign-in than the one under way."""
    OTHER_PORTAL = "other portal"
    """The answer comes from another portal than the one that was asked."""
    STRANGE_SERVER = "strange server"
    """The answer names a sign-in server that is none of the vendor's."""
    NOT_ALLOWED = "not allowed"
    """The portal, or the user on its page, said no."""
    CODE_EXPIRED = "code expired"
    WRONG_APPLICATION = "wrong application"
    """Id or secret are wrong, or the application is not installed on this portal."""
    NO_SCOPES = "no scopes"
    """The application's card on the portal allows it nothing."""
    NOT_PAID = "not paid"
    TIMED_OUT = "timed out"
    """Nobody answered while the sign-in was open."""


class SignInError(AppError):
    """Signing in through the browser failed; nothing was stored.

    ``code`` and ``text`` are the server's own, for *Details* only. ``subject`` is the one word
    that helps: the portal that answered, the server that was named.
    """

    def __init__(
        self, problem: SignInProblem, *, subject: str = "", code: str = "", text: str = ""
    ) -> None:
        super().__init__(problem.value)
        self.problem = problem
        self.subject = subject
        self.code = code
        self.text = text


class Field(Enum):
    """The inputs that an `InvalidInputError` can point at."""

    TITLE = "title"
    START = "start"
    END = "end"
    TIME_ZONE = "time zone"
    CONTACT = "contact"
    CALENDAR = "calendar"
    WEBHOOK = "webhook"
    NAME = "name"
    PHONE = "phone"
    EMAIL = "e-mail"
    FILE = "file"
    PORTAL = "portal"
    APP_ID = "application id"
    APP_KEY = "application key"
    SIGN_IN_CODE = "sign-in code"
    PORT = "port"
    COMMENT = "comment"
    REPEAT = "repeat"


class InvalidInputError(AppError):
    """Something typed or opened cannot be used. ``problem`` is a short code, e.g. "empty"."""

    def __init__(self, field: Field, problem: str, detail: str = "") -> None:
        super().__init__(field.value, problem)
        self.field = field
        self.problem = problem
        self.detail = detail


class KeyringState(Enum):
    """The four ways in which a keyring does not give a secret."""

    ABSENT = "absent"
    LOCKED = "locked"
    UNAVAILABLE = "unavailable"
    EMPTY = "empty"


class KeyringError(AppError):
    """The OS keyring did not give or take a secret."""

    def __init__(self, state: KeyringState) -> None:
        super().__init__(state.value)
        self.state = state


class StoreError(AppError):
    """The files of the profile cannot be used."""


class StoreFullError(StoreError):
    """The disk is full or refuses to be written; nothing was stored."""


class StoreDamagedError(StoreError):
    """The file is not ours, not readable with our key, or damaged."""


class StoreTooNewError(StoreError):
    """The file was written by a newer Parley."""


class ProfileInUseError(StoreError):
    """Another process works on this profile."""


class NotFoundError(AppError):
    """No such record here (any more)."""


class ReadOnlyError(AppError):
    """The record cannot be changed by this user or through this account."""


@dataclass(frozen=True, slots=True)
class Failure:
    """An error as a value, for lists that outlive the exception."""

    account_id: AccountId | None
    error: AppError
    at: datetime
