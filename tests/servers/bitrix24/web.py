"""The portal's web server: requests in, answers or planned misfortune out."""

import asyncio
import gzip

from . import sign_in_desk
from .counting import counted
from .desk import Desk, Reply, error_reply
from .errors import RestError
from .event_queue import watch
from .faults import Fault, FaultPlan
from .journal import Journal
from .requests import Door, Incoming, Receive, Scope, Send
from .values import Row
from .wire import Peer, break_off
from .world import World

_PAGE = b"<!DOCTYPE html><html><head><title>Bitrix24</title></head><body>Not found</body></html>"

_WORTH_PACKING = 1_000


class Portal:
    """The ASGI application behind the portal's address."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.desk = Desk(world)
        watch(world)
        self.faults = FaultPlan()
        self.journal = Journal(world)
        self.held = 0
        """How many requests wait for their release."""
        self._release = asyncio.Event()
        self._late: set[asyncio.Task[None]] = set()

    def start_over(self) -> None:
        """Forget faults, limits and everything that is still under way."""
        self.faults = FaultPlan()
        self.desk.buckets.clear()
        self.desk.operating.clear()
        self.desk.rest3.clear()
        for task in self._late:
            task.cancel()
        self.release()

    def release(self) -> None:
        """Let all held requests go on."""
        self._release.set()
        self._release = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request to the portal."""
        await self.serve(scope, receive, send, "portal")

    async def serve(self, scope: Scope, receive: Receive, send: Send, door: Door) -> None:
        """Serve one request to the portal or to the sign-in server."""
        incoming = await Incoming.read(scope, receive, door)
        if incoming is None:
            return
        reply = await self._reply(incoming, scope.get("client"))
        if reply is not None:
            if self.world.settings.compresses and incoming.takes_gzip:
                _pack(reply)
            await _send(send, reply, scope.get("client"))

    async def _reply(self, incoming: Incoming, client: Peer | None) -> Reply | None:
        if not incoming.is_rest:
            return Reply(404, _PAGE, "text/html; charset=utf-8")
        moved = self._moved(incoming)
        if moved is not None:
            return moved
        unreadable: RestError | None = None
        params: Row = {}
        try:
            params = incoming.params()
        except RestError as error:
            unreadable = error
        entry = self.journal.open(incoming, params)
        try:
            self.desk.admit(incoming)
            if unreadable is not None:
                raise unreadable
        except RestError as error:
            return self._noted(entry, error_reply(error))
        settings = self.world.settings
        held_s = settings.latency_s
        if settings.counting_s:
            held_s += settings.counting_s * counted(incoming.method, params)
        if held_s:
            await asyncio.sleep(held_s)
        body = incoming.body.decode("utf-8", "replace") + incoming.query
        fault = self.faults.take(incoming.names(params), body)
        if fault is None:
            return self._noted(entry, self._carry_out(incoming, params, entry))
        entry["fault"] = fault.kind
        return await self._struck(fault, incoming, params, entry, client)

    def _moved(self, incoming: Incoming) -> Reply | None:
        name, _, port = incoming.host.partition(":")
        host = self.world.settings.host
        if not host or host in (name, incoming.host) or incoming.door == "sign-in":
            return None
        entry = self.journal.open(incoming, {})
        query = f"?{incoming.query}" if incoming.query else ""
        here = f"{host}:{port}" if port and ":" not in host else host
        target = f"https://{here}{incoming.path}{query}"
        reply = Reply(302, b"", "text/html", {"location": target}, outcome="moved")
        return self._noted(entry, reply)

    def _carry_out(self, incoming: Incoming, params: Row, entry: Row) -> Reply:
        if incoming.is_sign_in:
            reply = sign_in_desk.carry_out(self.world, incoming, params)
        else:
            reply = self.desk.carry_out(incoming, params)
        entry["executed"] += 1
        return reply

    def _noted(self, entry: Row, reply: Reply) -> Reply:
        entry["status"], entry["outcome"] = reply.status, reply.outcome
        self.journal.keep(entry)
        return reply

    async def _struck(
        self, fault: Fault, incoming: Incoming, params: Row, entry: Row, client: Peer | None
    ) -> Reply | None:
        """Play a fault; None when the connection was broken off."""
        if fault.kind in ("drop_before", "late"):
            if fault.kind == "late":
                self._later(fault.seconds, incoming, params, entry)
            self._dropped(entry, client, fault)
            return None
        if fault.kind == "redirect":
            target = fault.location + incoming.path
            return self._noted(entry, Reply(302, b"", "text/html", {"location": target}, "moved"))
        if fault.kind == "error" and incoming.method == "batch" and not fault.meets_batches:
            reply = self.desk.carry_out(incoming, params, fault.refusal_of)
            entry["executed"] += 1
            return self._noted(entry, reply)
        if fault.kind == "part":
            entry["executed"] += 1
            return self._noted(entry, self.desk.carry_out(incoming, params, share=fault.keep))
        if fault.kind in ("status", "error"):
            if fault.executed:
                self._carry_out(incoming, params, entry)
            return self._noted(entry, _faulty_reply(fault))
        if fault.kind in ("delay_before", "hold_before"):
            await self._wait(fault)
        reply = self._carry_out(incoming, params, entry)
        if fault.kind == "twice":
            self._carry_out(incoming, params, entry)
        if fault.kind in ("delay_after", "hold_after"):
            self.journal.keep(entry)
            await self._wait(fault)
        if fault.kind == "drop_after":
            self._dropped(entry, client, fault)
            return None
        if fault.kind == "cut":
            reply.headers["content-length"] = str(len(reply.body))
            reply.body = reply.body[: int(len(reply.body) * fault.keep)]
        return self._noted(entry, reply)

    async def _wait(self, fault: Fault) -> None:
        if fault.kind.startswith("delay"):
            await asyncio.sleep(fault.seconds)
            return
        self.held += 1
        try:
            await self._release.wait()
        finally:
            self.held -= 1

    def _dropped(self, entry: Row, client: Peer | None, fault: Fault) -> None:
        entry["outcome"] = "dropped"
        self.journal.keep(entry)
        break_off(client, reset=fault.reset)

    def _later(self, seconds: float, incoming: Incoming, params: Row, entry: Row) -> None:
        async def commit_late() -> None:
            if seconds:
                await asyncio.sleep(seconds)
            else:
                self.held += 1
                try:
                    await self._release.wait()
                finally:
                    self.held -= 1
            self._carry_out(incoming, params, entry)
            self.journal.keep(entry)

        task = asyncio.get_running_loop().create_task(commit_late())
        self._late.add(task)
        task.add_done_callback(self._late.discard)


