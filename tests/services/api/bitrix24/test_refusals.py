"""Every error of the reference and the reaction to it."""

import pytest

from desktop.domain.errors import AppError, OutcomeUnknownError, Refusal, RefusedError
from desktop.services.api.bitrix24.envelope import read_message, settle
from desktop.services.api.bitrix24.refusals import error_of
from tests.services.api.bitrix24.samples import body

UNKNOWN = None


def meaning(
    code: str, text: str = "", status: int | None = 400, method: str = "crm.contact.get"
) -> Refusal | None:
    error = error_of(code, text, method=method, http_status=status)
    return error.reason if isinstance(error, RefusedError) else UNKNOWN


@pytest.mark.parametrize(
    ("code", "status", "reason"),
    [
        ("QUERY_LIMIT_EXCEEDED", 503, Refusal.BUSY),
        ("QUERY_LIMIT_EXCEEDED", 429, Refusal.BUSY),
        ("OPERATION_TIME_LIMIT", 429, Refusal.METHOD_BUSY),
        ("OVERLOAD_LIMIT", 503, Refusal.STOPPED),
        ("INTERNAL_SERVER_ERROR", 500, UNKNOWN),
        ("ERROR_UNEXPECTED_ANSWER", 500, UNKNOWN),
        ("PORTAL_DELETED", 500, Refusal.STOPPED),
        ("PORTAL_DELETED", 403, Refusal.STOPPED),
        ("PORTAL_DELETED", 410, Refusal.STOPPED),
        ("NO_AUTH_FOUND", 401, Refusal.SIGN_IN),
        ("expired_token", 401, Refusal.SIGN_IN),
        ("invalid_token", 403, Refusal.SIGN_IN),
        ("INVALID_CREDENTIALS", 403, Refusal.SIGN_IN),
        ("authorization_error", 401, Refusal.SIGN_IN),
        ("APPLICATION_NOT_FOUND", 401, Refusal.SIGN_IN),
        ("ERROR_OAUTH", 401, Refusal.SIGN_IN),
        ("invalid_grant", 400, Refusal.SIGN_IN),
        ("invalid_client", 401, Refusal.SIGN_IN),
        ("wrong_client", 200, Refusal.SIGN_IN),
        ("invalid_request", 400, Refusal.OUR_BUG),
        ("invalid_scope", 400, Refusal.MISSING_SCOPE),
        ("insufficient_scope", 403, Refusal.MISSING_SCOPE),
        ("user_access_error", 403, Refusal.STOPPED),
        ("ACCESS_DENIED", 403, Refusal.FORBIDDEN),
        ("INVALID_REQUEST", 400, Refusal.OUR_BUG),
        ("ERROR_METHOD_NOT_FOUND", 404, Refusal.UNSUPPORTED),
        ("ENTITY_TYPE_NOT_SUPPORTED", 400, Refusal.UNSUPPORTED),
        ("UPDATE_DYNAMIC_ITEM_RESTRICTED", 400, Refusal.UNSUPPORTED),
        ("CRM_FIELD_ERROR_VALUE_NOT_VALID", 400, Refusal.INVALID),
        ("CRM_FIELD_ERROR_REQUIRED", 400, Refusal.INVALID),
        ("ERROR_METHOD_NOT_FOUND", 400, Refusal.UNSUPPORTED),
        ("ERROR_BATCH_METHOD_NOT_ALLOWED", 405, Refusal.OUR_BUG),
        ("ERROR_BATCH_LENGTH_EXCEEDED", 400, Refusal.OUR_BUG),
        ("ERROR_MANIFEST_IS_NOT_AVAILABLE", 404, Refusal.UNSUPPORTED),
        ("WRONG_AUTH_TYPE", 403, Refusal.UNSUPPORTED),
        ("ERROR_WRONG_CONTEXT", 400, Refusal.UNSUPPORTED),
        ("ALLOWED_ONLY_INTRANET_USER", 403, Refusal.FORBIDDEN),
        ("allowed_only_intranet_user", 400, Refusal.FORBIDDEN),
        ("METHOD_CONFIRM_WAITING", 401, Refusal.STOPPED),
        ("METHOD_CONFIRM_DENIED", 401, Refusal.FORBIDDEN),
        ("PAYMENT_REQUIRED", 402, Refusal.STOPPED),
        ("WRONG_ENCODING", 200, UNKNOWN),
        ("ERROR_ARGUMENT", 400, Refusal.INVALID),
        ("ERROR_CORE", 400, Refusal.INVALID),
        ("", 400, Refusal.INVALID),
        ("100", 400, Refusal.OUR_BUG),
        ("0", 400, Refusal.OUR_BUG),
        ("NOT_FOUND", 400, Refusal.NOT_FOUND),
        ("OWNER_NOT_FOUND", 400, Refusal.NOT_FOUND),
        ("SOMETHING_NEW", 400, Refusal.INVALID),
        ("SOMETHING_NEW", 200, Refusal.INVALID),
        ("SOMETHING_NEW", 401, Refusal.SIGN_IN),
        ("SOMETHING_NEW", 403, Refusal.FORBIDDEN),
        ("SOMETHING_NEW", 500, UNKNOWN),
        ("SOMETHING_NEW", 503, UNKNOWN),
    ],
)
@pytest.mark.parametrize("case", [str, str.upper, str.lower])
def test_the_code_decides_whatever_its_case(code, status, reason, case):
    assert meaning(case(code), status=status) is reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Access denied.", Refusal.FORBIDDEN),
        ("The field SUBJECT is not defined or empty", Refusal.OUR_BUG),
        ("Could not find 'CONTACT' with ID: 15", Refusal.NOT_FOUND),
        ("could not find 'DYNAMIC_177' with id: 3.", Refusal.NOT_FOUND),
        ("The field RESPONSIBLE_ID is not defined or invalid", Refusal.INVALID),
        ("The field TYPE_ID is not defined or invalid", Refusal.OUR_BUG),
        ('The activity type "Task" is not supported in current context', Refusal.OUR_BUG),
        ("The field COMMUNICATIONS is not defined or invalid", Refusal.NO_COMMUNICATION),
        ("The field <b>COMMUNICATIONS</b> is not defined or invalid.", Refusal.NO_COMMUNICATION),
        (
            "The only one communication is allowed for activity of specified type",
            Refusal.OUR_BUG,
        ),
        ("Could not build binding. Please ensure that owner info is right", Refusal.OUR_BUG),
        (
            "The custom activity without provider is not supported in current context",
            Refusal.OUR_BUG,
        ),
        ("Use crm.activity.configurable.add for this activity provider", Refusal.UNSUPPORTED),
        ("Application context required", Refusal.UNSUPPORTED),
        ("Email send error. Mailbox unknown", UNKNOWN),
        ("Activity is not found.", Refusal.NOT_FOUND),
        ("Contact is not found", Refusal.NOT_FOUND),
        ("Not found", Refusal.NOT_FOUND),
        ("Der Kontakt wurde nicht gefunden", Refusal.INVALID),
        ("An error occurred while deleting the event", Refusal.INVALID),
        ("You specified an invalid calendar section ID", Refusal.INVALID),
    ],
)
def test_without_a_code_the_text_decides(text, reason):
    assert meaning("", text, method="crm.activity.add") is reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("REST API is available only on commercial plans.", Refusal.STOPPED),
        ("Access denied! Application context required", Refusal.UNSUPPORTED),
        ("Access denied.", Refusal.FORBIDDEN),
    ],
)
def test_access_denied_means_three_things(text, reason):
    assert meaning("ACCESS_DENIED", text, 403) is reason


