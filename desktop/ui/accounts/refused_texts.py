"""Why a test of a connection failed: there is no work yet that could be kept or sent later."""

from PySide6.QtCore import QCoreApplication

from desktop.domain.errors import (
    AppError,
    OfflineError,
    OutcomeUnknownError,
    Refusal,
    RefusedError,
    SignInError,
    Unreachable,
)
from desktop.ui.accounts.sign_in_texts import sign_in_text
from desktop.ui.code_texts import code_text
from desktop.ui.error_texts import ErrorText, text_for

_OFFLINE = {
    Unreachable.NO_ANSWER: (
        "The portal does not answer",
        "This computer may be offline, or the portal is down. Test again later.",
    ),
    Unreachable.NO_DNS: (
        "The portal's name is not known here",
        (
            "Either this computer is offline or the address is misspelt. Compare it with the "
            "address in your browser."
        ),
    ),
    Unreachable.BAD_CERTIFICATE: (
        "The connection is not trustworthy",
        (
            "The portal's certificate does not fit its name, or this computer does not trust who "
            "issued it. The key was not sent. On a guest network, sign in to it first; otherwise "
            "ask your administrator."
        ),
    ),
    Unreachable.CAPTIVE_PORTAL: (
        "This network wants a sign-in first",
        "Open any page in your browser, sign in to the network, then test again.",
    ),
    Unreachable.PROXY: (
        "The proxy refuses the connection",
        "Check the proxy settings of this computer, then test again.",
    ),
}

_REFUSED = {
    Refusal.SIGN_IN: (
        "The portal does not accept this key",
        (
            "It was deleted or has expired, or it is cut off. Copy it once more, or make a new "
            "webhook."
        ),
    ),
    Refusal.STOPPED: (
        "The portal is stopped for programs",
        (
            "Its plan does not include programs, it is closed for maintenance, or it was removed. "
            "Ask your administrator."
        ),
    ),
    Refusal.BUSY: (
        "The portal is busy",
        "Too many requests come from your network. Wait a minute, then test again.",
    ),
    Refusal.METHOD_BUSY: (
        "The portal is busy",
        "It needs a break of some minutes. Then test again.",
    ),
    Refusal.MOVED: (
        "The portal has a new address",
        "Nothing was sent there. Compare it with the address in your browser, then enter that one.",
    ),
    Refusal.NOT_FOUND: (
        "There is no portal at this address",
        "Something else answers there. Compare the address with the one in your browser.",
    ),
    Refusal.UNSUPPORTED: (
        "This portal cannot be asked by programs",
        "It is too old or lacks the module for it. Ask your administrator.",
    ),
}


def _tr(text: str) -> str:
    return QCoreApplication.translate("Accounts", text)


def refused_text(error: AppError) -> ErrorText:
    """What happened and what to do now; server's words are in the details only."""
    general = text_for(error)
    if isinstance(error, OfflineError):
        title, body = _OFFLINE[error.why]
        return ErrorText(_tr(title), _tr(body))
    if isinstance(error, SignInError):
        return sign_in_text(error)
    if isinstance(error, RefusedError) and _special(error):
        return general
    if isinstance(error, RefusedError) and error.reason in _REFUSED:
        title, body = _REFUSED[error.reason]
        about = f" ({error.subject})" if error.subject else ""
        return ErrorText(_tr(title) + about, _tr(body), details=general.details)
    if isinstance(error, OutcomeUnknownError):
        return _unreadable(error, general.details)
    return general


def _special(error: RefusedError) -> bool:
    """Whether the portal's code says more than its kind, also of a key that was just typed."""
    typed_wrong = error.code.upper() == "NO_AUTH_FOUND"
    return not typed_wrong and code_text(error.code, error.subject) is not None


def _unreadable(error: OutcomeUnknownError, details: str) -> ErrorText:
    if error.page:
        return ErrorText(
            _tr("The portal answered with a page instead of data"),
            _tr("It is under maintenance, or this is not a portal's address. Test again later."),
            details=details,
        )
    return ErrorText(
        _tr("The answer did not arrive whole"),
        _tr("The test has changed nothing. Please test again."),
        details=details,
    )
