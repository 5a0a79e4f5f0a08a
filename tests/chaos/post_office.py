"""A mail server on this machine that takes everything, and writes down what it was about."""

import re
import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread
from typing import Any


@dataclass
class PostOffice:
    """`taken` holds what each mail was about, and its Message-ID."""

    port: int
    taken: list[tuple[str, str]] = field(default_factory=list)


class Clerk(socketserver.StreamRequestHandler):
    office: PostOffice

    def handle(self) -> None:
        try:
            self.serve()
        except OSError:
            return  # whoever brought it has gone

    def serve(self) -> None:
        self.say("220 ready")
        while line := self.rfile.readline().decode().strip():
            command = line.partition(" ")[0].upper()
            if command == "DATA":
                self.say("354 go on")
                if (letter := self.letter()) is None:
                    return
                self.office.taken.append((self.of(letter, "X-About"), self.of(letter, "Message-ID")))
            self.say("221 bye" if command == "QUIT" else "250 yes")

    def letter(self) -> str | None:
        """None where it breaks off before its end: it isn't taken."""
        lines = []
        while (line := self.rfile.readline().decode()) != ".\r\n":
            if not line:
                return None
            lines.append(line)
        return "".join(lines)

    def of(self, letter: str, header: str) -> str:
        found = re.search(rf"^{header}: (.+?)\r$", letter, re.MULTILINE)
        assert found
        return found[1]

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@contextmanager
def receiving_mail() -> Iterator[PostOffice]:
    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        request_queue_size = 50

    with Server(("127.0.0.1", 0), Clerk) as server:
        office = PostOffice(server.server_address[1])
        own: Any = type("Own", (Clerk,), {"office": office})
        server.RequestHandlerClass = own
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield office
        finally:
            server.shutdown()
            thread.join()