def _faulty_reply(fault: Fault) -> Reply:
    if fault.kind == "error":
        reply = error_reply(fault.error())
    else:
        status = 502 if fault.status is None else fault.status
        body = fault.body.encode()
        reply = Reply(status, body, fault.content_type, outcome=f"status:{status}")
    reply.headers.update(fault.headers)
    return reply


def _pack(reply: Reply) -> None:
    """Compress a whole answer, quickly rather than well; a small one or a cut one stays."""
    if len(reply.body) >= _WORTH_PACKING and "content-length" not in reply.headers:
        reply.body = gzip.compress(reply.body, 1)
        reply.headers["content-encoding"] = "gzip"


async def _send(send: Send, reply: Reply, client: Peer | None) -> None:
    headers = {"content-type": reply.content_type, "content-length": str(len(reply.body))}
    headers.update({name.lower(): value for name, value in reply.headers.items()})
    cut = int(headers["content-length"]) > len(reply.body)
    await send(
        {
            "type": "http.response.start",
            "status": reply.status,
            "headers": [(n.encode(), v.encode("latin-1")) for n, v in headers.items()],
        }
    )
    await send({"type": "http.response.body", "body": reply.body, "more_body": cut})
    if cut:
        # Let what is written reach the client before the line goes dead.
        await asyncio.sleep(0.02)
        break_off(client)
