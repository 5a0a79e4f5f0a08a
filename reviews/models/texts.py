"""What a piece is found by: the words of the edition that its release names, none of them from a spoiler."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import batched
from typing import Any, ClassVar

from django.db import models, transaction
from django.utils.translation import gettext

from coverage.newsroom.models import CleanText
from coverage.newsroom.search import folding
from coverage.newsroom.search.fulltext import FullText
from reviews import markup
from reviews.models.content import PART_PROSE, PROSE
from reviews.models.editions import Edition
from reviews.models.releases import Release

TEXTS_A_BATCH = 100
# PostgreSQL takes a megabyte of different words; this stays below it whatever they are.
MOST_CHARACTERS = 400_000


class ReleaseTextManager(models.Manager["ReleaseText"]):
    def keep(self, releases: Iterable[int]) -> int:
        """Let these releases be found by what their editions say now; how many of them changed."""
        return sum(self._keep(some) for some in batched(releases, TEXTS_A_BATCH))

    def _keep(self, pks: Sequence[int]) -> int:
        with transaction.atomic():
            releases = Release.objects.filter(pk__in=pks).select_related("edition")
            texts = [made(release) for release in releases.prefetch_related("edition__parts")]
            there = self.in_bulk(pks)
            changed = [text for text in texts if not text.is_as(there.get(text.pk))]
            self.bulk_create(
                changed,
                update_conflicts=True,
                unique_fields=["release"],
                update_fields=["whole", *ReleaseText.FULL_TEXT.columns],
            )
        return len(changed)


class ReleaseText(CleanText):
    """A release's text as tokens."""

    release = models.OneToOneField(
        Release, primary_key=True, on_delete=models.CASCADE, related_name="searchable"
    )
    whole = models.CharField(max_length=400, db_index=True)
    headline = models.TextField()
    standfirst = models.TextField()
    text = models.TextField()

    objects = ReleaseTextManager()

    FULL_TEXT: ClassVar[FullText] = FullText(
        "reviews_releasetext", "release_id", ("headline", "standfirst", "text")
    )

    class Meta:
        verbose_name = "text of a release"
        verbose_name_plural = "texts of releases"

    def __str__(self) -> str:
        return self.whole

    def is_as(self, other: "ReleaseText | None") -> bool:
        names = ("whole", *self.FULL_TEXT.columns)
        return other is not None and all(getattr(self, name) == getattr(other, name) for name in names)


def made(release: Release) -> ReleaseText:
    """The text of `release`, not saved. Reads the whole of its edition."""
    edition = release.edition
    return ReleaseText(
        release=release,
        whole=folding.compact(edition.headline)[:400],
        headline=" ".join(folding.tokens(edition.headline)),
        standfirst=" ".join(folding.tokens(edition.standfirst)),
        text=" ".join(folding.tokens("\n".join(_open_prose(edition))))[:MOST_CHARACTERS],
    )


def make_full_text(using: str, **kwargs: Any) -> None:
    """After migrating: what searches the texts is there."""
    ReleaseText.FULL_TEXT.make(using)


def _open_prose(edition: Edition) -> Iterator[str]:
    yield from (_outside_spoilers(getattr(edition, name)) for name in PROSE)
    for part in edition.parts.all():
        yield from (_outside_spoilers(getattr(part, name)) for name in PART_PROSE)


def _outside_spoilers(html: str) -> str:
    # The mark that stands where a spoiler was isn't the writer's word.
    return markup.plain(markup.without_spoilers(html)).replace(gettext("[spoiler]"), " ")
