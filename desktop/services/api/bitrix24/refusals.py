"""What each of the portal's errors means: by its code and text, hardly ever by the status."""

import re

from desktop.domain.errors import AppError, OutcomeUnknownError, Refusal, RefusedError
from desktop.services.api.bitrix24.plain import plain_text

HOUR_S = 3600.0

_SERVER_FAULT = 500
_STATUSES = {401: Refusal.SIGN_IN, 403: Refusal.FORBIDDEN, 404: Refusal.UNSUPPORTED}

_BY_CODE: dict[str, Refusal] = {
    "QUERY_LIMIT_EXCEEDED": Refusal.BUSY,
    "OPERATION_TIME_LIMIT": Refusal.METHOD_BUSY,
    "OVERLOAD_LIMIT": Refusal.STOPPED,
    "PORTAL_DELETED": Refusal.STOPPED,
    "PAYMENT_REQUIRED": Refusal.STOPPED,
    "USER_ACCESS_ERROR": Refusal.STOPPED,
    "METHOD_CONFIRM_WAITING": Refusal.STOPPED,
    "METHOD_CONFIRM_DENIED": Refusal.FORBIDDEN,
    "NO_AUTH_FOUND": Refusal.SIGN_IN,
    "EXPIRED_TOKEN": Refusal.SIGN_IN,
    "INVALID_TOKEN": Refusal.SIGN_IN,
    "INVALID_GRANT": Refusal.SIGN_IN,
    "INVALID_CREDENTIALS": Refusal.SIGN_IN,
    "AUTHORIZATION_ERROR": Refusal.SIGN_IN,
    "APPLICATION_NOT_FOUND": Refusal.SIGN_IN,
    "ERROR_OAUTH": Refusal.SIGN_IN,
    "INVALID_CLIENT": Refusal.SIGN_IN,
    "WRONG_CLIENT": Refusal.SIGN_IN,
    "INVALID_SCOPE": Refusal.MISSING_SCOPE,
    "INSUFFICIENT_SCOPE": Refusal.MISSING_SCOPE,
    "ALLOWED_ONLY_INTRANET_USER": Refusal.FORBIDDEN,
    "INVALID_REQUEST": Refusal.OUR_BUG,
    "ERROR_BATCH_METHOD_NOT_ALLOWED": Refusal.OUR_BUG,
    "ERROR_BATCH_LENGTH_EXCEEDED": Refusal.OUR_BUG,
    "100": Refusal.OUR_BUG,
    "0": Refusal.OUR_BUG,
    "ERROR_METHOD_NOT_FOUND": Refusal.UNSUPPORTED,
    "ENTITY_TYPE_NOT_SUPPORTED": Refusal.UNSUPPORTED,
    "CREATE_DYNAMIC_ITEM_RESTRICTED": Refusal.UNSUPPORTED,
    "UPDATE_DYNAMIC_ITEM_RESTRICTED": Refusal.UNSUPPORTED,
    "ERROR_MANIFEST_IS_NOT_AVAILABLE": Refusal.UNSUPPORTED,
    "WRONG_AUTH_TYPE": Refusal.UNSUPPORTED,
    "ERROR_WRONG_CONTEXT": Refusal.UNSUPPORTED,
    "NOT_FOUND": Refusal.NOT_FOUND,
    "OWNER_NOT_FOUND": Refusal.NOT_FOUND,
    "ERROR_ARGUMENT": Refusal.INVALID,
    "INVALID_ARG_VALUE": Refusal.INVALID,
}

_UNKNOWN_OUTCOME = frozenset(
    # WRONG_ENCODING comes after the work was done: only the answer could not be written.
    {"INTERNAL_SERVER_ERROR", "ERROR_UNEXPECTED_ANSWER", "WRONG_ENCODING"}
)

_HOURLY = frozenset(
    {"OVERLOAD_LIMIT", "PORTAL_DELETED", "METHOD_CONFIRM_WAITING", "PAYMENT_REQUIRED"}
)

_BY_TEXT: tuple[tuple[re.Pattern[str], Refusal, str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), reason, subject)
    for pattern, reason, subject in (
        (r"application context required", Refusal.UNSUPPORTED, ""),
        (r"commercial plan|коммерческ", Refusal.STOPPED, "plan"),
        (r"^could not find '(\w+)' with id", Refusal.NOT_FOUND, "owner"),
        (r"SUBJECT is not defined", Refusal.OUR_BUG, ""),
        (r"COMMUNICATIONS is not defined", Refusal.NO_COMMUNICATION, ""),
        (r"RESPONSIBLE_ID is not defined", Refusal.INVALID, "responsible"),
        (r"TYPE_ID is not defined", Refusal.OUR_BUG, ""),
        (r"only one communication is allowed", Refusal.OUR_BUG, ""),
        (r"could not build binding", Refusal.OUR_BUG, ""),
        (r"is not supported in current context", Refusal.OUR_BUG, ""),
        (r"use crm\.activity\.configurable", Refusal.UNSUPPORTED, ""),
        (r"access (?:is )?denied", Refusal.FORBIDDEN, ""),
        (r"(?:^|is )not found\b|element not found", Refusal.NOT_FOUND, ""),
    )
)

_SCOPES = (
    ("crm.", "crm"),
    ("calendar.", "calendar"),
    ("user.", "user"),
    ("department.", "department"),
    ("task", "task"),
)


def error_of(
    code: str,
    text: str,
    *,
    method: str,
    http_status: int | None = None,
    retry_after_s: float | None = None,
) -> AppError:
    """The failure that ``code`` and ``text`` mean: `RefusedError`, or `OutcomeUnknownError`."""
    name = code.strip().upper()
    words = plain_text(text)
    if name in _UNKNOWN_OUTCOME or words.lower().startswith("email send error"):
        return OutcomeUnknownError(http_status)
    reason, subject = _reason(name, words, http_status)
    if reason is None:
        return OutcomeUnknownError(http_status)
    if reason is Refusal.MISSING_SCOPE:
        subject = scope_of(method)
    return RefusedError(
        reason,
        code=code,
        text=words,
        retry_after_s=HOUR_S if name in _HOURLY else retry_after_s,
        http_status=http_status,
        method=method,
        subject=subject,
    )


def scope_of(method: str) -> str:
    """The permission that ``method`` needs, or empty for the basic ones."""
    return next((scope for start, scope in _SCOPES if method.startswith(start)), "")


def _reason(name: str, words: str, http_status: int | None) -> tuple[Refusal | None, str]:
    known = _BY_CODE.get(name)
    if known is not None:
        return known, ""
    for pattern, reason, subject in _BY_TEXT:
        if pattern.search(words):
            return reason, subject
    if name == "ACCESS_DENIED":
        return Refusal.FORBIDDEN, ""
    if name == "" or name.startswith("ERROR_CORE"):
        return Refusal.INVALID, ""
    if http_status is not None and http_status >= _SERVER_FAULT:
        return None, ""
    return _STATUSES.get(http_status or 0, Refusal.INVALID), ""
