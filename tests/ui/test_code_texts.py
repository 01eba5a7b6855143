"""What a portal's own codes say to a salesperson."""

import re

import pytest

from desktop.domain.errors import Refusal, RefusedError
from desktop.services.api.bitrix24.refusals import error_of
from desktop.ui.code_texts import code_text
from desktop.ui.error_texts import refusal_text, text_for

CODES = (
    "QUERY_LIMIT_EXCEEDED OPERATION_TIME_LIMIT OVERLOAD_LIMIT PORTAL_DELETED NO_AUTH_FOUND "
    "expired_token invalid_token INVALID_CREDENTIALS authorization_error insufficient_scope "
    "user_access_error ACCESS_DENIED INVALID_REQUEST ERROR_METHOD_NOT_FOUND "
    "ERROR_BATCH_METHOD_NOT_ALLOWED ERROR_BATCH_LENGTH_EXCEEDED ERROR_MANIFEST_IS_NOT_AVAILABLE "
    "WRONG_AUTH_TYPE ALLOWED_ONLY_INTRANET_USER METHOD_CONFIRM_WAITING METHOD_CONFIRM_DENIED "
    "APPLICATION_NOT_FOUND ERROR_OAUTH PAYMENT_REQUIRED ERROR_ARGUMENT ERROR_CORE 100 0 "
    "invalid_client wrong_client invalid_grant invalid_scope invalid_request"
).split()
"""The tables of sections 1.5 and 2.3, without those whose outcome is unknown."""


@pytest.mark.parametrize("code", CODES)
def test_each_code_has_a_title_and_says_what_to_do(qapp: object, code: str) -> None:
    text = text_for(error_of(code, "said so", method="crm.contact.get", http_status=400))

    assert len(text.title) > 5
    assert text.body.endswith(".")
    assert code not in text.title + text.body, "a raw code stands in the details only"
    assert code in text.details


@pytest.mark.parametrize("code", CODES)
def test_no_sentence_speaks_of_protocols(qapp: object, code: str) -> None:
    text = text_for(error_of(code, "", method="crm.contact.get", http_status=400))

    assert not re.search(r"HTTP|OAuth|token|REST|API|JSON|40[013]", text.line)


def test_a_plan_without_programs_is_told_from_a_missing_right(qapp: object) -> None:
    plan = error_of("ACCESS_DENIED", "REST API is available only on commercial plans", method="x")
    right = error_of("ACCESS_DENIED", "Access denied!", method="x")

    assert "plan" in text_for(plan).title
    assert text_for(right).title == refusal_text(Refusal.FORBIDDEN).title


def test_a_code_that_says_no_more_than_its_kind_has_the_words_of_the_kind(qapp: object) -> None:
    assert code_text("QUERY_LIMIT_EXCEEDED") is None
    busy = RefusedError(Refusal.BUSY, code="QUERY_LIMIT_EXCEEDED")
    assert text_for(busy).title == refusal_text(Refusal.BUSY).title
