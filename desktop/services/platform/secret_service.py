"""The Secret Service of Linux desktops, asked for one secret in the shortest way.

A start has to wait for the store's key, and the keyring library takes longer to load than the
answer takes to come. Whatever is out of the ordinary (a locked keyring, several entries, no
service) gives None: then the library is asked, which knows what to do about it.

The secret crosses the session bus unencrypted, as "plain" sessions do: who can listen to that bus
is this user and can ask for the secret as well.
"""

import sys
from typing import Any

if sys.platform == "linux":
    from jeepney import DBusAddress, DBusErrorResponse, new_method_call
    from jeepney.io.blocking import DBusConnection, open_dbus_connection

    _SERVICE = DBusAddress(
        "/org/freedesktop/secrets", "org.freedesktop.secrets", "org.freedesktop.Secret.Service"
    )

PATIENCE_S = 5.0


def read_secret(service: str, user_name: str) -> str | None:
    """The one unlocked secret under these names; None where it is not that simple."""
    if sys.platform != "linux":
        return None
    try:
        with open_dbus_connection("SESSION") as bus:
            return _ask(bus, service, user_name)
    except (OSError, KeyError, ValueError, TimeoutError, DBusErrorResponse):
        return None


def _ask(bus: "DBusConnection", service: str, user_name: str) -> str | None:
    names = {"service": service, "username": user_name}
    unlocked, locked = _call(bus, "SearchItems", "a{ss}", (names,))
    if len(unlocked) != 1 or locked:
        return None
    _output, session = _call(bus, "OpenSession", "sv", ("plain", ("s", "")))
    (secrets,) = _call(bus, "GetSecrets", "aoo", (unlocked, session))
    _session, _parameters, value, _kind = secrets[unlocked[0]]
    return bytes(value).decode("utf-8")


def _call(
    bus: "DBusConnection", method: str, signature: str, values: tuple[object, ...]
) -> tuple[Any, ...]:
    message = new_method_call(_SERVICE, method, signature, values)
    reply = bus.send_and_get_reply(message, timeout=PATIENCE_S)
    if reply.header.message_type.name == "error":
        raise DBusErrorResponse(reply)
    return tuple(reply.body)
