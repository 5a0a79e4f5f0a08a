"""One of many who ask a process for the same at once makes it; the others get what it made."""

from collections.abc import Callable
from threading import Event, Lock

# As long as a page may take before those who wait make it for themselves.
LONGEST_WAIT_SECONDS = 10


class _Flight[Made]:
    def __init__(self) -> None:
        self.landed = Event()
        self.made: Made | None = None


class Flights[Made]:
    """What is being made, by key."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._under_way: dict[str, _Flight[Made]] = {}

    def join(self, key: str, make: Callable[[], Made | None]) -> Made | None:
        """What `make` answers, or what somebody else's answered who was first.

        None where that was nothing that others could have, or took too long.
        """
        with self._guard:
            flight = self._under_way.get(key)
            first = flight is None
            if flight is None:
                flight = self._under_way[key] = _Flight()
        if not first:
            flight.landed.wait(LONGEST_WAIT_SECONDS)
            return flight.made
        try:
            flight.made = make()
        finally:
            with self._guard:
                del self._under_way[key]
            flight.landed.set()
        return flight.made
