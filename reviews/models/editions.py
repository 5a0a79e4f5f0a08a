from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from coverage.newsroom.keys import as_key
from coverage.newsroom.models import Picture, User
from reviews import markup
from reviews.models.content import (
    CONTENT_FIELDS,
    PART_FIELDS,
    PART_PROSE,
    PROSE,
    Content,
    PartContent,
    pictures_named,
)
from reviews.models.review import Review

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


def _values(row: models.Model, names: tuple[str, ...]) -> dict[str, Any]:
    fields = [field for field in row._meta.concrete_fields if field.name in names]
    return {field.attname: getattr(row, field.attname) for field in fields}


class EditionQuerySet(models.QuerySet["Edition"]):
    def latest_of(self, review: Review) -> "Edition | None":
        return self.filter(review=review).order_by("-number").first()

    def numbered(self, review: Review, number: str) -> "Edition | None":
        """The one with this number, which a form says it was opened on: anything may be posted."""
        return self.filter(review=review, number=as_key(number) or 0).first()

    def keep(self, review: Review, *, by: User | None, at: datetime, reason: str = "") -> "Edition":
        """The newest edition of `review`, made now if its content has changed since the last.

        Call with the row locked. Reads the working copy afresh: a form may hold less than the row.
        """
        row = Review.objects.get(pk=review.pk)
        content = _values(row, CONTENT_FIELDS)
        parts = [_values(part, PART_FIELDS) for part in row.parts.all()]
        latest = self.latest_of(row)
        if latest and latest.holds(content, parts):
            return latest
        return self._next(row, content, parts, by=by, at=at, reason=reason)

    def amend(
        self,
        edition: "Edition",
        own: dict[str, Any],
        parts: dict[tuple[int, int], dict[str, Any]],
        *,
        by: User | None,
        at: datetime,
        reason: str = "",
    ) -> "Edition":
        """The next edition of the review: what `edition` says, with other values in some columns.

        `parts` holds those of its parts by (episode, reviewer). Call with the row locked.
        """
        content = _values(edition, CONTENT_FIELDS) | own
        rows = [
            _values(part, PART_FIELDS) | parts.get((part.episode_id, part.reviewer_id), {})
            for part in edition.parts.all()
        ]
        return self._next(edition.review, content, rows, by=by, at=at, reason=reason)

    def _next(
        self,
        review: Review,
        content: dict[str, Any],
        parts: list[dict[str, Any]],
        *,
        by: User | None,
        at: datetime,
        reason: str,
    ) -> "Edition":
        latest = self.latest_of(review)
        number = latest.number + 1 if latest else 1
        edition = self.create(review=review, number=number, made_by=by, made_at=at, reason=reason, **content)
        EditionPart.objects.bulk_create(EditionPart(edition=edition, **part) for part in parts)
        return edition


class Edition(Content):
    """A frozen copy of a review's content. Numbered from 1; never changed, only rendered once."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField(_("number"))
    made_at = models.DateTimeField(_("made"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    is_rendered = models.BooleanField(default=False, editable=False)
    introduction_rendered = models.TextField(blank=True, editable=False)
    conclusion_rendered = models.TextField(blank=True, editable=False)
    verdict_rendered = models.TextField(blank=True, editable=False)
    # What its prose names, so that a picture's file can be asked for what shows it.
    stills = models.ManyToManyField(Picture, related_name="+", editable=False)

    objects = EditionQuerySet.as_manager()

    if TYPE_CHECKING:
        parts: RelatedManager["EditionPart"]

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["review", "-number"]
        constraints = [
            *Content.Meta.constraints,
            models.UniqueConstraint(
                fields=["review", "number"],
                name="edition_number_once",
                violation_error_message=_("The review has an edition with this number already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.headline} #{self.number}"

    def holds(self, content: dict[str, Any], parts: list[dict[str, Any]]) -> bool:
        """Whether this is just what it froze."""
        return content == _values(self, CONTENT_FIELDS) and parts == [
            _values(part, PART_FIELDS) for part in self.parts.all()
        ]

    def says_what(self, other: "Edition") -> bool:
        """Whether both froze the same content."""
        parts = [_values(part, PART_FIELDS) for part in other.parts.all()]
        return self.holds(_values(other, CONTENT_FIELDS), parts)

    def render(self) -> None:
        """Render the prose, sanitised, ready to serve: on approval, and once."""
        if self.is_rendered:
            return
        parts = self.fill_in_rendered()
        if named := pictures_named(self):
            self.stills.set(Picture.objects.filter(pk__in=named))
        self.is_rendered = True
        self.save(update_fields=[f"{name}_rendered" for name in PROSE] + ["is_rendered"])
        for part in parts:
            part.save(update_fields=[f"{name}_rendered" for name in PART_PROSE])

    def fill_in_rendered(self) -> "list[EditionPart]":
        """Render its prose and its parts', the parts that it answers with, without saving anything."""
        parts = list(self.parts.all())
        _render(self, PROSE)
        for part in parts:
            _render(part, PART_PROSE)
        return parts


def _render(row: models.Model, names: tuple[str, ...]) -> None:
    for name in names:
        setattr(row, f"{name}_rendered", markup.render(getattr(row, name)))


class EditionPart(PartContent):
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="parts")
    body_rendered = models.TextField(blank=True, editable=False)
    verdict_rendered = models.TextField(blank=True, editable=False)

    class Meta(PartContent.Meta):
        abstract = False
        verbose_name = _("part of an edition")
        verbose_name_plural = _("parts of an edition")
        constraints = [
            *PartContent.Meta.constraints,
            models.UniqueConstraint(
                fields=["edition", "episode", "reviewer"],
                name="edition_part_once",
                violation_error_message=_("This reviewer has a part about this episode already."),
            ),
        ]
