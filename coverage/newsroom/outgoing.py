"""Requests that leave the house: each bounded in time and in bytes, to the address that was checked.

Nothing is followed, no proxy is asked, and nobody can make the house ask its own neighbours: a host's
addresses are looked up once, and the connection goes to one that may be asked, whatever its name says later.
"""

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache
from threading import Timer
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from django.conf import settings
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

CONNECT_SECONDS, READ_SECONDS, TOTAL_SECONDS = 5.0, 10.0, 20.0
# Of an answer no more is read than its reasons need.
MOST_BYTES = 4 * 2**10

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Unreachable(Exception):
    """There was nobody to send anything to, so nothing was sent."""


class NotAllowed(Exception):
    """It is an address that may not be asked, so nothing was sent."""


class NoAnswer(Exception):
    """It was sent, at least in part, and nothing is known of what became of it."""


@dataclass(frozen=True)
class Request:
    """What is asked of whom. `body` is sent as it is."""

    url: str
    method: str = "POST"
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """The status, the headers by their names in small letters, and how the body begins."""

    status: int
    headers: Mapping[str, str]
    words: str


class Line:
    """A connection to whoever `url` names, within `seconds` in all. As a context manager it connects at once.

    `allowed` are networks that may be asked though they are private.
    """

    def __init__(self, url: str, allowed: Sequence[Network] = (), seconds: float = TOTAL_SECONDS) -> None:
        parts = urlsplit(url)
        self._secure = parts.scheme == "https"
        self._host = (parts.hostname or "").encode("idna").decode()
        self._port = parts.port or (443 if self._secure else 80)
        self._allowed = allowed
        self._ends = time.monotonic() + seconds

    def __enter__(self) -> Self:
        self.connect()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def connect(self) -> None:
        """Raises NotAllowed or Unreachable."""
        address = _first_allowed(self._host, self._port, self._allowed)
        self._connection = self._to(address)
        try:
            self._connection.connect()
        except (HTTPError, OSError, ValueError) as error:
            self._connection.close()
            raise Unreachable(f"{type(error).__name__}: {_told(error)}") from error
        # Kept, because the connection may hand its own over to the answer.
        self._socket: socket.socket = self._connection.sock

    def close(self) -> None:
        self._connection.close()

    def ask(self, request: Request) -> Answer:
        """Send it and hear what is said. Raises NoAnswer."""
        watch = Timer(max(self._ends - time.monotonic(), 0), self._hang_up)
        watch.daemon = True
        watch.start()
        try:
            return self._ask(request)
        except (HTTPError, http.client.HTTPException, OSError, ValueError) as error:
            if time.monotonic() >= self._ends:
                raise NoAnswer("it took too long") from error
            raise NoAnswer(f"{type(error).__name__}: {_told(error)}") from error
        finally:
            watch.cancel()

    def _ask(self, request: Request) -> Answer:
        self._socket.settimeout(READ_SECONDS)
        parts = urlsplit(request.url)
        target = parts._replace(scheme="", netloc="", fragment="").geturl() or "/"
        # What is packed could be a thousand times as large when it is unpacked.
        own = {"Host": parts.netloc, "Accept-Encoding": "identity", "User-Agent": user_agent()}
        self._connection.request(
            request.method,
            target if target.startswith("/") else f"/{target}",
            body=request.body,
            headers=own | dict(request.headers),
            preload_content=False,
            decode_content=False,
        )
        response = self._connection.getresponse()
        with closing(response):
            headers = {name.lower(): value for name, value in response.headers.items()}
            return Answer(response.status, headers, _beginning(response))

    def _to(self, address: str) -> HTTPConnection:
        seconds = min(CONNECT_SECONDS, max(self._ends - time.monotonic(), 0.001))
        if not self._secure:
            return HTTPConnection(address, self._port, timeout=seconds)
        return HTTPSConnection(
            address,
            self._port,
            timeout=seconds,
            ssl_context=_tls(),
            server_hostname=self._host,
        )

    def _hang_up(self) -> None:
        try:
            # The plain socket's: TLS would first say goodbye, and wait.
            socket.socket.shutdown(self._socket, socket.SHUT_RDWR)
        except OSError:
            return  # it is closed already


def user_agent() -> str:
    return f"Eyecatch (+{settings.SITE_URL})"


def may_be_asked(address: Address, allowed: Sequence[Network] = ()) -> bool:
    """Whether it is out on the Internet, or in one of the networks that are `allowed`."""
    within = _within(address)
    if any(within in network for network in allowed):
        return True
    return within.is_global and not within.is_multicast


def _within(address: Address) -> Address:
    """An IPv4 address that an IPv6 one only wraps."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo[1] if address.teredo else None
    return address.ipv4_mapped or address.sixtofour or teredo or address


def _first_allowed(host: str, port: int, allowed: Sequence[Network]) -> str:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unreachable(f"its name isn't known: {error}") from error
    addresses = [str(info[4][0]) for info in found]
    for address in addresses:
        if may_be_asked(ipaddress.ip_address(address.partition("%")[0]), allowed):
            return address
    raise NotAllowed(
        f"{host} is {', '.join(dict.fromkeys(addresses))}, inside some network and not on the Internet"
    )


def _beginning(response: BaseHTTPResponse) -> str:
    """The status counts, though the body should break off."""
    try:
        return response.read(MOST_BYTES).decode("utf-8", "replace")
    except (HTTPError, http.client.HTTPException, OSError, ValueError):
        return ""


def _told(error: BaseException) -> str:
    """Without the object's address, which urllib3 puts in front."""
    return str(error).rpartition(": ")[2] or type(error).__name__


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()
