from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID, uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coverage.newsroom.models import AuditEntry, FormerSlug, Publication, Sluggable, User
from coverage.newsroom.slots import WeeklySlot
from reviews.models.content import CONTENT_FIELDS, Content, PartContent, covered_by
from reviews.models.reviewers import Reviewer
from reviews.stale import StaleVersion
from reviews.status import Stage, Status
from reviews.waiting import free_at
from series.models import Episode, Series

if TYPE_CHECKING:
    from reviews.models.editions import Edition


class Kind(models.TextChoices):
    WEEKLY = "weekly", _("Weekly review")
    PREVIEW = "preview", _("Preview")
    SEASON = "season", _("Season verdict")
    FEATURE = "feature", _("Film review")
    ROUNDUP = "roundup", _("Roundup")

    @property
    def has_own_stars(self) -> bool:
        """Whether the piece as a whole is rated, not only its parts."""
        return self in (Kind.SEASON, Kind.FEATURE)


class ReviewFormerSlug(FormerSlug):
    target = models.ForeignKey("Review", on_delete=models.CASCADE, related_name="former_slugs")


class ReviewQuerySet(models.QuerySet["Review"]):
    def locked(self) -> "ReviewQuerySet":
        """Hold the row until the transaction ends (on SQLite, IMMEDIATE already holds them all)."""
        return self.select_for_update(of=("self",))

    def of(self, user: User) -> "ReviewQuerySet":
        """What `user` writes: pieces with their byline or with a part of theirs, or begun by them."""
        return self.filter(
            models.Q(created_by=user)
            | models.Exists(Byline.objects.filter(review=models.OuterRef("pk"), reviewer__user=user))
            | models.Exists(EpisodeReview.objects.filter(review=models.OuterRef("pk"), reviewer__user=user))
        )

    def without_content(self) -> "ReviewQuerySet":
        """Metadata only: what a public query may load of the working copy."""
        return self.defer(*CONTENT_FIELDS)