@pytest.mark.parametrize(
    ("method", "scope"),
    [
        ("crm.activity.add", "crm"),
        ("calendar.event.get", "calendar"),
        ("user.get", "user"),
        ("department.get", "department"),
    ],
)
def test_the_missing_permission_comes_from_the_methods_name(method, scope):
    error = error_of("insufficient_scope", "", method=method)

    assert isinstance(error, RefusedError)
    assert error.subject == scope


def test_facts_travel_with_the_refusal_as_plain_text():
    error = error_of(
        "ERROR_CORE",
        "The field &quot;Region&quot; is required.<br>\n",
        method="crm.contact.add",
        http_status=400,
    )

    assert isinstance(error, RefusedError)
    assert error.text == 'The field "Region" is required.'
    assert (error.code, error.method, error.http_status) == ("ERROR_CORE", "crm.contact.add", 400)


@pytest.mark.parametrize("code", ["OVERLOAD_LIMIT", "PORTAL_DELETED", "METHOD_CONFIRM_WAITING"])
def test_a_stopped_account_is_probed_hourly(code):
    error = error_of(code, "", method="profile")

    assert isinstance(error, RefusedError)
    assert error.retry_after_s == 3_600


@pytest.mark.parametrize(
    ("sample", "number", "status", "reason"),
    [
        ("S13", 1, 400, Refusal.INVALID),
        ("S13b", 2, 400, Refusal.INVALID),
        ("S14b", 0, 400, Refusal.FORBIDDEN),
        ("S14b", 1, 400, Refusal.OUR_BUG),
        ("S14b", 2, 400, Refusal.NOT_FOUND),
        ("S14b", 3, 400, Refusal.OUR_BUG),
        ("S14b", 4, 400, Refusal.OUR_BUG),
        ("S14b", 5, 400, Refusal.OUR_BUG),
        ("S15", 1, 400, Refusal.NOT_FOUND),
        ("S17", 1, 400, Refusal.INVALID),
        ("S17", 2, 400, Refusal.OUR_BUG),
        ("S18", 2, 400, Refusal.UNSUPPORTED),
        ("S19", 2, 400, Refusal.INVALID),
        ("S20", 1, 200, Refusal.INVALID),
        ("S21b", 1, 400, Refusal.INVALID),
        ("S21b", 2, 400, Refusal.INVALID),
        ("S21b", 3, 400, Refusal.INVALID),
        ("S25", 0, 503, Refusal.BUSY),
        ("S26", 0, 429, Refusal.METHOD_BUSY),
        ("S27", 0, 401, Refusal.SIGN_IN),
        ("S27", 1, 401, Refusal.SIGN_IN),
        ("S27", 2, 403, Refusal.SIGN_IN),
        ("S27", 3, 403, Refusal.STOPPED),
        ("S28", 0, 403, Refusal.MISSING_SCOPE),
        ("S28", 1, 403, Refusal.UNSUPPORTED),
        ("S28", 2, 403, Refusal.STOPPED),
        ("S28", 3, 403, Refusal.UNSUPPORTED),
        ("S29", 0, 500, Refusal.STOPPED),
        ("S29", 1, 503, Refusal.STOPPED),
        ("S29", 2, 500, UNKNOWN),
        ("S30", 0, 400, Refusal.NOT_FOUND),
        ("S30", 1, 400, Refusal.NOT_FOUND),
        ("S30", 2, 400, Refusal.INVALID),
        ("S30", 3, 404, Refusal.UNSUPPORTED),
        ("S32", 0, 400, Refusal.INVALID),
    ],
)
def test_the_samples_of_refusals_lead_to_their_reactions(sample, number, status, reason):
    with pytest.raises(AppError) as caught:
        settle(read_message(body(sample, number)), status, method="crm.activity.add")

    if reason is UNKNOWN:
        assert isinstance(caught.value, OutcomeUnknownError)
    else:
        assert isinstance(caught.value, RefusedError)
        assert caught.value.reason is reason
