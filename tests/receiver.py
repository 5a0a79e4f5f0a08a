"""Somebody on this machine who is sent requests, writes each down, and answers as its path says."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

HUGE = 100 * 2**20


@dataclass(frozen=True)
class Received:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """`origin` is where it is, `log` what came, `answers` what it says next.

    After those `mood` says with what status, or with None that there is no answer.
    """

    origin: str
    log: list[Received] = field(default_factory=list)
    answers: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    let_go: Event = field(default_factory=Event)
    mood: Callable[[], int | None] = lambda: 204  # a field's default


class Handler(BaseHTTPRequestHandler):
    receiver: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.receiver.log.append(Received(self.command, self.path, headers, body))
        {"/hang": self.hang, "/huge": self.huge, "/drip": self.drip, "/drop": self.drop}.get(
            self.path, self.say
        )()

    do_PURGE = do_POST  # noqa: N815  # as the server looks for it

    def say(self) -> None:
        if self.receiver.answers:
            status, headers = self.receiver.answers.pop(0)
        elif (mood := self.receiver.mood()) is None:
            self.drop()
            return
        else:
            status, headers = mood, {}
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def hang(self) -> None:
        self.receiver.let_go.wait(30)

    def drop(self) -> None:
        self.close_connection = True

    def drip(self) -> None:
        """A header that never ends."""
        while not self.receiver.let_go.wait(0.02):
            self.wfile.write(b"x")

    def huge(self) -> None:
        self.send_response(500)
        self.send_header("Content-Length", str(HUGE))
        self.end_headers()
        for _ in range(HUGE // 2**16):
            self.wfile.write(bytes(2**16))

    def handle(self) -> None:
        try:
            super().handle()
        except OSError:
            return  # whoever asked has gone

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def listening() -> Iterator[Receiver]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        receiver = Receiver(f"http://127.0.0.1:{server.server_address[1]}")
        server.RequestHandlerClass = type("Own", (Handler,), {"receiver": receiver})
        server.daemon_threads = True
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield receiver
        finally:
            receiver.let_go.set()
            server.shutdown()
            thread.join()