class Review(Sluggable, Content):
    """One piece: the working copy that editors edit, and the metadata that is never frozen.

    Readers never get this row's content; they get a release's edition.
    """

    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.WEEKLY)
    series = models.ForeignKey(
        Series,
        verbose_name=_("series"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reviews",
        help_text=_("Empty only for a roundup."),
    )
    status = models.CharField(_("status"), max_length=9, choices=Status, default=Status.DRAFT, editable=False)
    planned_at = models.DateTimeField(
        _("planned for"),
        null=True,
        blank=True,
        help_text=_("When it should go live. Empty: the series' next slot after its episode has aired."),
    )
    version = models.UUIDField(default=uuid4, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("begun by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    created_at = models.DateTimeField(_("begun"), editable=False)
    updated_at = models.DateTimeField(_("last changed"), editable=False)
    reviewers: "models.ManyToManyField[Reviewer, Byline]" = models.ManyToManyField(
        Reviewer, through="reviews.Byline", related_name="reviews"
    )

    former_slug_model: ClassVar[type[FormerSlug]] = ReviewFormerSlug

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["-updated_at", "-pk"]
        permissions = [
            ("edit_any_review", _("Can edit everybody's pieces")),
            ("approve_review", _("Can approve and return pieces")),
            ("schedule_review", _("Can reschedule, withdraw and reinstate pieces")),
            ("correct_review", _("Can correct what is live")),
            ("override_review", _("Can set a rule aside, with a reason")),
        ]
        constraints = [
            *Content.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(series__isnull=False) | models.Q(kind=Kind.ROUNDUP),
                name="review_has_series",
                violation_error_message=_("Choose the series; only a roundup has none."),
            ),
            models.CheckConstraint(
                condition=models.Q(stars=None) | models.Q(kind__in=[Kind.SEASON, Kind.FEATURE]),
                name="review_own_stars_for_whole_works",
                violation_error_message=_("Only a season or a film has stars of its own."),
            ),
        ]
        indexes = [models.Index(fields=["status", "planned_at"], name="review_by_status")]

    def __str__(self) -> str:
        return self.headline or self.slug

    def get_absolute_url(self) -> str:
        return reverse("reviews:detail", args=[self.slug])

    def clean(self) -> None:
        super().clean()
        through = self.spoils_through
        if through and self.series_id and through.series_id != self.series_id:
            raise ValidationError({"spoils_through": _("Choose an episode of this series.")})
        release = getattr(self, "release", None) if self.pk else None
        if release and (found := self.contradictions(release.edition.parts.all())):
            raise ValidationError(found)
        if release and release.withdrawn_at is None and self.series_id:
            seen = Series.objects.public(release.publish_at).filter(pk=self.series_id)
            if not seen.exists():
                raise ValidationError(
                    {"series": _("Readers can't see this series when the piece is live. Withdraw it first.")}
                )

    def contradictions(self, parts: models.QuerySet[Any]) -> dict[str, Any]:
        """By field, why `parts`, the working copy's or an edition's, don't go with its kind or series."""
        found = {}
        if self.kind != Kind.ROUNDUP and parts.exclude(episode__series=self.series_id).exists():
            found["series"] = _("A part is about another series' episode; only a roundup has such.")
        if self.kind == Kind.PREVIEW and parts.exclude(stars=None).exists():
            found["kind"] = _("A preview has no stars: take them off, or choose another kind.")
        return found

    # Who and where

    def is_own(self, user: User) -> bool:
        """Whether `user` may treat it as theirs: begun by them, or under their byline."""
        return Review.objects.of(user).filter(pk=self.pk).exists()

    def is_written_by(self, user: User) -> bool:
        """Whether `user` stands behind its words: a byline or a part of theirs."""
        bylines = models.Exists(self.bylines.filter(reviewer__user=user))
        parts = models.Exists(self.parts.filter(reviewer__user=user))
        return Review.objects.filter(bylines | parts, pk=self.pk).exists()

    def stage(self, at: datetime) -> Stage:
        release = getattr(self, "release", None)
        return Stage.of(self.status, release.publish_at if release else None, at)

    def was_ever_public(self, at: datetime) -> bool:
        release = getattr(self, "release", None)
        return release is not None and release.was_live_by(at)

    def slot(self, publication: Publication) -> WeeklySlot:
        return self.series.slot(publication) if self.series else publication.slot

    def free_at(self) -> datetime | None:
        """From when it may be live, UTC: see `reviews.waiting`. None: nothing that is known holds it."""
        episodes = Episode.objects.filter(covered_by(self.parts.all())).select_related("series")
        return free_at(episodes, self.series)

    def next_slot(self, publication: Publication, at: datetime) -> datetime:
        """The first slot of its series from `at` on, UTC, at which it may be live."""
        return self.slot(publication).next_at_or_after(max(at, self.free_at() or at))

    # Changing it: inside one transaction, claim() what was read, write, then keep()

    @classmethod
    def claim(cls, pk: int, version: UUID | None) -> "Review":
        """Lock the row for writing. Raises StaleVersion when it isn't at `version` any more.

        None means that the caller has read nothing that could be stale.
        """
        review = cls.objects.locked().get(pk=pk)
        if version is not None and review.version != version:
            raise StaleVersion(review)
        return review

    def keep(self, *, by: User | None, at: datetime, reason: str = "") -> "Edition":
        """After every write: a new version token, and an edition if the content has changed."""
        from reviews.models.editions import Edition

        self.version, self.updated_at = uuid4(), at
        Review.objects.filter(pk=self.pk).update(version=self.version, updated_at=at)
        return Edition.objects.keep(self, by=by, at=at, reason=reason)

    def audit_trail(self) -> models.QuerySet[AuditEntry]:
        return AuditEntry.objects.about(self).select_related("actor")


class Byline(models.Model):
    """A reviewer's name over a piece; metadata, so not frozen."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="bylines")
    reviewer = models.ForeignKey(
        Reviewer, verbose_name=_("reviewer"), on_delete=models.PROTECT, related_name="bylines"
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "reviewer"],
                name="byline_once",
                violation_error_message=_("This name stands over the piece already."),
            )
        ]

    def __str__(self) -> str:
        return self.reviewer.byline


class EpisodeReview(PartContent):
    """A part of the working copy."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="parts")

    class Meta(PartContent.Meta):
        abstract = False
        verbose_name = _("part about an episode")
        verbose_name_plural = _("parts about episodes")
        constraints = [
            *PartContent.Meta.constraints,
            models.UniqueConstraint(
                fields=["review", "episode", "reviewer"],
                name="part_once_per_episode_and_reviewer",
                violation_error_message=_("This reviewer has a part about this episode already."),
            ),
        ]
