"""A small fixed cast and the things it writes about, made by plain functions."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from io import BytesIO
from itertools import count
from typing import Any
from unittest import mock

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.utils.text import slugify
from PIL import Image

from coverage.newsroom.models import Picture, User
from coverage.newsroom.roles import Role
from coverage.site.models import Subscriber
from reviews import verbs
from reviews.announcing.kinds import Kind as MailKind
from reviews.announcing.recipients import destination_of
from reviews.copydesk import answers
from reviews.models import Announcement, Byline, Endpoint, EpisodeReview, Kind, Review, Reviewer
from reviews.verbs import Act
from series.models import Episode, Series

# A Friday, 09:00 in New York; and a moment of the Wednesday before, at which tests usually stand.
FRIDAY = datetime(2026, 1, 16, 14, 0, tzinfo=UTC)
NOW = datetime(2026, 1, 14, 12, 0, tzinfo=UTC)

_serial = count(1)


def make_user(role: Role | None = None, name: str = "", **fields: Any) -> User:
    name = name or f"{role or 'reader'}-{next(_serial)}".lower()
    user = User.objects.create_user(name, is_staff=role is not None, **fields)
    if role:
        user.groups.add(Group.objects.get(name=role.value))
    return user


def make_reviewer(byline: str = "", user: User | None = None) -> Reviewer:
    byline = byline or f"Critic {next(_serial)}"
    return Reviewer.objects.create(byline=byline, slug=slugify(byline), user=user)


def make_series(title: str = "", **fields: Any) -> Series:
    title = title or f"Series {next(_serial)}"
    return Series.objects.create(**{"title": title, "slug": slugify(title), "is_public": True} | fields)


def make_subscriber(address: str = "", *shows: Series, **fields: Any) -> Subscriber:
    """A reader who confirmed at NOW: of everything, or of the shows that are named."""
    address = address or f"reader-{next(_serial)}@post.example"
    said = {"asked_at": NOW, "confirmed_at": NOW, "whole_week": not shows} | fields
    subscriber = Subscriber.objects.create(address=address, **said)
    subscriber.series.set(shows)
    return subscriber


def make_image(kind: str = "PNG", size: tuple[int, int] = (8, 6), colour: str = "teal", **how: Any) -> bytes:
    """A small picture's bytes."""
    file = BytesIO()
    Image.new("RGB", size, colour).save(file, kind, **how)
    return file.getvalue()


def make_picture(alt: str = "", **fields: Any) -> Picture:
    """A picture of its own colour, and so with a name of its own."""
    serial = next(_serial)
    # Far from the last one's: packing makes neighbours the same.
    image = make_image(colour=f"#{serial * 0x9E3779 % 0x1000000:06x}")
    file = ContentFile(image, "drawn.png")
    return Picture.objects.create(**{"file": file, "alt": alt or f"Picture {serial}"} | fields)


def make_episode(series: Series, number: str = "1", **fields: Any) -> Episode:
    """An episode that aired, if nothing else is said, a week before NOW."""
    defaults = {"title": f"Title of {number}", "airs_at": NOW - timedelta(days=7)}
    return Episode.objects.create(series=series, number=number, **defaults | fields)


def make_part(review: Review, episode: Episode, reviewer: Reviewer, **fields: Any) -> EpisodeReview:
    defaults = {"stars": "4.0", "body": "<p>What happens in it.</p>", "verdict": "<p>Good.</p>"}
    return EpisodeReview.objects.create(
        review=review, episode=episode, reviewer=reviewer, **defaults | fields
    )


def make_review(
    series: Series | None = None,
    *,
    episodes: list[Episode] | None = None,
    reviewer: Reviewer | None = None,
    by: User | None = None,
    at: datetime = NOW,
    **fields: Any,
) -> Review:
    """A draft, complete enough to be approved, with a part for each episode."""
    serial = next(_serial)
    series = series or make_series()
    reviewer = reviewer or make_reviewer()
    defaults = {
        "headline": f"Headline {serial}",
        "slug": f"review-{serial}",
        "standfirst": f"Standfirst {serial}.",
        "introduction": "<p>An introduction.</p>",
        "spoiler_level": "mild",
        "kind": Kind.WEEKLY,
    }
    review = Review.objects.create(
        series=series, created_by=by, created_at=at, updated_at=at, **defaults | fields
    )
    Byline.objects.create(review=review, reviewer=reviewer)
    for episode in episodes or []:
        make_part(review, episode, reviewer)
    review.keep(by=by, at=at)
    return Review.objects.get(pk=review.pk)


@contextmanager
def unread() -> Iterator[None]:
    """Nothing is held back by the copy desk: for worlds whose words are only there to be found."""
    with mock.patch.object(answers, "holding", return_value=[]):
        yield


def approve(
    review: Review, publish_at: datetime = FRIDAY, *, at: datetime = NOW, by: User | None = None
) -> Review:
    with unread():
        return verbs.approve(review, Act(by or make_user(Role.CHIEF), at), publish_at=publish_at)


def make_announcement(
    user: User | None = None, kind: MailKind = MailKind.SUBMITTED, **fields: Any
) -> Announcement:
    """A mail about nothing that is there; its row alone counts."""
    row = Announcement.made(
        kind, destination_of(user or make_user(Role.CHIEF)), "review:0", round=next(_serial), at=NOW
    )
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    return row


def make_endpoint(url: str = "https://hooks.example/", **fields: Any) -> Endpoint:
    return Endpoint.objects.create(**{"name": f"Endpoint {next(_serial)}", "url": url} | fields)


def make_live_review(series: Series | None = None, **what: Any) -> Review:
    """Went live the Friday before NOW."""
    last_friday = FRIDAY - timedelta(days=7)
    before = last_friday - timedelta(hours=1)
    return approve(make_review(series, **what), last_friday, at=before)
