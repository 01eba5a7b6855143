"""Failure -> sentence: what happened, what became of the user's work, what to do now."""

from dataclasses import dataclass
from enum import Enum
from functools import singledispatch

from PySide6.QtCore import QCoreApplication

from desktop.domain.errors import (
    AppError,
    IdentityChangedError,
    InvalidInputError,
    KeyringError,
    KeyringState,
    NotFoundError,
    OfflineError,
    OutcomeUnknownError,
    ProfileInUseError,
    ReadOnlyError,
    Refusal,
    RefusedError,
    StoreDamagedError,
    StoreError,
    StoreFullError,
    StoreTooNewError,
    Unreachable,
)
from desktop.ui.code_texts import code_text
from desktop.ui.input_texts import input_text


class Remedy(Enum):
    """The one action that a notice offers."""

    NONE = "none"
    RETRY = "retry"
    SIGN_IN = "sign in"
    SHOW_OUTBOX = "show outbox"
    FREE_SPACE = "free space"


@dataclass(frozen=True, slots=True)
class ErrorText:
    """What a person reads about a failure. ``details`` is foreign text, shown plain on demand."""

    title: str
    body: str
    remedy: Remedy = Remedy.NONE
    details: str = ""

    @property
    def line(self) -> str:
        """Title and body one after the other."""
        return f"{self.title}. {self.body}".rstrip()


def _tr(text: str) -> str:
    return QCoreApplication.translate("errors", text)


@singledispatch
def text_for(error: BaseException) -> ErrorText:
    """The sentence for any failure; whatever is not an `AppError` is our own mistake."""
    return ErrorText(
        _tr("Something went wrong inside Parley"),
        _tr("Your data is safe. The log has the details; restarting Parley may help."),
        details=type(error).__name__,
    )


@text_for.register
def _(_: AppError) -> ErrorText:
    return ErrorText(_tr("That did not work"), _tr("Nothing was lost. Please try again."))


@text_for.register
def _(error: OfflineError) -> ErrorText:
    return offline_text(error.why)


@text_for.register
def _(error: InvalidInputError) -> ErrorText:
    return ErrorText(_tr("Please check what was entered"), input_text(error))


@text_for.register
def _(_: IdentityChangedError) -> ErrorText:
    return ErrorText(
        _tr("This key belongs to somebody else now"),
        _tr(
            "Parley stopped syncing this account so that nothing is sent in another "
            "person's name. Sign in again as yourself."
        ),
        Remedy.SIGN_IN,
    )


@text_for.register
def _(_: NotFoundError) -> ErrorText:
    return ErrorText(
        _tr("It is not there any more"),
        _tr("It was removed meanwhile, here or on the server. The view is up to date."),
    )


@text_for.register
def _(_: ReadOnlyError) -> ErrorText:
    return ErrorText(
        _tr("This cannot be changed here"),
        _tr("You may see it but not change it. Ask its owner, or make a copy."),
    )


_OFFLINE: dict[Unreachable, tuple[str, str]] = {
    Unreachable.NO_ANSWER: (
        "The server does not answer",
        "You can go on working: changes are kept and sent when it answers again.",
    ),
    Unreachable.NO_DNS: (
        "The server's name is not known here",
        (
            "Either this computer is offline or the address is misspelt. Changes are kept and sent "
            "later."
        ),
    ),
    Unreachable.BAD_CERTIFICATE: (
        "The connection is not trustworthy",
        (
            "The server's certificate does not fit its name or was issued by somebody this "
            "computer does not trust. Nothing was sent. On a guest network, sign in to it "
            "first; otherwise ask your administrator."
        ),
    ),
    Unreachable.CAPTIVE_PORTAL: (
        "This network wants a sign-in first",
        "Open any page in your browser and sign in to the network. Changes are kept meanwhile.",
    ),
    Unreachable.PROXY: (
        "The proxy refuses the connection",
        "Check the proxy settings of this computer. Changes are kept and sent later.",
    ),
}


def offline_text(why: Unreachable) -> ErrorText:
    """Why a server cannot be reached, and what became of the work."""
    title, body = _OFFLINE[why]
    return ErrorText(_tr(title), _tr(body), Remedy.RETRY)


@text_for.register
def _(error: OutcomeUnknownError) -> ErrorText:
    if error.page:
        return ErrorText(
            _tr("The server answered with a page instead of data"),
            _tr(
                "It may be under maintenance, or this network wants a sign-in. Parley tries again."
            ),
            Remedy.RETRY,
        )
    return ErrorText(
        _tr("The answer did not arrive whole"),
        _tr("Parley checks whether the change arrived before it sends anything again."),
        Remedy.RETRY,
        details=f"HTTP {error.http_status}" if error.http_status else "",
    )


