"""Every failure has a sentence of its own, and none shows a secret."""

import pytest

from desktop.domain import errors
from desktop.domain.errors import (
    AppError,
    Field,
    InvalidInputError,
    KeyringError,
    KeyringState,
    OfflineError,
    OutcomeUnknownError,
    Refusal,
    RefusedError,
    Unreachable,
)
from desktop.ui.error_texts import ErrorText, Remedy, refusal_text, text_for
from desktop.ui.input_texts import problem_text


def test_each_reason_to_be_offline_reads_differently() -> None:
    titles = {text_for(OfflineError(why)).title for why in Unreachable}

    assert len(titles) == len(Unreachable)


@pytest.mark.parametrize("reason", Refusal)
def test_each_refusal_says_what_became_of_the_work(reason: Refusal) -> None:
    text = text_for(RefusedError(reason, code="X1", text="<b>server</b>"))

    assert text.title
    assert text.body.endswith(".")
    assert "server</b>" not in text.title + text.body
    assert "X1" in text.details


def test_refusals_are_told_apart() -> None:
    assert len({refusal_text(reason).title for reason in Refusal}) == len(Refusal)


def test_a_missing_scope_is_named() -> None:
    assert "crm" in text_for(RefusedError(Refusal.MISSING_SCOPE, subject="crm")).title


def test_a_page_is_told_apart_from_a_cut_answer() -> None:
    page = text_for(OutcomeUnknownError(page=True))
    cut = text_for(OutcomeUnknownError(200))

    assert page.title != cut.title


@pytest.mark.parametrize("state", KeyringState)
def test_each_state_of_the_keyring_has_words(state: KeyringState) -> None:
    assert text_for(KeyringError(state)).body


def test_each_error_class_has_words_and_plain_mistakes_are_owned() -> None:
    general = text_for(AppError()).title
    own = text_for(ValueError("x")).title

    for kind in (errors.StoreFullError, errors.StoreTooNewError, errors.NotFoundError):
        assert text_for(kind()).title not in (general, own)


def test_a_full_disk_offers_to_free_space() -> None:
    assert text_for(errors.StoreFullError()).remedy is Remedy.FREE_SPACE


@pytest.mark.parametrize("field", Field)
def test_every_field_has_a_sentence_even_for_an_unknown_problem(field: Field) -> None:
    assert problem_text(field, "never heard of").endswith((".", "/"))
    assert text_for(InvalidInputError(field, "never heard of")).body


def test_title_and_body_make_a_line_of_whole_sentences() -> None:
    assert text_for(errors.StoreFullError()).line.startswith("The disk is full. Nothing was")
    assert ErrorText("Offline", "").line == "Offline."
