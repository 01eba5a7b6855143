"""Every error that the reference names: what becomes of the queue, and what a person reads."""

from enum import Enum

import pytest

from desktop.domain.errors import AppError, OutcomeUnknownError, Refusal, RefusedError
from desktop.services.api.bitrix24.refusals import error_of
from desktop.services.sync.health import STOPPING
from desktop.services.sync.outcomes import PASSING
from desktop.ui.error_texts import text_for


class Reaction(Enum):
    """What the engine does with what waits."""

    WAIT = "the same again later, nobody is asked"
    SIGN_IN = "the account waits for its user"
    STOP = "the account waits for its portal"
    PARK = "this one change waits for its user, the others go on"
    LOOK = "it may have been carried out: it is looked for"


WAIT, SIGN_IN, STOP, PARK, LOOK = Reaction

SYSTEM = [
    ("QUERY_LIMIT_EXCEEDED", "Slow down", 503, WAIT),
    ("QUERY_LIMIT_EXCEEDED", "Slow down", 429, WAIT),
    ("OPERATION_TIME_LIMIT", "Method is blocked", 429, WAIT),
    ("OVERLOAD_LIMIT", "REST API is blocked", 503, STOP),
    ("INTERNAL_SERVER_ERROR", "Internal server error", 500, LOOK),
    ("ERROR_UNEXPECTED_ANSWER", "Unexpected response", 500, LOOK),
    ("PORTAL_DELETED", "Portal was deleted", 500, STOP),
    ("PORTAL_DELETED", "Portal was deleted", 403, STOP),
    ("PORTAL_DELETED", "Portal was deleted", 410, STOP),
    ("NO_AUTH_FOUND", "Wrong authorization data", 401, SIGN_IN),
    ("expired_token", "Expired", 401, SIGN_IN),
    ("invalid_token", "invalid token", 403, SIGN_IN),
    ("INVALID_CREDENTIALS", "Invalid request credentials", 403, SIGN_IN),
    ("authorization_error", "Unable to authorize user", 401, SIGN_IN),
    ("insufficient_scope", "", 200, PARK),
    ("insufficient_scope", "Higher privileges", 403, PARK),
    ("user_access_error", "No access", 403, STOP),
    ("ACCESS_DENIED", "REST API is available only on commercial plans.", 403, STOP),
    ("ACCESS_DENIED", "Access denied! Application context required", 403, PARK),
    ("ACCESS_DENIED", "Access denied.", 400, PARK),
    ("INVALID_REQUEST", "Https required", 400, PARK),
    ("ERROR_METHOD_NOT_FOUND", "Method not found!", 404, PARK),
    ("ERROR_BATCH_METHOD_NOT_ALLOWED", "", 405, PARK),
    ("ERROR_BATCH_LENGTH_EXCEEDED", "", 400, PARK),
    ("ERROR_MANIFEST_IS_NOT_AVAILABLE", "", 404, PARK),
    ("WRONG_AUTH_TYPE", "Denied for this method", 403, PARK),
    ("ALLOWED_ONLY_INTRANET_USER", "", 403, PARK),
    ("allowed_only_intranet_user", "", 400, PARK),
    ("METHOD_CONFIRM_WAITING", "", 401, STOP),
    ("METHOD_CONFIRM_DENIED", "", 401, PARK),
    ("APPLICATION_NOT_FOUND", "", 401, SIGN_IN),
    ("ERROR_OAUTH", "Application not installed", 401, SIGN_IN),
    ("PAYMENT_REQUIRED", "", 402, STOP),
    ("WRONG_ENCODING", "Wrong request encoding", 200, LOOK),
    ("ERROR_ARGUMENT", "Bad argument", 400, PARK),
    ("ERROR_CORE", "Something is wrong", 400, PARK),
    ("", "The field is wrong", 400, PARK),
    ("100", "Could not find value for parameter {id}", 400, PARK),
    ("0", "", 400, PARK),
]

SIGNING_IN = [
    ("invalid_request", "", 400, PARK),
    ("invalid_client", "", 401, SIGN_IN),
    ("wrong_client", "", 200, SIGN_IN),
    ("invalid_grant", "Invalid grant", 400, SIGN_IN),
    ("invalid_scope", "", 400, PARK),
]

