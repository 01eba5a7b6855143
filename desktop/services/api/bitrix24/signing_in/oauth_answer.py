"""What the portal's page sends back: in the address the browser is led to, or pasted by hand."""

import re
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from desktop.domain.errors import Field, InvalidInputError, SignInError, SignInProblem
from desktop.services.api.bitrix24.links import host_of, without_quotes
from desktop.services.api.bitrix24.signing_in.portal_address import PortalAddress

_LONGEST = 8192
_MOST_FIELDS = 32
_CODE = re.compile(r"^[A-Za-z0-9._~-]{8,512}$")


@dataclass(frozen=True, slots=True)
class PortalAnswer:
    """One answer, not yet believed. Shows itself without the code."""

    code: str = field(repr=False)
    state: str = ""
    domain: str = ""
    """The portal that answers, with port and path where it has them."""
    member_id: str = ""
    server_domain: str = ""
    """The sign-in server to go on with."""
    error: str = ""
    bare: bool = False
    """Only a code was pasted: nothing else can be checked before it is exchanged."""


def answer_in(query: str) -> PortalAnswer | None:
    """The answer in the query of an address; None where there is none in it."""
    if len(query) > _LONGEST:
        return None
    try:
        told = parse_qs(query, max_num_fields=_MOST_FIELDS)
    except ValueError:
        return None
    once = {name: values[0] for name, values in told.items() if len(values) == 1}
    code, error = once.get("code", ""), once.get("error", "")
    if not error and not _CODE.match(code):
        return None
    return PortalAnswer(
        code if _CODE.match(code) else "",
        once.get("state", ""),
        once.get("domain", ""),
        once.get("member_id", ""),
        once.get("server_domain", ""),
        error,
    )


def answer_pasted(text: str) -> PortalAnswer:
    """The answer in what was pasted: the whole address, what stands after its "?", or the code.

    Raises `InvalidInputError` for `Field.SIGN_IN_CODE` with "empty" or "unreadable".
    """
    typed = without_quotes(text)
    if not typed:
        raise InvalidInputError(Field.SIGN_IN_CODE, "empty")
    if _CODE.match(typed):
        return PortalAnswer(typed, bare=True)
    try:
        query = urlsplit(typed).query if "?" in typed else typed
    except ValueError:
        query = ""
    answer = answer_in(query)
    if answer is None:
        raise InvalidInputError(Field.SIGN_IN_CODE, "unreadable")
    return answer


def believe(answer: PortalAnswer, portal: PortalAddress, state: str) -> None:
    """Raises `SignInError` unless it answers this very question, and from this very portal."""
    if not answer.bare and answer.state != state:
        raise SignInError(SignInProblem.OTHER_STATE)
    if answer.error:
        raise SignInError(SignInProblem.NOT_ALLOWED, code=answer.error)
    if answer.domain and not same_host(answer.domain, portal.portal):
        raise SignInError(SignInProblem.OTHER_PORTAL, subject=_shown(answer.domain))


def same_host(one: str, other: str) -> bool:
    """Whether two addresses, with or without ``https://``, name the same host."""
    first, second = (host_of(text if "://" in text else f"https://{text}") for text in (one, other))
    return bool(first) and first == second


def _shown(domain: str) -> str:
    """A foreign host for a sentence: nothing that is none."""
    host = host_of(domain if "://" in domain else f"https://{domain}")
    return host if re.fullmatch(r"[a-z0-9.-]{1,253}", host) else ""
