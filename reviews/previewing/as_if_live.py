"""The release that approving an edition now would make, with all that a review's page reads of one."""

import sys
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import FETCH_RAISE, Prefetch

from coverage.newsroom.models import Picture
from reviews import verbs
from reviews.models import Byline, Edition, EditionPart, Release, Review
from reviews.models.content import CONTENT_FIELDS, pictures_named
from reviews.models.releases import beside
from reviews.rules import release_of
from reviews.stills import rows_of

# A piece that has no release yet comes after all that has one.
_BEYOND_ANY_KEY = sys.maxsize


def to_preview(review: Review, number: int | None = None) -> Edition | None:
    """The newest edition, which says what the working copy says, or `number`; None if there isn't one."""
    parts = EditionPart.objects.select_related("episode__series", "last_episode", "reviewer")
    bylines = Byline.objects.select_related("reviewer")
    editions = (
        Edition.objects.filter(review=review)
        .select_related("review__series__key_visual", "lead_picture", "spoils_through")
        .defer(*(f"review__{name}" for name in CONTENT_FIELDS))
        .prefetch_related(
            Prefetch("parts", parts.fetch_mode(FETCH_RAISE)),
            Prefetch("review__bylines", bylines.fetch_mode(FETCH_RAISE)),
        )
        .fetch_mode(FETCH_RAISE)
        .order_by("-number")
    )
    return (editions if number is None else editions.filter(number=number)).first()


def as_if_live(edition: Edition, at: datetime) -> Release:
    """What approving `edition`, read by `to_preview`, at `at` would let out. Not to be saved.

    Its `publish_at` is when readers would get it, or have got it. It is rendered by what renders on approval.
    """
    review, known = edition.review, release_of(edition.review)
    edition.fill_in_rendered()
    return Release(
        pk=known.pk if known else None,
        review=review,
        edition=edition,
        publish_at=known.publish_at if known else verbs.due(review, at),
        approved_at=at,
    )


def read_at(release: Release, at: datetime) -> None:
    """Give a release from `as_if_live` what queries annotate on one that a page shows at `at`."""
    read: Any = release
    read.still_rows = rows_of(pictures_named(release.edition))
    # Approved just now: no correction is later, and so none says when it changed.
    read.corrected_at = None
    earlier, later = beside(
        at,
        series=release.review.series_id,
        publish_at=release.publish_at,
        pk=release.pk or _BEYOND_ANY_KEY,
    )
    read.earlier_link, read.later_link = _link(earlier), _link(later)


def _link(found: Iterable[dict[str, Any]]) -> dict[str, Any] | None:
    return next((row["link"] for row in found), None)


def pictures_of(edition: Edition) -> set[int]:
    """The keys of the pictures that the page of `edition`, read by `to_preview`, shows."""
    head: Picture | None = Release(review=edition.review, edition=edition).picture
    return {*pictures_named(edition), *([head.pk] if head else [])}
