"""What a test can ask of, and do to, a running emulated portal."""

import http.client
import json
import time
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

from .portal_apps import AppsControl
from .portal_calendar import CalendarControl
from .portal_crm import CrmControl, with_lists

Row = dict[str, Any]


class PortalControlError(Exception):
    """The portal did not understand the test's wish."""


class PortalControl(AppsControl, CrmControl, CalendarControl):
    """The portal's back door: short blocking calls that meet no fault and no limit."""

    def __init__(self) -> None:
        self._address = ""
        self._line: http.client.HTTPConnection | None = None

    def connect(self, address: str) -> None:
        """Talk to the process behind ``address`` from now on."""
        self.close()
        self._address = urlsplit(address).netloc

    def close(self) -> None:
        """Close the connection, if there is one."""
        if self._line is not None:
            self._line.close()
            self._line = None

    def _ask(self, verb: str, /, **arguments: Any) -> Any:
        body = json.dumps(arguments)
        try:
            answer = self._post(verb, body)
        except (http.client.HTTPException, OSError):
            self.close()  # the portal closes idle lines
            answer = self._post(verb, body)
        if "error" in answer:
            raise PortalControlError(f"{verb}: {answer['error']}")
        return answer.get("value")

    def _post(self, verb: str, body: str) -> Row:
        if self._line is None:
            self._line = http.client.HTTPConnection(self._address, timeout=60)
        self._line.request("POST", f"/control/{verb}", body)
        decoded: Row = json.loads(self._line.getresponse().read())
        return decoded

    # The portal as a whole

    def reset(self) -> Row:
        """A new portal: three employees, their calendars, no records, a new webhook."""
        found: Row = self._ask("reset")
        return found

    def identity(self) -> Row:
        """``user`` and ``secret`` of the first webhook."""
        found: Row = self._ask("identity")
        return found

    def configure(self, **changes: Any) -> Row:
        """Change settings by name (``tests.servers.bitrix24.settings.Settings``); all of them."""
        found: Row = self._ask("configure", **changes)
        return found

    def set_limits(
        self,
        *,
        drain_per_s: float | None = None,
        burst: float | None = None,
        operating_limit_s: float | None = None,
        operating_cost_s: dict[str, float] | None = None,
    ) -> None:
        """The leaky bucket (``burst`` 0: none) and the execution time that a method may use."""
        wanted = {
            "drain_per_s": drain_per_s,
            "burst": burst,
            "operating_limit_s": operating_limit_s,
            "operating_cost_s": operating_cost_s,
        }
        self.configure(**{name: value for name, value in wanted.items() if value is not None})

    def set_typical_costs(self) -> None:
        """Let methods take the execution time that the reference's samples tell."""
        self.set_limits(operating_cost_s={"*.list": 0.162, "*.get": 0.131, "*": 0.1})

    def rename(self, host: str) -> None:
        """Move the portal to another host name or ``host:port``; requests to others get a 302."""
        self.configure(host=host)

    def refused_by_bucket(self) -> int:
        """How many requests got QUERY_LIMIT_EXCEEDED from the bucket."""
        return int(self._ask("limits")["refused"])

    def advance(self, seconds: float) -> float:
        """Move the portal's clock forward; its new time in Unix seconds."""
        return float(self._ask("advance", seconds=seconds))

    def set_clock(self, instant: str, *, frozen: bool = False) -> float:
        """Let it be this ISO instant for the portal; a frozen clock moves by ``advance`` only."""
        return float(self._ask("set_clock", instant=instant, frozen=frozen))

    # Records

    def seed_contacts(self, count: int, *, responsible: int = 7, seed: int = 1) -> tuple[int, int]:
        """Make ``count`` contacts, the same for the same ``seed``; first and last id."""
        first, last = self._ask("seed_contacts", count=count, responsible=responsible, seed=seed)
        return first, last

    def add_user(self, number: int, first: str, last: str, *, admin: bool = False) -> int:
        """An employee with a calendar of their own."""
        return int(self._ask("add_user", number=number, first=first, last=last, admin=admin))

    def change_contact(self, number: int, *, by: int = 12, **fields: Any) -> None:
        """A colleague edits a contact."""
        sent = {"id": number, "fields": with_lists(fields)}
        self.call("crm.contact.update", sent, by=by)

    def delete_contact(self, number: int, *, by: int = 12) -> None:
        """A colleague deletes a contact."""
        self.call("crm.contact.delete", {"id": number}, by=by)

    def change_activity(self, number: int, *, by: int = 12, **fields: Any) -> None:
        """A colleague edits an activity."""
        self.call("crm.activity.update", {"id": number, "fields": fields}, by=by)

    def delete_activity(self, number: int, *, by: int = 12) -> None:
        """A colleague deletes an activity and with it its event."""
        self.call("crm.activity.delete", {"id": number}, by=by)

    def contacts(self) -> list[Row]:
        """All stored contacts, with the vendor's field names."""
        return self.records("contact")

    def activities(self) -> list[Row]:
        """All stored activities; ``_EVENT`` is the id of the event that a meeting made."""
        return self.records("activity")

    def events(self) -> list[Row]:
        """All stored calendar events in the portal's own form: ``name``, ``start``, ``tz_from``…"""
        return self.records("event")

    def records(self, kind: str) -> list[Row]:
        """All stored records: contact, company, activity, event, section, user, department."""
        found: list[Row] = self._ask("records", kind=kind)
        return found

    def patch(self, kind: str, number: int, **changes: Any) -> Row:
        """Overwrite stored values without any rule or time stamp."""
        found: Row = self._ask("patch", kind=kind, number=number, changes=changes)
        return found

    def erase(self, kind: str, number: int) -> None:
        """Remove a record without a trace."""
        self._ask("erase", kind=kind, number=number)

    def hide(self, kind: str, *numbers: int) -> None:
        """Take the callers' right to these records away; no numbers: give all back."""
        self.configure(hidden={kind: list(numbers)})

    # What arrived

    def requests(self, method: str = "", *, since: int = 0) -> list[Row]:
        """The request log, oldest first; with ``method`` only such requests.

        Keys: ``n at time verb host source user_agent content_type user method params commands
        status outcome executed fault``. ``executed`` counts how often it was carried out;
        ``outcome`` is ``ok``, ``error:CODE``, ``status:502``, ``dropped``, ``moved``, ``arrived``.
        """
        found: list[Row] = self._ask("requests", since=since)
        return [entry for entry in found if method in ("", entry["method"])]

    def commands(self, method: str, *, since: int = 0) -> list[Row]:
        """Parameters of every call of ``method``, alone or inside a batch."""
        found = []
        for entry in self.requests(since=since):
            if entry["method"] == method:
                found.append(entry["params"])
            found.extend(c["params"] for c in entry["commands"] if c["method"] == method)
        return found

    def count(self, method: str = "") -> int:
        """How many HTTP requests arrived, of that method or of any."""
        return len(self.requests(method))

    def clear_requests(self) -> None:
        """Empty the request log."""
        self._ask("clear_requests")

    # Faults

    def fault(self, kind: str, method: str = "*", **details: Any) -> int:
        """Plan a fault (``tests.servers.bitrix24.faults.Fault``); its number."""
        return int(self._ask("fault", kind=kind, method=method, **details))

    def fail(self, code: str, method: str = "*", *, times: int = 1, **details: Any) -> int:
        """Answer with this system error; ``times`` -1: until cleared."""
        return self.fault("error", method, code=code, times=times, **details)

    def clear_faults(self, number: int | None = None) -> None:
        """Forget one planned fault or all."""
        self._ask("clear_faults", number=number)

    def faults_pending(self) -> list[int]:
        """Faults that have not struck as often as planned."""
        found: list[int] = self._ask("faults")["pending"]
        return found

    def faults_met(self) -> list[int]:
        """Numbers of the faults that struck, once for each time."""
        found: list[int] = self._ask("faults")["met"]
        return found

    def held(self) -> int:
        """How many requests wait for ``release``."""
        return int(self._ask("faults")["held"])

    def release(self) -> None:
        """Let held requests go on and late ones happen."""
        self._ask("release")

    # Credentials

    def add_webhook(self, user: int, scopes: Sequence[str] | None = None) -> Row:
        """Another webhook; ``user`` and ``secret``."""
        found: Row = self._ask("add_webhook", user=user, scopes=scopes)
        return found

    def add_token(
        self, user: int, scopes: Sequence[str] | None = None, *, expires_in: float = 3600
    ) -> str:
        """An application's access token for ``/rest/<method>`` with ``auth``."""
        return str(self._ask("add_token", user=user, scopes=scopes, expires_in=expires_in))

    def set_scopes(self, *scopes: str) -> None:
        """What the first webhook may do from now on."""
        self._change(scopes=list(scopes))

    def act_as(self, user: int) -> None:
        """The first webhook now runs as somebody else, as after an administrator's edit."""
        self._change(acts_as=user)

    def stop_account(self, code: str) -> None:
        """All calls of the first webhook get this system error; ``""`` ends that."""
        self._change(refusal=code)

    def revoke(self, secret: str | None = None) -> None:
        """Delete a webhook or token, usually the first webhook."""
        self._ask("revoke", secret=secret or self.identity()["secret"])

    def _change(self, **changes: Any) -> None:
        self._ask("change_credential", secret=self.identity()["secret"], **changes)

    def wait_until(self, happened: Callable[[], bool], *, timeout_s: float = 10.0) -> None:
        """Block until ``happened()``; for tests whose client runs in another process or thread."""
        end = time.monotonic() + timeout_s
        while not happened():
            if time.monotonic() > end:
                raise TimeoutError("the portal did not come to that state")
            time.sleep(0.005)
