from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coverage.newsroom.models import CleanText, Picture
from coverage.newsroom.rows import Row
from reviews.models.content import CONTENT_FIELDS, PART_FIELDS, PART_PROSE, PROSE
from reviews.models.corrections import Correction
from reviews.models.editions import Edition, EditionPart
from reviews.models.review import Byline, Kind, Review
from reviews.models.reviewers import Reviewer
from reviews.stars import rank
from series.models import Series

# What of an edition and of its parts may stand in a list, a feed or a card. The rest is out of reach there.
SPOILER_FREE = ("headline", "standfirst", "stars", "spoiler_level", "spoils_through",
                "spoils_source", "lead_picture")  # fmt: skip
# Episodes' places have four digits.
BEYOND_ANY = Decimal(10_000)
_PLACE = models.DecimalField[Decimal, Decimal](max_digits=7, decimal_places=2)
_OF_A_PICTURE = ("file", "width", "height", "focal_x", "focal_y", "alt", "spoils")
PART_SPOILER_FREE = ("episode", "last_episode", "reviewer", "stars", "position")


class ReleaseQuerySet(models.QuerySet["Release"]):
    def live(self, at: datetime) -> "ReleaseQuerySet":
        """What readers get at `at`. The one place that decides it."""
        return self.filter(withdrawn_at=None, publish_at__lte=at)

    def gone(self, at: datetime) -> "ReleaseQuerySet":
        """What readers once had and don't any more at `at`: answered with 410."""
        return self.filter(first_live_at__isnull=False).exclude(withdrawn_at=None, publish_at__lte=at)

    def for_series(self, series: Series | int) -> "ReleaseQuerySet":
        """Pieces of `series` or the one with that key, and roundups with a part about it."""
        parts = EditionPart.objects.filter(episode__series=series)
        return self._of_either(models.Q(review__series=series), parts)

    def about(self, shows: models.QuerySet[Series]) -> "ReleaseQuerySet":
        """Pieces of any of `shows`, and roundups with a part about one."""
        parts = EditionPart.objects.filter(episode__series__in=shows)
        return self._of_either(models.Q(review__series__in=shows), parts)

    def by(self, reviewer: Reviewer) -> "ReleaseQuerySet":
        """Pieces under the reviewer's name, and those with a part of theirs."""
        return self.by_any(Reviewer.objects.filter(pk=reviewer.pk))

    def by_any(self, reviewers: models.QuerySet[Reviewer]) -> "ReleaseQuerySet":
        """Pieces under the name of any of `reviewers`, and those with a part of theirs."""
        bylines = Byline.objects.filter(reviewer__in=reviewers)
        parts = EditionPart.objects.filter(reviewer__in=reviewers)
        return self._of_either(models.Q(review__in=bylines.values("review")), parts)

    def _of_either(self, whole: models.Q, parts: models.QuerySet[EditionPart]) -> "ReleaseQuerySet":
        # A union and not an OR, which would read every release: no index serves both of its sides.
        wholes = Release.objects.filter(whole).order_by().values("pk")
        shared = Release.objects.filter(edition__in=parts.order_by().values("edition")).order_by()
        return self.filter(pk__in=wholes.union(shared.values("pk")))

    def with_neighbours(self, at: datetime) -> "ReleaseQuerySet":
        """Lets `Release.neighbours` tell the series' pieces live at `at` on either side."""
        earlier, later = beside(
            at,
            series=models.OuterRef("review__series"),
            publish_at=models.OuterRef("publish_at"),
            pk=models.OuterRef("pk"),
        )
        return self.annotate(earlier_link=models.Subquery(earlier), later_link=models.Subquery(later))

    def for_link(self) -> "ReleaseQuerySet":
        """A headline, where it leads and when it changed, no more."""
        return (
            self.select_related("review", "edition")
            .only("publish_at", "approved_at", "review__slug", "edition__headline")
            .annotate(corrected_at=_corrected_at())
            .fetch_mode(models.FETCH_RAISE)
        )

    def for_sitemap(self) -> "ReleaseQuerySet":
        """Where it leads, when it changed, its headline and its picture."""
        pictures = ("edition__lead_picture", "review__series__key_visual")
        shown = [f"{picture}__{field}" for picture in pictures for field in _OF_A_PICTURE]
        return (
            self.select_related(*pictures)
            .only("publish_at", "approved_at", "review__slug", "edition__headline", "review__series__slug",
                  *pictures, *shown)
            .annotate(corrected_at=_corrected_at())
            .fetch_mode(models.FETCH_RAISE)
        )  # fmt: skip

    def newest_first(self) -> "ReleaseQuerySet":
        return self.order_by("-publish_at", "-pk")

    def with_place(self, shows: models.QuerySet[Series]) -> "ReleaseQuerySet":
        """Annotate `place`: that of the first episode of `shows` that it is about, in their order.

        Without one, a preview stands before all of them, anything else after. Reckoned anew for each of its
        pieces: a show has few, and its episodes may be put in another order at any time.
        """
        parts = EditionPart.objects.filter(edition=models.OuterRef("edition"), episode__series__in=shows)
        first = parts.order_by("episode__sort_key").values("episode__sort_key")[:1]
        outside = models.Case(
            models.When(review__kind=Kind.PREVIEW, then=_place(-BEYOND_ANY)), default=_place(BEYOND_ANY)
        )
        return self.annotate(place=Coalesce(models.Subquery(first), outside, output_field=_PLACE))

    def for_list(self) -> "ReleaseQuerySet":
        """All that a list, a feed or a card shows, and nothing that could spoil."""
        parts = EditionPart.objects.defer(*_but(PART_SPOILER_FREE, PART_FIELDS), *_rendered(PART_PROSE))
        spoiling = [*_but(SPOILER_FREE, CONTENT_FIELDS), *_rendered(PROSE)]
        return self._joined(parts).defer(*_working_copy(), *(f"edition__{name}" for name in spoiling))

    def for_page(self) -> "ReleaseQuerySet":
        """All that a review's own page shows."""
        parts = EditionPart.objects.defer(*PART_PROSE)
        return self._joined(parts).defer(*_working_copy(), *(f"edition__{name}" for name in PROSE))

    def _joined(self, parts: models.QuerySet[EditionPart]) -> "ReleaseQuerySet":
        joined = self.select_related(
            "review__series__key_visual", "edition__lead_picture", "edition__spoils_through"
        ).prefetch_related(
            models.Prefetch(
                "edition__parts",
                parts.select_related("episode__series", "last_episode", "reviewer").fetch_mode(
                    models.FETCH_RAISE
                ),
            ),
            models.Prefetch(
                "review__bylines",
                Byline.objects.select_related("reviewer").fetch_mode(models.FETCH_RAISE),
            ),
        )
        return joined.annotate(corrected_at=_corrected_at()).fetch_mode(models.FETCH_RAISE)


