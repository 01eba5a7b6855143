"""A browser that signs an employee in: forms, cookies, redirects, one step at a time."""

import ssl
from html.parser import HTMLParser
from typing import Self
from urllib.parse import parse_qs, urljoin, urlsplit

import httpx

from .portal import Portal


class ScriptedBrowser:
    """Opens the portal's pages as a person's browser does; keeps its cookies."""

    def __init__(self, portal: Portal) -> None:
        self._portal = portal
        context = ssl.create_default_context(cafile=portal.ca_file)
        self._line = httpx.Client(verify=context, trust_env=False, timeout=20)
        self.page = ""
        """The text of the page that is shown."""
        self.status = 0
        self.at = ""
        """Its address."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._line.close()

    def open(self, url: str) -> str:
        """Open an address; the address to which the page sends the browser on, or ``""``."""
        return self._shown(self._line.get(url))

    def log_in(self, user: int = 7, *, password: str | None = None) -> str:
        """Fill in the login form that is shown; where the portal sends the browser, or ``""``."""
        form = _Form()
        form.feed(self.page)
        known = self._portal.control.login_of(user)
        filled = {**form.values, "USER_LOGIN": known["login"]}
        filled["USER_PASSWORD"] = known["password"] if password is None else password
        return self._shown(self._line.post(urljoin(self.at, form.action), data=filled))

    def sign_in(self, authorize_url: str, user: int = 7) -> str:
        """Open, log in and go where the portal leads; the address with the code, already called.

        Fails where no redirect comes: the page then tells why.
        """
        target = self.open(authorize_url) or self.log_in(user)
        assert target, self.page
        self.open(target)
        return target

    def code(self) -> str:
        """The code on the page of an application without a redirect."""
        return self.page.partition("<code>")[2].partition("</code>")[0]

    def _shown(self, answer: httpx.Response) -> str:
        self.page, self.status, self.at = answer.text, answer.status_code, str(answer.url)
        target: str = answer.headers.get("location", "")
        if not target:
            return ""
        goal = urljoin(self.at, target)
        here, there = urlsplit(self.at), urlsplit(goal)
        if there.path == here.path and there.path.endswith("/oauth/authorize/"):
            return self.open(goal)  # the portal has another name now
        return goal


def answer_of(url: str) -> dict[str, str]:
    """The parameters with which the portal calls the application's address."""
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


class _Form(HTMLParser):
    """The action and the fields of the page's form."""

    def __init__(self) -> None:
        super().__init__()
        self.action = ""
        self.values: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "form":
            self.action = found.get("action") or ""
        if tag == "input" and found.get("name"):
            self.values[str(found["name"])] = found.get("value") or ""
