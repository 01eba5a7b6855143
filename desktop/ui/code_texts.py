"""A portal's own code -> sentence, where it says more than the kind of refusal does."""

from PySide6.QtCore import QCoreApplication

_PLAN = (
    "The portal's plan does not include programs",
    (
        "Bitrix24 lets programs in on commercial plans only, or while a trial of its Market runs. "
        "Ask your administrator."
    ),
)
_RUN_OUT = (
    "Your sign-in has run out",
    "Sign in again with the browser: it takes a minute, and nothing is lost.",
)
_NOT_INSTALLED = (
    "The application is not installed on the portal",
    "Ask your administrator to install it again, then sign in once more.",
)
_BY_WEBHOOK = (
    "A webhook cannot do this",
    (
        "The portal allows it only to those who sign in with the browser. Ask your administrator "
        "to register Parley as a local application."
    ),
)

_CODES: dict[str, tuple[str, str]] = {
    "OVERLOAD_LIMIT": (
        "Bitrix24 has shut the portal for programs",
        "Too much was asked of it. Your administrator can have it opened by Bitrix24's support.",
    ),
    "PORTAL_DELETED": (
        "The portal is closed",
        "It was removed, or it is closed for maintenance. Ask your administrator.",
    ),
    "PAYMENT_REQUIRED": (
        "The portal's or the application's paid time is over",
        "Ask your administrator to renew it.",
    ),
    "USER_ACCESS_ERROR": (
        "You have no access to the application",
        "Your administrator has given it to some users only. Ask to be one of them.",
    ),
    "METHOD_CONFIRM_WAITING": (
        "Your administrator has to agree first",
        "Bitrix24 has asked for a confirmation. Parley tries again every hour.",
    ),
    "METHOD_CONFIRM_DENIED": (
        "Your administrator did not agree to this",
        "Bitrix24 has asked for a confirmation and got a no. Talk to your administrator.",
    ),
    "NO_AUTH_FOUND": (
        "The portal does not know the key any more",
        (
            "The webhook was deleted or made anew, or the application was removed. Sign in again "
            "with a new one."
        ),
    ),
    "EXPIRED_TOKEN": _RUN_OUT,
    "INVALID_TOKEN": _RUN_OUT,
    "INVALID_GRANT": _RUN_OUT,
    "INVALID_CREDENTIALS": (
        "The key has lost its rights",
        "Its webhook was withdrawn, or its user has left. Make a new webhook of your own.",
    ),
    "AUTHORIZATION_ERROR": (
        "The portal does not let you in any more",
        "Your user was deactivated or has lost access. Ask your administrator.",
    ),
    "IDENTITY CHANGED": (
        "This key belongs to somebody else now",
        "Nothing is sent in another person's name. Sign in as yourself.",
    ),
    "INACTIVE USER": (
        "The portal does not let you in any more",
        "Your user was deactivated. Ask your administrator.",
    ),
    "APPLICATION_NOT_FOUND": _NOT_INSTALLED,
    "ERROR_OAUTH": _NOT_INSTALLED,
    "INVALID_CLIENT": _NOT_INSTALLED,
    "WRONG_CLIENT": _NOT_INSTALLED,
    "INVALID_SCOPE": (
        "The application has no permissions",
        "Ask your administrator to tick crm, calendar and user in its settings.",
    ),
    "STRANGE SERVER": (
        "The sign-in belongs to another sign-in server",
        "Parley is set to another one now. Sign in again with the browser.",
    ),
    "ALLOWED_ONLY_INTRANET_USER": (
        "Only employees may do this",
        "You are a guest of this portal. Ask your administrator for an employee's account.",
    ),
    "WRONG_AUTH_TYPE": _BY_WEBHOOK,
    "ERROR_WRONG_CONTEXT": _BY_WEBHOOK,
    "ERROR_WRONG_APPLICATION": (
        "Another application has made this",
        "Only the program that made it may change it. Open it in Bitrix24.",
    ),
}


def code_text(code: str, subject: str = "") -> tuple[str, str] | None:
    """Title and body for a code; None where its kind says it all.

    ``subject`` is the refusal's: of a code with many meanings it tells which. It may stand in
    place of the code.
    """
    found = _PLAN if "plan" in (code, subject) else _CODES.get(code.strip().upper())
    if found is None:
        return None
    title, body = (QCoreApplication.translate("errors", part) for part in found)
    return title, body