@dataclass(frozen=True)
class Neighbour:
    """What a piece says of the one before or after it; `place` is how far that goes in the series."""

    url: str
    headline: str
    place: Decimal | None

    @classmethod
    def read(cls, link: dict[str, Any]) -> Self:
        places = [Decimal(str(link[name])) for name in ("place", "horizon") if link[name] is not None]
        url = reverse("reviews:detail", args=[link["slug"]])
        return cls(url, link["headline"], max(places, default=None))


def beside(
    at: datetime, *, series: Any, publish_at: Any, pk: Any
) -> tuple[models.QuerySet[Any, Any], models.QuerySet[Any, Any]]:
    """Of the pieces of `series` live at `at`, the last before an instant and key and the first after.

    Each as a row's `link`, which `Neighbour.read` understands.
    """
    others = Release.objects.live(at).filter(review__series=series)
    same = models.Q(publish_at=publish_at)
    earlier = others.filter(models.Q(publish_at__lt=publish_at) | same & models.Q(pk__lt=pk))
    later = others.filter(models.Q(publish_at__gt=publish_at) | same & models.Q(pk__gt=pk))
    furthest = Coalesce("last_episode__sort_key", "episode__sort_key")
    parts = EditionPart.objects.filter(edition=models.OuterRef("edition")).order_by(furthest.desc())
    link = Row(
        slug="review__slug",
        headline="edition__headline",
        place=models.Subquery(parts.values(place=furthest)[:1]),
        horizon="edition__spoils_through__sort_key",
    )
    return (
        earlier.order_by("-publish_at", "-pk").values(link=link)[:1],
        later.order_by("publish_at", "pk").values(link=link)[:1],
    )


def live_parts(at: datetime) -> models.QuerySet[EditionPart]:
    """The parts of what readers get at `at`."""
    # EXISTS and not IN: for each of many shows, a list of all live editions would be read anew.
    live = Release.objects.live(at).filter(edition=models.OuterRef("edition"))
    return EditionPart.objects.filter(models.Exists(live))


def rank_by_stars(edition: Edition) -> int:
    """By the best stars that it gives, to the whole or to a part: `stars.rank`."""
    return rank([edition.stars, *edition.parts.values_list("stars", flat=True)])


