"""Reading the public site as readers will find it at the slot, on every surface, and saying what breaks."""

import json
import logging
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from xml.etree import ElementTree as ET

from django.core.files.storage import default_storage
from django.urls import resolve
from django.utils.translation import gettext as _

from coverage.desk.time_machine.reading import Answer, read
from coverage.site import surfaces
from coverage.site.surfaces import Kind, Surface

# Drawn and made when they are first asked for, as files among the media: a rehearsal writes none.
_MADE_ON_DEMAND = frozenset({"site:card", "site:rendition"})
_MEDIA, _FEED = "site:media", "site:feed"
# Surfaces with no more answers than this are read whole.
FEW = 5
_ATOM = "{http://www.w3.org/2005/Atom}"
_OF_AN_ITEM = ("id", "url", "title", "date_published")

logger = logging.getLogger(__name__)


@dataclass
class Sweep:
    """What broke, by address; how many answers were read, and for how many there was no time.

    `feed` is the whole site's, if that was read.
    """

    faults: dict[str, str] = field(default_factory=dict)
    read: int = 0
    unread: int = 0
    feed: str = ""


def sweep(now: datetime, slot: datetime, seconds: float) -> Iterator[Sweep]:
    """Read what is new at `slot`, what that leads to, and of every surface with few answers all.

    The same sweep is told after each answer, and at the end once more.
    """
    found, ends = Sweep(), time.monotonic() + seconds
    for surface, address in (waiting := _Waiting(now, slot)):
        if time.monotonic() > ends:
            found.unread += 1
            continue
        found.read += 1
        try:
            fault = _look(found, waiting, surface, address)
        except Exception as error:
            logger.exception("A page can't be made in the rehearsal", extra={"address": address})
            fault = f"{type(error).__name__}: {error}"
        if fault:
            found.faults[address] = fault
        yield found
    yield found


class _Waiting:
    """Answers to be read: the new ones first, then what they lead to, then surfaces of few."""

    def __init__(self, now: datetime, slot: datetime) -> None:
        self.slot = slot
        self._surfaces: dict[str, Surface] = {}
        self._next: deque[str] = deque()
        self._few: deque[str] = deque()
        self._new: set[str] = set()
        for surface in surfaces.every():
            if surface.name not in _MADE_ON_DEMAND:
                self._add(surface, list(surface.addresses(slot)), set(surface.addresses(now)))

    def _add(self, surface: Surface, after: list[str], before: set[str]) -> None:
        self._surfaces |= dict.fromkeys(after, surface)
        fresh = [address for address in after if address not in before]
        self._next.extend(fresh)
        self._new.update(fresh)
        if len(after) <= FEW:
            self._few.extend(after)

    def follow(self, address: str, answer: Answer) -> None:
        if address in self._new:
            self._next.extend(answer.links)

    def __iter__(self) -> Iterator[tuple[Surface, str]]:
        while self._next or self._few:
            address = self._next.popleft() if self._next else self._few.popleft()
            if surface := self._surfaces.pop(address, None):
                yield surface, address


def _look(found: Sweep, waiting: _Waiting, surface: Surface, address: str) -> str:
    if surface.name == _MEDIA:
        return _missing_file(address)
    answer = read(address, waiting.slot)
    waiting.follow(address, answer)
    if surface.name == _FEED:
        found.feed = answer.body.decode()
    if answer.status >= HTTPStatus.BAD_REQUEST:
        return _("It answers %(status)d.") % {"status": answer.status}
    if surface.kind is Kind.FEED and answer.status == HTTPStatus.OK:
        return fault_in_feed(answer.body)
    return ""


def _missing_file(address: str) -> str:
    name = resolve(address).kwargs["name"]
    return "" if default_storage.exists(name) else _("The picture's file is missing.")


def fault_in_feed(body: bytes) -> str:
    """What a feed reader would stumble over; empty where it reads well."""
    try:
        if body.lstrip().startswith(b"{"):
            return _fault_in_items(json.loads(body))
        return _fault_in_entries(ET.fromstring(body))  # noqa: S314  # our own
    except (ET.ParseError, ValueError) as error:
        return _("It can't be parsed: %(error)s") % {"error": error}


def _fault_in_items(feed: dict[str, list[dict[str, str]]]) -> str:
    for item in feed["items"]:
        for name in _OF_AN_ITEM:
            if not item.get(name):
                return _("An entry has no %(field)s.") % {"field": name}
        datetime.fromisoformat(item["date_published"])
    return ""


def _fault_in_entries(root: ET.Element) -> str:
    for entry in root.iter(f"{_ATOM}entry"):
        for name in ("id", "title", "updated"):
            if not entry.findtext(f"{_ATOM}{name}"):
                return _("An entry has no %(field)s.") % {"field": name}
        datetime.fromisoformat(entry.findtext(f"{_ATOM}updated", ""))
    return ""
