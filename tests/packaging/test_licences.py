from email.message import Message

import pytest

from setup.licences import is_allowed, licence_of


def about(**fields: str) -> Message:
    message = Message()
    for name, value in fields.items():
        message[name.replace("_", "-")] = value
    return message


@pytest.mark.parametrize(
    "expression",
    ["MIT", "Apache-2.0 OR BSD-3-Clause", "LGPL-3.0-only OR GPL-2.0-only", "MIT AND (PSF-2.0)"],
)
def test_one_allowed_alternative_is_enough(expression):
    assert is_allowed(expression)


@pytest.mark.parametrize("expression", ["GPL-3.0-only", "MIT AND AGPL-3.0-only", "", "Proprietary"])
def test_everything_else_is_refused(expression):
    assert not is_allowed(expression)


def test_an_spdx_expression_is_believed_first():
    said = about(License_Expression="GPL-3.0-only", Classifier="License :: OSI :: MIT License")
    assert licence_of("one", said) == "GPL-3.0-only"


def test_older_packages_are_read_by_their_classifiers():
    said = about(Classifier="License :: OSI Approved :: MIT License")
    assert licence_of("one", said) == "MIT"


def test_a_package_that_says_nothing_has_no_licence():
    assert licence_of("one", about()) == ""
