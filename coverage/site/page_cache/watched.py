"""Which rows readers' pages are made of: whatever changes one of them gives all pages another stamp.

The rules are the querysets that the pages themselves start from; the database asks them of a row as it
was and of what it has become.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.flatpages.models import FlatPage
from django.db.models import Exists, Model, OuterRef, QuerySet

from coverage.newsroom.models import Picture, Publication
from coverage.site.media import is_public
from reviews.models import Byline, Correction, Edition, EditionPart, Release, Review, Reviewer
from reviews.models.texts import ReleaseText
from reviews.visibility import public_reviewers
from series.models import (
    Credit,
    Episode,
    Person,
    PersonAlias,
    Platform,
    Series,
    SeriesSeason,
    SeriesStudio,
    SeriesTitle,
    Streaming,
    Studio,
)

Rule = Callable[[datetime], QuerySet[Any]]

_TITLES = ("title", "title_native")


@dataclass(frozen=True)
class Watched:
    """Rows of `model` that readers see at an instant by `rule`, all of them without one.

    A change counts if it is one of `fields`, or of any without them.
    """

    model: type[Model]
    rule: Rule | None = None
    fields: tuple[str, ...] = ()


def _of_public(model: type[Model], parents: Rule, link: str = "series") -> Watched:
    def rule(at: datetime) -> QuerySet[Any]:
        return model._default_manager.filter(Exists(parents(at).filter(pk=OuterRef(link))))

    return Watched(model, rule)


def _of_live(model: type[Model], link: str, fields: tuple[str, ...] = ()) -> Watched:
    """Rows that lead by `link` to what a live release names by its own field of the same name."""
    named, _to, row = link.partition("=")

    def rule(at: datetime) -> QuerySet[Any]:
        live = Release.objects.live(at).filter(**{named: OuterRef(row or named)})
        return model._default_manager.filter(Exists(live))

    return Watched(model, rule, fields)


def _streaming(at: datetime) -> QuerySet[Any]:
    shows = Series.objects.public(at).filter(streams__platform=OuterRef("pk"))
    return Platform.objects.filter(Exists(shows))


WATCHED = (
    Watched(Publication),
    Watched(FlatPage),
    Watched(Picture, lambda at: Picture.objects.filter(is_public(at))),
    Watched(Series, Series.objects.public),
    _of_public(SeriesTitle, Series.objects.public),
    _of_public(SeriesSeason, Series.objects.public),
    _of_public(SeriesStudio, Series.objects.public),
    _of_public(Streaming, Series.objects.public),
    Watched(Platform, _streaming),
    Watched(Episode, Episode.objects.public, _TITLES),
    Watched(
        Episode,
        Episode.objects.announced,
        ("series", "number", "sort_key", "kind", "airs_at", "late_night_label", "review_due_on",
         "embargo_until"),
    ),
    Watched(Credit, Credit.objects.public),
    Watched(Person, Person.objects.public),
    _of_public(PersonAlias, Person.objects.public, "person"),
    Watched(Studio, Studio.objects.public),
    Watched(Reviewer, public_reviewers),
    _of_live(Review, "review=pk", ("slug", "kind", "series")),
    _of_live(Byline, "review"),
    _of_live(Correction, "review"),
    Watched(Release, Release.objects.live),
    _of_live(Edition, "edition=pk"),
    _of_live(EditionPart, "edition"),
    _of_live(Edition.stills.through, "edition"),
    _of_live(ReleaseText, "pk=release"),
)  # fmt: skip

_DESK = "no reader ever sees it"
# The house's other tables, each with its reason.
UNWATCHED = {
    "newsroom.Name": "is written with what it names; `reindex` may be a minute late",
    "newsroom.User": "a critic's byline is their Reviewer's",
    "site.Subscriber": "only its reader sees it",
    "site.Subscriber_series": "only its reader sees it",
    "site.MailRequest": "no reader ever sees it",
    "site.PublicChange": "is what tells of changes",
    "series.SeriesFormerSlug": "a redirect isn't kept",
    "series.PersonFormerSlug": "a redirect isn't kept",
    "series.StudioFormerSlug": "a redirect isn't kept",
    "reviews.ReviewerFormerSlug": "a redirect isn't kept",
    "reviews.ReviewFormerSlug": "a redirect isn't kept",
} | dict.fromkeys(
    (
        "newsroom.AuditEntry", "newsroom.User_groups", "newsroom.User_user_permissions",
        "series.VocabularyEntry",
        "reviews.Announcement", "reviews.Announcer", "reviews.Assignment", "reviews.Buffer",
        "reviews.Endpoint", "reviews.EpisodeReview",
        "reviews.IgnoredFinding", "reviews.MutedMail", "reviews.Note", "reviews.Override", "reviews.Presence",
        "reviews.PreviewLink", "reviews.Skip", "reviews.SourceArticle",
    ),
    _DESK,
)  # fmt: skip