METHODS = [
    (code, text, 400, PARK)
    for code, text in (
        ("", "ID is not defined or invalid."),
        ("", "Access denied."),
        ("", "Not found"),
        ("", "Contact is not found"),
        ("", "Parameter 'order' must be array."),
        ("", "Failed to get list. General error."),
        ("", "The parameter ownerEntityID is invalid or not defined."),
        ("", "The field SUBJECT is not defined or empty."),
        ("", "The field COMMUNICATIONS is not defined or invalid."),
        ("", "The field RESPONSIBLE_ID is not defined or invalid."),
        ("", "The field TYPE_ID is not defined or invalid."),
        ("", "Could not find 'CONTACT' with ID: 15"),
        ("", "Could not build binding."),
        ("", "The only one communication is allowed for activity of specified type"),
        ("", 'The activity type "Task" is not supported in current context'),
        ("", "Use crm.activity.configurable.add for this activity provider"),
        ("", "Activity is not found."),
        ("", 'The required parameter "name" for the method is not set'),
        ("", "You specified an invalid calendar section ID"),
        ("", "An error occurred while creating the event"),
        ("", "An error occurred while deleting the event"),
        ("", "invalid editing type for the recurring event"),
        ("", "An error occurred while retrieving the status"),
        ("", "Section ID is not set"),
        ("", "Das Element wurde nicht gefunden"),
        ("ERROR_CORE", "Element not found"),
        ("ERROR_CORE", "The field &quot;Region&quot; is required.<br>\n"),
        ("Communication type is not defined", "Parameter 'type' is required."),
        ("Communication values is not defined", "Parameter 'values' is required."),
        ("NOT_FOUND", "Element not found"),
        ("ENTITY_TYPE_NOT_SUPPORTED", "Entity type 5 is not supported"),
        ("INVALID_ARG_VALUE", "Invalid filter: field 'X' is not allowed in filter"),
        ("CRM_FIELD_ERROR_VALUE_NOT_VALID", 'Invalid value for field "E-mail"'),
        ("CRM_FIELD_ERROR_REQUIRED", 'The field "Region" is required'),
        ("CREATE_DYNAMIC_ITEM_RESTRICTED", ""),
        ("UPDATE_DYNAMIC_ITEM_RESTRICTED", ""),
        ("OWNER_NOT_FOUND", ""),
        ("WRONG_DATETIME_FORMAT", "Wrong datetime format"),
        ("CAN_NOT_UPDATE_COMPLETED_TODO", "Completed activity cannot be modified"),
        ("CAN_NOT_UPDATE_COLOR_COMPLETED_TODO", ""),
        ("CAN_NOT_UPDATE_WRONG_COLOR_TODO", ""),
        ("CAN_NOT_UPDATE_RESPONSIBLE_USER_COMPLETED_TODO", ""),
        ("ERROR_PARENT_ACTIVITY_RESTRICT", ""),
        ("ERROR_WRONG_CONTEXT", "Only in the context of an application"),
        ("ERROR_WRONG_APPLICATION", ""),
        ("WRONG_FIELD_VALUE", ""),
        ("INCOMING_ACTIVITY_CAN_NOT_BE_WITH_DEADLINE", ""),
        ("ERROR_EMPTY_LAYOUT", ""),
        ("FIELD_IS_REQUIRED", ""),
        ("FIELD_IS_REDUNDANT", 'Field "colour" is not described in the object'),
        ("ENUM_FIELD", ""),
        ("TOO_MANY_ITEMS", ""),
        ("KEY_CONTAIN_WRONG_SYMBOLS", ""),
        ("WRONG_LANG", ""),
        ("REQUIRED_ARG_MISSING", ""),
        ("BINDING_NOT_FOUND", ""),
        ("LAST_BINDING_CANNOT_BE_DELETED", ""),
        ("SOURCE_AND_TARGET_ENTITY_TYPES_ARE_NOT_EQUAL_ERROR", ""),
        ("SOURCE_AND_TARGET_ENTITY_ID_ARE_EQUAL_ERROR", ""),
        ("ERROR_EVENT_NOT_FOUND", ""),
        ("BITRIX_REST_V3_EXCEPTION_VALIDATION_REQUESTVALIDATIONEXCEPTION", "Error validating"),
    )
] + [("", "Email send error. Mailbox unknown", 400, LOOK)]

EVERY = SYSTEM + SIGNING_IN + METHODS
"""Sections 1.5 and 2.3 of the reference, and what its methods say of their own."""


def reaction(error: AppError) -> Reaction:
    """What the sync makes of a failed write."""
    if isinstance(error, OutcomeUnknownError):
        return LOOK
    assert isinstance(error, RefusedError)
    if error.reason in PASSING:
        return WAIT
    if error.reason in STOPPING:
        return SIGN_IN if error.reason is Refusal.SIGN_IN else STOP
    return PARK


@pytest.mark.parametrize(("code", "text", "status", "expected"), EVERY)
def test_each_error_has_its_reaction(code: str, text: str, status: int, expected: Reaction) -> None:
    for spelled in (code, code.upper(), code.lower()):
        error = error_of(spelled, text, method="crm.activity.add", http_status=status)
        assert reaction(error) is expected


@pytest.mark.parametrize(("code", "text", "status", "expected"), EVERY)
def test_each_error_has_a_sentence_of_ours(
    qapp: object, code: str, text: str, status: int, expected: Reaction
) -> None:
    told = text_for(error_of(code, text, method="crm.activity.add", http_status=status))

    assert len(told.title) > 5
    assert told.body.endswith(".")
    assert not text or text not in told.line, "foreign words stand in the details only"
    assert len(code) < 4 or code not in told.line
    assert expected is LOOK or not code or code in told.details
