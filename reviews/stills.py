"""Stills: pictures in the prose of a piece, and who may say what they show."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, OuterRef, Subquery

from coverage.newsroom.models import AuditEntry, Picture, User
from coverage.newsroom.rows import Row, Rows
from reviews.models import Edition, Release
from reviews.models.releases import ReleaseQuerySet
from series.models import Series

_FIELDS = ("id", "file", "width", "height", "alt", "caption", "credit", "spoils", "focal_x", "focal_y")


def with_stills(releases: ReleaseQuerySet) -> ReleaseQuerySet:
    """Lets `shown_by` tell the pictures that each release's prose names, without a query of its own."""
    through: type[Model] = Edition.stills.through
    named = through._default_manager.filter(edition=OuterRef("edition"))
    row = Row(**{name: f"picture__{name}" for name in _FIELDS})
    rows = named.order_by().values("edition").annotate(rows=Rows(row)).values("rows")
    return releases.annotate(still_rows=Subquery(rows))


def rows_of(named: Iterable[int]) -> list[dict[str, Any]]:
    """The same rows for a release that no query gives them, by the keys that its prose names."""
    return list(Picture.objects.filter(pk__in=named).values(*_FIELDS))


def shown_by(release: Release) -> dict[int, Picture]:
    """By key, the pictures in the prose of a release that was asked for `with_stills`.

    One that is gone is missing here, and nothing stands in its place.
    """
    rows: list[dict[str, Any]] = getattr(release, "still_rows") or []  # noqa: B009  # an annotation
    return {row["id"]: Picture(**row) for row in rows}


def may_change(picture: Picture, user: User) -> bool:
    """Whether `user` may change what is said of it: editors always, who added it until it is approved.

    From then on a change shows wherever the picture stands, with nobody to approve it.
    """
    if user.has_perm("newsroom.change_picture"):
        return True
    added = AuditEntry.objects.about(picture).filter(verb="add", actor=user)
    return user.has_perm("newsroom.add_picture") and added.exists() and not _is_shown(picture)


def _is_shown(picture: Picture) -> bool:
    return (
        Release.objects.filter(edition__stills=picture).exists()
        or Release.objects.filter(edition__lead_picture=picture).exists()
        or Series.objects.filter(key_visual=picture).exists()
        or picture.portrait_of.exists()
    )
