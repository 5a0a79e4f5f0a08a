"""What machines are told of a piece: rows in the verb's transaction, and a last look before they leave."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from coverage.newsroom.models import AuditEntry
from reviews.announcing.kinds import Call
from reviews.announcing.letters import NothingToSay
from reviews.announcing.subjects import subject_of
from reviews.models import Announcement, Correction, Endpoint, Release, Review
from reviews.models.endpoints import Event
from reviews.surrogates import shows_of

ENDPOINT = "endpoint:"


@dataclass(frozen=True)
class Happening:
    """What happens to a piece, and when: going live is the only thing that is known before."""

    event: Event
    at: datetime
    # A typo put right is new to caches alone.
    of_substance: bool = True


def broadcast(entry: AuditEntry, review: Review) -> None:
    """Write what the verb that `entry` records gives machines to know; the entry is the rows' round."""
    release = Release.objects.select_related("edition").filter(review=review).first()
    if release and (happening := _happening(entry, release)):
        Announcement.objects.write(_rows(entry, release, happening))


def _happening(entry: AuditEntry, release: Release) -> Happening | None:
    goes_live = Happening(Event.LIVE, max(release.publish_at, entry.at))
    match entry.verb:
        case "reschedule" | "reinstate":
            return goes_live
        case "approve" if "to" in entry.detail:
            return goes_live
        case "approve" if release.is_live(entry.at):
            return Happening(Event.CHANGED, entry.at)
        case "correct":
            return Happening(Event.CHANGED, entry.at, entry.detail["kind"] != Correction.Kind.TYPO)
        case "withdraw":
            return Happening(Event.WITHDRAWN, entry.at)
    return None


def _rows(entry: AuditEntry, release: Release, happening: Happening) -> Iterator[Announcement]:
    detail: dict[str, Any] = {"event": happening.event.value, "release": release.pk, "round": release.round}
    for call, destination in _destinations(release, happening):
        yield Announcement.made(
            call,
            destination,
            subject_of(release.review),
            round=entry.pk,
            at=entry.at,
            due_at=happening.at + call.delay,
            detail=detail,
        )


def _destinations(release: Release, happening: Happening) -> Iterator[tuple[Call, str]]:
    for name in settings.CACHE_PURGE:
        yield Call.PURGE, name
    if not happening.of_substance:
        return
    for endpoint in Endpoint.objects.wanting(happening.event, shows_of(release)):
        yield Call.WEBHOOK, f"{ENDPOINT}{endpoint.pk}"
    for hub in settings.WEBSUB_HUBS:
        yield Call.WEBSUB, hub
    if settings.INDEXNOW_KEY:
        yield Call.INDEXNOW, settings.INDEXNOW_URL


def event_of(row: Announcement) -> Event:
    return Event(row.detail["event"])


def still(row: Announcement, at: datetime) -> Release:
    """The release that the row is about, if what it tells is so at `at`. Raises NothingToSay.

    A release that was rescheduled, withdrawn or reinstated since is in another round, with rows of its own.
    """
    found = Release.objects.filter(pk=row.detail["release"], round=row.detail["round"])
    release = found.for_list().first()
    if release is None:
        raise NothingToSay("it was taken back, or another round has begun")
    if event_of(row) != Event.WITHDRAWN and not release.is_live(at):
        raise NothingToSay("it isn't live")
    return release