_REFUSED: dict[Refusal, tuple[str, str, Remedy]] = {
    Refusal.BUSY: (
        "The server is busy",
        "Too many requests come from your network. Parley slows down and goes on by itself.",
        Remedy.NONE,
    ),
    Refusal.METHOD_BUSY: (
        "The server needs a break",
        "One kind of request is blocked for some minutes. Everything else goes on.",
        Remedy.NONE,
    ),
    Refusal.SIGN_IN: (
        "Please sign in again",
        (
            "The server does not accept the key any more. Your changes are kept and sent after you "
            "have signed in."
        ),
        Remedy.SIGN_IN,
    ),
    Refusal.FORBIDDEN: (
        "You have no right to do this",
        "The server refused it. Ask your administrator, or give it to a colleague who may.",
        Remedy.SHOW_OUTBOX,
    ),
    Refusal.MISSING_SCOPE: (
        "A permission is missing",
        "The key does not include it. Tick it in the settings of the webhook or application.",
        Remedy.SIGN_IN,
    ),
    Refusal.NOT_FOUND: (
        "It is gone on the server",
        "Somebody removed it meanwhile. Your version is kept in the outbox.",
        Remedy.SHOW_OUTBOX,
    ),
    Refusal.INVALID: (
        "The server does not accept a value",
        "Your change is kept. Open it, mend what the details name, and send it again.",
        Remedy.SHOW_OUTBOX,
    ),
    Refusal.NO_COMMUNICATION: (
        "The contact has no phone number and no e-mail address",
        "Add a number, or record the meeting as a calendar event linked to the contact.",
        Remedy.SHOW_OUTBOX,
    ),
    Refusal.UNSUPPORTED: (
        "This server cannot do that",
        "It is too old for it or lacks a module. Everything else goes on.",
        Remedy.NONE,
    ),
    Refusal.STOPPED: (
        "The account is stopped by the server",
        (
            "The portal was removed, is closed for maintenance, or its plan does not allow this. "
            "Your data stays here; Parley asks again every hour."
        ),
        Remedy.RETRY,
    ),
    Refusal.MOVED: (
        "The server has a new address",
        "Nothing was sent there. Look at the address under Accounts and say whether it is right.",
        Remedy.SIGN_IN,
    ),
    Refusal.OUR_BUG: (
        "The server did not understand Parley",
        "This is a mistake of Parley's. Your change is kept in the outbox.",
        Remedy.SHOW_OUTBOX,
    ),
}


def refusal_text(reason: Refusal) -> ErrorText:
    """What a refusal means for a salesperson."""
    title, body, remedy = _REFUSED[reason]
    return ErrorText(_tr(title), _tr(body), remedy)


@text_for.register
def _(error: RefusedError) -> ErrorText:
    general = refusal_text(error.reason)
    details = " ".join(part for part in (error.method, error.code, error.text) if part)
    if (special := code_text(error.code, error.subject)) is not None:
        return ErrorText(*special, general.remedy, details)
    subject = f" ({error.subject})" if error.subject else ""
    return ErrorText(general.title + subject, general.body, general.remedy, details)


_KEYRING: dict[KeyringState, tuple[str, str]] = {
    KeyringState.ABSENT: (
        "This computer has no keyring that Parley can use",
        (
            "You can work, but everything is kept only until you close Parley. Install a keyring "
            "(GNOME Keyring or KWallet) to keep it."
        ),
    ),
    KeyringState.LOCKED: (
        "The keyring is locked",
        "Unlock it and try again. Until then everything is kept only until you close Parley.",
    ),
    KeyringState.UNAVAILABLE: (
        "The keyring does not answer",
        "Try again, or restart your desktop session. Nothing was lost.",
    ),
    KeyringState.EMPTY: (
        "The key to your data is not in the keyring",
        (
            "It is untouched, and cannot be opened without its key. If you changed the keyring, "
            "bring the old one back. Until then everything is kept only until you close Parley."
        ),
    ),
}


@text_for.register
def _(error: KeyringError) -> ErrorText:
    title, body = _KEYRING[error.state]
    return ErrorText(_tr(title), _tr(body), Remedy.RETRY)


@text_for.register
def _(_: StoreError) -> ErrorText:
    return ErrorText(
        _tr("Your data could not be reached"),
        _tr(
            "Check that the disk is there, not full and may be written to, then start Parley again."
        ),
    )


@text_for.register
def _(_: StoreFullError) -> ErrorText:
    return ErrorText(
        _tr("The disk is full"),
        _tr(
            "Nothing was stored; what you typed is still in the form. Free some space and try "
            "again."
        ),
        Remedy.FREE_SPACE,
    )


@text_for.register
def _(_: StoreTooNewError) -> ErrorText:
    return ErrorText(
        _tr("This profile belongs to a newer Parley"),
        _tr("Nothing was opened or changed. Please update Parley."),
    )


@text_for.register
def _(_: ProfileInUseError) -> ErrorText:
    return ErrorText(
        _tr("This profile is already open"),
        _tr("Another Parley uses it, perhaps of another user or on another computer."),
    )


@text_for.register
def _(_: StoreDamagedError) -> ErrorText:
    return ErrorText(
        _tr("Your data could not be read"),
        _tr("The unreadable files were set aside, not deleted."),
    )
