"""What no log may show: secrets, e-mail addresses, phone numbers."""

import re
from functools import cache

HIDDEN = "***"

_NAMED_SO = (
    "access_token|refresh_token|id_token|token|auth|auth_id|auth_token|application_token|"
    "client_secret|secret|password|passwd|pwd|code|api_key|apikey|key|sign|signature"
)


@cache
def _rules() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Made when the first line is written: a start writes none."""
    return (
        # An incoming webhook: its address is its password.
        (re.compile(r"(/rest/\d+/)[^/\s\"'?#]+", re.IGNORECASE), rf"\1{HIDDEN}"),
        # User information in an address.
        (re.compile(r"(\b[a-z][a-z0-9+.-]*:/{2})[^/\s\"'@]+@", re.IGNORECASE), rf"\1{HIDDEN}@"),
        # A header, written as one or as a mapping's item.
        (
            re.compile(
                r"((?:proxy-)?authorization[\"']?\s*[:=,]\s*[\"']?)(?:[a-z]+\s+)?[^\s\"',;}]+",
                re.IGNORECASE,
            ),
            rf"\1{HIDDEN}",
        ),
        (re.compile(r"\b((?:bearer|basic)\s+)[\w.~+/=-]{6,}", re.IGNORECASE), rf"\1{HIDDEN}"),
        (re.compile(r"((?:set-)?cookie[\"']?\s*[:=]\s*)[^\r\n]+", re.IGNORECASE), rf"\1{HIDDEN}"),
        # A JSON Web Token, wherever it stands.
        (re.compile(r"\beyJ[\w-]{5,}\.[\w-]+(?:\.[\w-]*)?"), HIDDEN),
        # A parameter of an address or a form; an item of JSON or of a mapping's text.
        (
            re.compile(rf"\b((?:{_NAMED_SO})=)[^&\s\"',;)}}\]]+", re.IGNORECASE),
            rf"\1{HIDDEN}",
        ),
        (
            re.compile(
                rf"([\"'](?:{_NAMED_SO})\\?[\"']\s*:\s*\\?[\"'])(?:[^\"'\\]|\\.)*", re.IGNORECASE
            ),
            rf"\1{HIDDEN}",
        ),
        (re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+"), HIDDEN),
        # A phone number: international, or ten digits and more in one run or in groups. A date,
        # an address of the network and the parts of a UUID are none.
        (re.compile(r"\+\d(?:[ ().\-\u00a0]{0,2}\d){6,14}(?!\w)"), HIDDEN),
        (
            re.compile(
                r"(?<![\w.:-])(?!\d{4}-\d\d-\d\d)\(?\d(?:[ ()\-\u00a0]{0,2}\d){9,14}(?![\w.:-]*\w)"
            ),
            HIDDEN,
        ),
    )


def masked(text: str) -> str:
    """Return ``text`` with every secret, e-mail address and phone number replaced by stars.

    It errs towards hiding: a number of ten digits that is no phone number goes too.
    """
    for pattern, replacement in _rules():
        text = pattern.sub(replacement, text)
    return text
