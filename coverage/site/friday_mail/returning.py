"""Pieces that were out of sight when a reader's mail left, and came back under their old date."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet

from coverage.newsroom.models import AuditEntry
from reviews.models import Announcement, Release, Review


def came_back(
    releases: QuerySet[Release], since: datetime, until: datetime, mails: Collection[Announcement]
) -> list[int]:
    """The keys of those of `releases` that were reinstated after `since` and not after `until`.

    Without those that one of `mails`, the reader's earlier ones, told of while readers had them.
    """
    found = list(releases.filter(first_live_at__isnull=False).values_list("pk", "review", "publish_at"))
    gone = _gone([review for _release, review, _at in found])
    return [
        release
        for release, review, publish_at in found
        if any(since < back <= until for _withdrawn, back in gone[review])
        and not any(_told_of(mail, publish_at, gone[review]) for mail in mails)
    ]


def _gone(reviews: Collection[int]) -> dict[int, list[tuple[datetime, datetime]]]:
    """From when until when each was withdrawn, if it came back."""
    spans: dict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
    if not reviews:
        return spans
    withdrawn: dict[int, datetime] = {}
    moves = AuditEntry.objects.filter(
        subject_type=ContentType.objects.get_for_model(Review),
        subject_id__in=reviews,
        verb__in=("withdraw", "reinstate"),
    )
    for review, verb, at in moves.order_by("at", "pk").values_list("subject_id", "verb", "at"):
        if verb == "withdraw":
            withdrawn[review] = at
        elif review in withdrawn:
            spans[review].append((withdrawn.pop(review), at))
    return spans


def _told_of(mail: Announcement, publish_at: datetime, gone: list[tuple[datetime, datetime]]) -> bool:
    left_at = mail.settled_at or mail.due_at
    return publish_at <= mail.due_at and not any(start <= left_at < end for start, end in gone)
