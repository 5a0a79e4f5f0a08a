"""A row of the outbox as requests to a machine, and what may be believed of its answers."""

import time
from collections.abc import Callable, Collection, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from types import TracebackType
from typing import Self

from coverage.newsroom import outgoing
from coverage.newsroom.outgoing import Answer, Line, Network, Request
from reviews.announcing.kinds import Call
from reviews.announcing.parcels import Refused, Unreachable
from reviews.models import Announcement

LONGEST_WAIT = timedelta(hours=6)
KEY_HEADER = "Idempotency-Key"

# Asking again may help: the rest of what begins with 4 says that the request itself is wrong.
_LATER = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.CONFLICT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS)
_TO_ALL = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)


@dataclass(frozen=True)
class Errand:
    """Requests to one host, made one after the other.

    `allowed` are private networks that it may lie in, `taken` the statuses that mean that it was done.
    """

    requests: Sequence[Request]
    allowed: Sequence[Network] = ()
    taken: Collection[int] = range(200, 300)


# Raises NothingToSay where there is nothing to be told any more.
Writer = Callable[[Announcement, datetime], Errand]

_writers: dict[str, Writer] = {}


def register(call: Call, writer: Writer) -> None:
    """Let `writer(row, at)` say what is asked of whom for a row of this kind."""
    _writers[call.value] = writer


class Parcel:
    """An errand and the line to where it goes."""

    def __init__(self, errand: Errand, at: datetime) -> None:
        self._errand, self._at = errand, at
        self._ends = time.monotonic() + outgoing.TOTAL_SECONDS

    def __enter__(self) -> Self:
        self._line = self._to(self._errand.requests[0])
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._line.close()

    def hand_over(self) -> None:
        """All of it, or it counts as not done: the receiver knows by the key what it has had."""
        first, *more = self._errand.requests
        self._judge(self._line.ask(first))
        for request in more:
            try:
                line = self._to(request)
            except Unreachable as error:
                raise Refused(str(error), for_good=False, all_of_them=True) from error
            with closing(line):
                self._judge(line.ask(request))

    def _judge(self, answer: Answer) -> None:
        if answer.status not in self._errand.taken:
            raise refusal_of(answer, self._at)

    def _to(self, request: Request) -> Line:
        line = Line(request.url, self._errand.allowed, max(self._ends - time.monotonic(), 0))
        try:
            line.connect()
        except outgoing.NotAllowed as refusal:
            raise Refused(str(refusal), for_good=True) from refusal
        except outgoing.Unreachable as error:
            raise Unreachable(str(error)) from error
        return line


def parcel_of(row: Announcement, at: datetime) -> Parcel:
    """Raises NothingToSay, and whatever the writer raises."""
    errand = _writers[row.kind](row, at)
    keyed = [
        replace(request, headers={KEY_HEADER: str(row.key)} | dict(request.headers))
        for request in errand.requests
    ]
    return Parcel(replace(errand, requests=keyed), at)


def refusal_of(answer: Answer, at: datetime) -> Refused:
    """What an answer that isn't a yes says."""
    status = answer.status
    reason = " ".join(f"answered {status}: {answer.words[:200]}".replace("\x00", "").split())
    if 300 <= status < 400:
        reason = f"answered {status}, and redirects aren't followed"
    return Refused(
        reason,
        for_good=status < 500 and status not in _LATER,
        again_at=_again_at(answer.headers.get("retry-after", ""), at),
        all_of_them=status in _TO_ALL,
    )


def _again_at(retry_after: str, at: datetime) -> datetime | None:
    """What Retry-After says, in seconds or as a date; not longer than LONGEST_WAIT."""
    try:
        if retry_after.isascii() and retry_after.isdigit():
            asked = at + timedelta(seconds=min(int(retry_after[:9]), LONGEST_WAIT.total_seconds()))
        else:
            asked = parsedate_to_datetime(retry_after)
            asked = asked.replace(tzinfo=asked.tzinfo or UTC)
    except (ValueError, OverflowError):
        return None
    return min(max(asked, at), at + LONGEST_WAIT)
