"""What an answer of each surface costs: queries, CPU, bytes.

CPU is this process's, without a database server's, through the WSGI handler with all its middleware.
Milliseconds are the machine's; what can be compared between runs is the ratio to a bare view of the same run.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from itertools import cycle, islice
from statistics import median
from time import process_time
from typing import Any
from wsgiref.util import setup_testing_defaults

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test.utils import CaptureQueriesContext, override_settings

from coverage.site.surfaces import Surface
from tests.bench.urls import BARE

URLS = "tests.bench.urls"
WARM_UP = 20


class Unanswered(Exception):
    """An address of a surface answered with an error."""


@dataclass(frozen=True)
class Figures:
    """One surface's: the most queries of a sampled answer, medians of CPU and size."""

    surface: str
    addresses: int
    queries: int
    cpu_ms: float
    bytes: int


@dataclass
class Bench:
    """Sends requests to the site, and in between as many to the bare view."""

    requests: int

    def __post_init__(self) -> None:
        self._handler = WSGIHandler()
        self._bare: list[float] = []

    def measure(self, every: Iterable[Surface], at: datetime) -> tuple[list[Figures], list[str]]:
        """The figures of each surface, and the names of those without an address at `at`."""
        found, empty = [], []
        with override_settings(ROOT_URLCONF=URLS):
            for _ in range(WARM_UP):
                self._answer(BARE)
            for surface in every:
                if addresses := list(surface.addresses(at)):
                    found.append(self._figures(surface, addresses))
                else:
                    empty.append(surface.name)
        return found, empty

    @property
    def baseline_ms(self) -> float:
        return median(self._bare) * 1000

    def _figures(self, surface: Surface, addresses: Sequence[str]) -> Figures:
        sample = spread(addresses, self.requests)
        queries, sizes, seconds = [], [], []
        for address in sample:
            with CaptureQueriesContext(connection) as captured:
                sizes.append(self._answer(address))
            queries.append(len(captured))
        for address in islice(cycle(sample), self.requests):
            self._bare.append(self._cost(BARE))
            seconds.append(self._cost(address))
        return Figures(
            surface=surface.name,
            addresses=len(addresses),
            queries=max(queries),
            cpu_ms=median(seconds) * 1000,
            bytes=int(median(sizes)),
        )

    def _cost(self, address: str) -> float:
        started = process_time()
        self._answer(address)
        return process_time() - started

    def _answer(self, address: str) -> int:
        """How many bytes `address` answers with. Raises Unanswered."""
        path, _mark, query = address.partition("?")
        environ: dict[str, Any] = {"PATH_INFO": path, "QUERY_STRING": query, "REMOTE_ADDR": "127.0.0.1"}
        setup_testing_defaults(environ)
        statuses: list[str] = []
        response = self._handler(environ, lambda status, headers, *rest: statuses.append(status))
        try:
            size = sum(map(len, response))
        finally:
            response.close()
        if int(statuses[0].split()[0]) >= HTTPStatus.BAD_REQUEST:
            raise Unanswered(f"{address} answered {statuses[0]}")
        return size


def spread(addresses: Sequence[str], count: int) -> list[str]:
    """At most `count` of them, evenly from the first to the last."""
    if len(addresses) <= count:
        return list(addresses)
    last = len(addresses) - 1
    return [addresses[place * last // max(count - 1, 1)] for place in range(count)]
