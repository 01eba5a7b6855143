"""Failures of the network, told apart: was it sent, and what stood in the way?"""

import asyncio
import gzip
import http.server
import logging
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import msgspec
import pytest

from desktop.domain.errors import (
    AppError,
    OfflineError,
    OutcomeUnknownError,
    Refusal,
    RefusedError,
    Unreachable,
)
from desktop.services.api.http import JsonHttp
from desktop.services.api.json_budget import MAX_BYTES
from desktop.services.api.trust import build_context
from tests.servers.portal import Portal

URL = "https://acme.example/rest/7/s3cret-canary/profile"


class Chunks(httpx.AsyncByteStream):
    """A body that arrives in pieces of 64 KiB."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    async def __aiter__(self):
        for start in range(0, len(self.content), 65_536):
            yield self.content[start : start + 65_536]


def over(answer: Callable[[httpx.Request], httpx.Response]) -> JsonHttp:
    """A client whose network is a function; the body comes as a stream, as it does in life."""

    def streamed(request: httpx.Request) -> httpx.Response:
        told = answer(request)
        if not told.is_stream_consumed:
            return told
        return httpx.Response(told.status_code, headers=told.headers, stream=Chunks(told.content))

    return JsonHttp("Parley/test", transport=httpx.MockTransport(streamed))


async def failing(client: JsonHttp, url: str = URL) -> AppError:
    with pytest.raises(AppError) as caught:
        await client.post(url, {}, msgspec.json.decode)
    await client.aclose()
    for _ in range(3):
        await asyncio.sleep(0)  # generators of the library that were left early end now
    error = caught.value
    assert error.__cause__ is None
    assert error.__context__ is None, "a context would carry the address"
    return error


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (httpx.ConnectError, OfflineError),
        (httpx.ConnectTimeout, OfflineError),
        (httpx.PoolTimeout, OfflineError),
        (httpx.ProxyError, OfflineError),
        (httpx.ReadTimeout, OutcomeUnknownError),
        (httpx.WriteTimeout, OutcomeUnknownError),
        (httpx.ReadError, OutcomeUnknownError),
        (httpx.WriteError, OutcomeUnknownError),
        (httpx.CloseError, OutcomeUnknownError),
        (httpx.RemoteProtocolError, OutcomeUnknownError),
        (httpx.LocalProtocolError, OutcomeUnknownError),
        (httpx.DecodingError, OutcomeUnknownError),
    ],
)
async def test_nothing_sent_is_offline_and_everything_else_unknown(error, expected, caplog):
    def answer(request: httpx.Request) -> httpx.Response:
        raise error(f"while asking {request.url}", request=request)

    caplog.set_level(logging.DEBUG)
    failure = await failing(over(answer))

    assert type(failure) is expected
    assert "canary" not in caplog.text + repr(failure) + str(vars(failure))


async def test_a_proxy_that_refuses_is_named():
    def answer(request: httpx.Request) -> httpx.Response:
        raise httpx.ProxyError("407", request=request)

    failure = await failing(over(answer))

    assert isinstance(failure, OfflineError)
    assert failure.why is Unreachable.PROXY


async def test_a_proxy_setting_that_makes_no_sense_is_the_proxys_fault(monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "gopher://proxy.example:1")

    failure = await failing(JsonHttp("Parley/test", trust=build_context()))

    assert isinstance(failure, OfflineError)
    assert failure.why is Unreachable.PROXY


async def test_a_host_that_nobody_knows_is_no_dns(monkeypatch):
    async def unknown(*_args: object, **_more: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", unknown)
    client = JsonHttp("Parley/test", trust=build_context())

    failure = await failing(client, "https://no-such-host.example/rest/7/s3cret-canary/profile")

    assert isinstance(failure, OfflineError)
    assert failure.why is Unreachable.NO_DNS


async def test_a_port_that_nobody_listens_on_is_no_answer():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"https://127.0.0.1:{taken.getsockname()[1]}/rest/7/s3cret-canary/x"
        failure = await failing(JsonHttp("Parley/test", trust=build_context()), url)

    assert isinstance(failure, OfflineError)
    assert failure.why is Unreachable.NO_ANSWER


@pytest.mark.parametrize(
    ("quality", "why"),
    [
        ("untrusted", Unreachable.BAD_CERTIFICATE),
        ("expired", Unreachable.BAD_CERTIFICATE),
        ("wrong-host", Unreachable.CAPTIVE_PORTAL),
    ],
)
async def test_wrong_certificates_are_refused_before_a_byte_is_sent(tmp_path, quality, why):
    with Portal(tmp_path, certificate=quality) as bad:
        client = JsonHttp("Parley/test", trust=build_context(bad.ca_file))
        failure = await failing(client, f"{bad.webhook_url}profile")
        assert bad.control.count() == 0

    assert isinstance(failure, OfflineError)
    assert failure.why is why


async def test_a_server_that_speaks_no_tls_is_a_bad_certificate(portal):
    url = portal.http_url.replace("http://", "https://")

    failure = await failing(JsonHttp("Parley/test", trust=build_context()), f"{url}/rest/7/x/y")

    assert isinstance(failure, OfflineError)
    assert failure.why is Unreachable.BAD_CERTIFICATE


async def test_ssl_cert_file_names_further_authorities(portal, monkeypatch):
    client = JsonHttp("Parley/test", trust=build_context(portal.ca_file))

    answer = await client.post(f"{portal.webhook_url}profile", {}, msgspec.json.decode)
    await client.aclose()

    assert answer.status == 200
    assert answer.value["result"]["ID"] == "7"
    assert 0 <= client.idle_s < 60


@pytest.mark.parametrize(
    ("body", "page"),
    [
        (b"<html><body>Sign in to the hotel</body></html>", True),
        (b"  <!DOCTYPE html>", True),
        (b'{"result": ', False),
        (b"", False),
        (b"{'result': 1}", False),
        (b'{"result": NaN}', False),
        (b"\xff\xfe{}", False),
        (b"[" * 100 + b"]" * 100, False),
    ],
)
async def test_what_is_no_json_is_unknown_with_its_status(body, page):
    failure = await failing(over(lambda _request: httpx.Response(200, content=body)))

    assert isinstance(failure, OutcomeUnknownError)
    assert failure.http_status == 200
    assert failure.page is page


async def test_a_429_without_json_may_be_sent_again():
    failure = await failing(
        over(lambda _r: httpx.Response(429, headers={"Retry-After": "17"}, text="slow down"))
    )

    assert isinstance(failure, RefusedError)
    assert failure.reason is Refusal.BUSY
    assert failure.retry_after_s == 17


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("https://new.example/rest/7/s3cret-canary/profile", "https://new.example"),
        ("https://new.example:8443/rest/7/x/profile", "https://new.example:8443"),
        ("https://hotel.example/login", Unreachable.CAPTIVE_PORTAL),
        ("http://hotel.example/rest/7/x/profile", Unreachable.CAPTIVE_PORTAL),
        ("/login", Unreachable.CAPTIVE_PORTAL),
        ("https://acme.example/auth/", None),
    ],
)
@pytest.mark.parametrize("status", [301, 302, 307, 308])
async def test_redirects_are_never_followed(status, location, reason):
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(status, headers={"Location": location})

    failure = await failing(over(answer))

    assert len(asked) == 1
    if isinstance(reason, str):
        assert isinstance(failure, RefusedError)
        assert (failure.reason, failure.subject) == (Refusal.MOVED, reason)
        assert "canary" not in str(vars(failure))
    elif reason is None:
        assert isinstance(failure, OutcomeUnknownError)
    else:
        assert isinstance(failure, OfflineError)
        assert failure.why is reason


async def test_a_compressed_bomb_is_never_unpacked():
    bomb = gzip.compress(b" " * (MAX_BYTES * 8))
    failure = await failing(
        over(
            lambda _r: httpx.Response(
                200, headers={"Content-Encoding": "gzip"}, stream=Chunks(bomb)
            )
        )
    )

    assert isinstance(failure, OutcomeUnknownError)


@pytest.mark.parametrize("packed", [True, False])
async def test_large_bodies_are_read_whether_packed_or_not(packed):
    body = msgspec.json.encode({"result": ["x" * 100] * 5_000})
    headers = {"Content-Encoding": "gzip"} if packed else {}
    content = gzip.compress(body) if packed else body
    client = over(lambda _r: httpx.Response(200, headers=headers, stream=Chunks(content)))

    answer = await client.post(URL, {}, msgspec.json.decode)

    assert len(answer.value["result"]) == 5_000
    await client.aclose()


@pytest.mark.parametrize(
    "content",
    [b"not gzip at all", gzip.compress(b"{}" * 99, mtime=0)[:-6]],
    ids=["plain", "cut short"],
)
async def test_a_body_that_is_not_what_its_header_says_is_unknown(content):
    failure = await failing(
        over(
            lambda _r: httpx.Response(
                200, headers={"Content-Encoding": "gzip"}, stream=Chunks(content)
            )
        )
    )

    assert isinstance(failure, OutcomeUnknownError)


async def test_an_endless_body_ends_at_the_budget():
    sent = 0

    class Endless(httpx.AsyncByteStream):
        async def __aiter__(self):
            nonlocal sent
            while True:
                sent += 65_536
                yield b" " * 65_536

    failure = await failing(over(lambda _r: httpx.Response(200, stream=Endless())))

    assert isinstance(failure, OutcomeUnknownError)
    assert sent <= MAX_BYTES + 2 * 65_536


async def test_a_request_names_the_program_and_keeps_no_cookies():
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={}, headers={"Set-Cookie": "PHPSESSID=1; Path=/"})

    client = over(answer)
    await client.post(URL, {"ä": 1}, msgspec.json.decode)
    await client.post(URL, {}, msgspec.json.decode)
    await client.aclose()

    assert seen[0].method == "POST"
    assert seen[0].headers["User-Agent"] == "Parley/test"
    assert seen[0].headers["Content-Type"] == "application/json"
    assert seen[0].read() == '{"ä":1}'.encode()
    assert "Cookie" not in seen[1].headers


def test_the_http_libraries_never_log_addresses():
    for name in ("httpx", "httpcore"):
        assert not logging.getLogger(name).isEnabledFor(logging.INFO)
        assert not logging.getLogger(f"{name}.http11").isEnabledFor(logging.DEBUG)


async def test_cancelling_ends_the_request_and_passes(portal):
    portal.control.fault("hold_after", "profile")
    client = JsonHttp("Parley/test", trust=build_context(portal.ca_file))
    async with asyncio.TaskGroup() as group:
        task = group.create_task(client.post(f"{portal.webhook_url}profile", {}, bytes))
        while not portal.control.faults_met():
            await asyncio.sleep(0.01)
        task.cancel()

    assert task.cancelled()
    await client.aclose()


async def test_a_request_given_up_in_its_handshake_leaves_no_connection_open():
    with socket.create_server(("127.0.0.1", 0)) as mute:
        client = JsonHttp("Parley/test", trust=build_context())
        async with asyncio.TaskGroup() as group:
            url = f"https://127.0.0.1:{mute.getsockname()[1]}/"
            task = group.create_task(client.post(url, {}, bytes))
            line, _ = await asyncio.to_thread(mute.accept)
            with line:
                line.settimeout(10)
                assert await asyncio.to_thread(line.recv, 1), "the client says hello"
                task.cancel()
                await asyncio.wait([task])
                while await asyncio.to_thread(line.recv, 65_536):
                    pass  # what was left of the hello; then the end, while the client lives
        await client.aclose()


class PlainProxy(http.server.BaseHTTPRequestHandler):
    """A company's proxy that wants a password."""

    def do_CONNECT(self) -> None:
        self.send_error(407)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def proxy() -> Iterator[str]:
    server = http.server.HTTPServer(("127.0.0.1", 0), PlainProxy)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


async def test_the_proxy_of_the_environment_is_used(monkeypatch, proxy):
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)

    failure = await failing(JsonHttp("Parley/test", trust=build_context()))

    assert isinstance(failure, OfflineError)
    assert failure.why is Unreachable.PROXY


def test_a_context_is_strict(tmp_path: Path):
    context = build_context()

    assert context.check_hostname
    assert context.verify_mode.name == "CERT_REQUIRED"
    assert context.minimum_version.name == "TLSv1_2"
