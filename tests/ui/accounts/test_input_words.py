"""Each thing that can be wrong with a webhook's address has words of its own."""

import pytest

from desktop.domain.errors import Field, InvalidInputError
from desktop.services.api.bitrix24.address import parse_webhook
from desktop.ui.input_texts import problem_text

WRONG = {
    "empty": "  ",
    "too long": "https://acme.bitrix24.com/rest/7/" + "a" * 3000,
    "only a code": "abcdefghijkl1234",
    "not a link": "hello there",
    "other page": "https://acme.bitrix24.com/company/",
    "app address": "https://acme.bitrix24.com/rest/crm.contact.list",
    "no user": "https://acme.bitrix24.com/rest/",
    "no secret": "https://acme.bitrix24.com/rest/7/",
}


@pytest.mark.parametrize("problem", WRONG)
def test_the_words_fit_what_was_typed(qapp: object, problem: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        parse_webhook(WRONG[problem])

    assert refused.value.problem == problem
    assert problem_text(Field.WEBHOOK, problem) != problem_text(Field.WEBHOOK, "unheard of")


def test_no_two_problems_read_the_same(qapp: object) -> None:
    assert len({problem_text(Field.WEBHOOK, problem) for problem in WRONG}) == len(WRONG)
