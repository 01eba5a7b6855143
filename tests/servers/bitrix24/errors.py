"""What the portal refuses with: the vendor's codes, texts and usual statuses."""

from typing import Final


class RestError(Exception):
    """A refusal as it goes over the wire.

    ``code`` is a string or a number as the vendor's methods send it; it may be empty.
    """

    def __init__(self, code: str | int, text: str, status: int = 400) -> None:
        super().__init__(code, text)
        self.code = code
        self.text = text
        self.status = status


SYSTEM_ERRORS: Final[dict[str, tuple[int, str]]] = {
    "QUERY_LIMIT_EXCEEDED": (503, "Too many requests"),
    "OPERATION_TIME_LIMIT": (429, "Method is blocked due to operation time limit."),
    "OVERLOAD_LIMIT": (503, "REST API is blocked due to overload."),
    "INTERNAL_SERVER_ERROR": (500, "Internal server error"),
    "ERROR_UNEXPECTED_ANSWER": (500, "Server returned an unexpected response"),
    "PORTAL_DELETED": (500, "Portal was deleted"),
    "NO_AUTH_FOUND": (401, "Wrong authorization data"),
    "expired_token": (401, "The access token provided has expired."),
    "invalid_token": (401, "Unable to get application by token"),
    "INVALID_CREDENTIALS": (403, "Invalid request credentials"),
    "authorization_error": (401, "Unable to authorize user"),
    "insufficient_scope": (
        403,
        "The request requires higher privileges than provided by the webhook token",
    ),
    "user_access_error": (403, "The user does not have access to the application."),
    "ACCESS_DENIED": (403, "REST API is available only on commercial plans."),
    "INVALID_REQUEST": (400, "Https required"),
    "ERROR_METHOD_NOT_FOUND": (404, "Method not found!"),
    "ERROR_BATCH_METHOD_NOT_ALLOWED": (405, "Method is not allowed for batch usage"),
    "ERROR_BATCH_LENGTH_EXCEEDED": (400, "Max batch length exceeded"),
    "ERROR_MANIFEST_IS_NOT_AVAILABLE": (404, "Manifest is not available"),
    "WRONG_AUTH_TYPE": (403, "Current authorization type is denied for this method"),
    "ALLOWED_ONLY_INTRANET_USER": (403, "Allowed only for intranet users"),
    "allowed_only_intranet_user": (403, "Allowed only for intranet users"),
    "METHOD_CONFIRM_WAITING": (401, "Waiting for confirmation"),
    "METHOD_CONFIRM_DENIED": (401, "Method call denied"),
    "APPLICATION_NOT_FOUND": (401, "Application not found"),
    "ERROR_OAUTH": (401, "Application not installed"),
    "PAYMENT_REQUIRED": (401, "Payment required"),
    "WRONG_ENCODING": (200, "Wrong request encoding"),
    "ERROR_ARGUMENT": (400, "Argument is invalid"),
    "ERROR_CORE": (400, "Internal error"),
}


def system_error(code: str, text: str | None = None, status: int | None = None) -> RestError:
    """The system error ``code``, with the usual status and text unless others are given."""
    usual_status, usual_text = SYSTEM_ERRORS.get(code, (400, code))
    return RestError(
        code,
        usual_text if text is None else text,
        usual_status if status is None else status,
    )


def refused(text: str) -> RestError:
    """An old method's own refusal: HTTP 400 and an empty code, only the text tells."""
    return RestError("", text)


def missing(parameter: str, code: str | int = "100") -> RestError:
    """A required parameter was not sent."""
    return RestError(code, f"Could not find value for parameter {{{parameter}}}")