def _place(beyond: Decimal) -> models.Value:
    return models.Value(beyond, output_field=_PLACE)


def _but(kept: tuple[str, ...], names: tuple[str, ...]) -> list[str]:
    return [name for name in names if name not in kept]


def _rendered(names: tuple[str, ...]) -> list[str]:
    return [f"{name}_rendered" for name in names]


def _corrected_at() -> models.Subquery:
    corrections = Correction.objects.of_substance().filter(review=models.OuterRef("review"))
    return models.Subquery(corrections.order_by("-made_at").values("made_at")[:1])


def _working_copy() -> list[str]:
    return [f"review__{name}" for name in CONTENT_FIELDS]


class Release(CleanText):
    """Which edition of a review readers get, and from when. Only the verbs write it."""

    review = models.OneToOneField(Review, on_delete=models.PROTECT, related_name="release")
    edition = models.ForeignKey(
        Edition,
        on_delete=models.PROTECT,
        related_name="releases",
        error_messages={"null": _("A release needs an edition.")},
    )
    publish_at = models.DateTimeField(
        _("live from"), error_messages={"null": _("A release needs an instant to go live.")}
    )
    # Its edition's, so that a list by stars has an index to follow.
    stars_rank = models.PositiveSmallIntegerField(default=0, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    first_live_at = models.DateTimeField(
        null=True, blank=True, help_text=_("Set once a piece that readers had is withdrawn.")
    )
    round = models.PositiveIntegerField(_("round"), default=1)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(_("approved"))
    exception_reason = models.TextField(_("rule set aside because"), blank=True)

    objects = ReleaseQuerySet.as_manager()

    if TYPE_CHECKING:
        review_id: int
        edition_id: int

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["-publish_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(edition__isnull=False, publish_at__isnull=False),
                name="release_has_edition_and_instant",
                violation_error_message=_("A release needs an edition and an instant to go live."),
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None)
                | models.Q(first_live_at__isnull=False, withdrawn_at__gte=models.F("first_live_at")),
                name="release_withdrawn_after_live",
                violation_error_message=_("Only a piece that was live can stand as withdrawn."),
            ),
        ]
        indexes = [
            models.Index(fields=["-publish_at", "-id"], name="release_newest_first"),
            models.Index(fields=["-stars_rank", "-publish_at", "-id"], name="release_best_first"),
        ]

    def __str__(self) -> str:
        return f"release of {self.review_id}"

    def get_absolute_url(self) -> str:
        return self.review.get_absolute_url()

    def clean(self) -> None:
        super().clean()
        if self.edition_id and self.edition.review_id != self.review_id:
            raise ValidationError({"edition": _("This edition is of another review.")})

    @property
    def parts(self) -> list[EditionPart]:
        """What its edition says about each episode. Needs `for_list()` or `for_page()`."""
        return list(self.edition.parts.all())

    @property
    def covers(self) -> str:
        """“Episode 7”, “Episodes 3, 4, 5”; empty where it speaks of none with a number.

        Needs `for_list()` or `for_page()`.
        """
        labels = {part.label: part for part in self.parts if part.label}
        if len(labels) < 2:
            return next(iter(labels), "")
        return gettext("Episodes %(numbers)s") % {
            "numbers": ", ".join(part.numbers for part in labels.values())
        }

    @property
    def neighbours(self) -> "tuple[Neighbour | None, Neighbour | None]":
        """The series' live pieces before and after it. Needs `with_neighbours()`."""
        links = (getattr(self, name) for name in ("earlier_link", "later_link"))
        before, after = (Neighbour.read(link) if link else None for link in links)
        return before, after

    @property
    def picture(self) -> Picture | None:
        """What stands at its head: its lead picture, or else the series' key visual."""
        lead, series = self.edition.lead_picture, self.review.series
        if lead and not lead.spoils:
            return lead
        return series.picture if series else None

    @property
    def changed_at(self) -> datetime:
        """When readers last got something new, which a typo put right is not.

        Needs `for_list()` or `for_page()`.
        """
        corrected: datetime | None = getattr(self, "corrected_at")  # noqa: B009  # an annotation
        return max(filter(None, (self.publish_at, self.approved_at, corrected)))

    def is_live(self, at: datetime) -> bool:
        return self.withdrawn_at is None and self.publish_at <= at

    def was_live_by(self, at: datetime) -> bool:
        """Whether readers have ever had it."""
        return self.first_live_at is not None or self.is_live(at)
