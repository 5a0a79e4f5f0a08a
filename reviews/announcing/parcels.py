"""What is ready to leave: a parcel is opened (somebody is there), and handed over."""

from datetime import datetime
from types import TracebackType
from typing import Protocol, Self


class Unreachable(Exception):
    """There is nobody to hand anything to."""


class Refused(Exception):
    """Whoever got it said no, so it certainly has no effect there.

    `for_good` when asking again is of no use; `again_at` is when they want to be asked again (UTC);
    `all_of_them` when they would have said so to anything; `nobody_there` when there is no such address.
    """

    def __init__(
        self,
        reason: str,
        *,
        for_good: bool,
        again_at: datetime | None = None,
        all_of_them: bool = False,
        nobody_there: bool = False,
    ) -> None:
        super().__init__(reason)
        self.for_good = for_good
        self.again_at = again_at
        self.all_of_them = all_of_them
        self.nobody_there = nobody_there


class Parcel(Protocol):
    """A context manager. Entering it raises Unreachable, or Refused where it may not go there at all."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def hand_over(self) -> None:
        """Raises Refused; whatever else it raises leaves open whether it has arrived."""
