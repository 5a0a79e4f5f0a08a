"""Addresses that last: a slug that was ever public keeps answering, by a permanent redirect."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from coverage.newsroom.models.text import CleanText


class FormerSlug(models.Model):
    """A slug that readers may have kept; subclasses add `target`, related_name="former_slugs"."""

    slug = models.SlugField(_("former slug"), max_length=120, unique=True)
    retired_at = models.DateTimeField(_("retired"))

    target: models.ForeignKey[Any, Any]
    target_id: int
    objects: ClassVar[models.Manager[Any]]

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.slug


class Sluggable(CleanText):
    """Has a slug in its address. Subclasses name their FormerSlug, and say when it counts as seen."""

    slug = models.SlugField(
        _("slug"),
        max_length=120,
        unique=True,
        help_text=_(
            "The last part of the address. Once readers have seen it, a change leaves a "
            "permanent redirect behind."
        ),
    )

    former_slug_model: ClassVar[type[FormerSlug]]

    class Meta:
        abstract = True

    def was_ever_public(self, at: datetime) -> bool:
        """Whether readers may have seen it; what comes and goes with something public: always."""
        return True

    def clean(self) -> None:
        super().clean()
        taken = self.former_slug_model.objects.filter(slug=self.slug).exclude(target_id=self.pk)
        if taken.exists():
            raise ValidationError(
                {"slug": _("Readers know another page by this slug; choose a different one.")}
            )

    def keep_former_slug(self, slug: str, at: datetime) -> None:
        """Call after a change of slug: lets the old one redirect, if readers may have seen it."""
        with transaction.atomic():
            self.former_slug_model.objects.filter(slug=self.slug, target=self).delete()
            if slug != self.slug and self.was_ever_public(at):
                self.former_slug_model.objects.create(slug=slug, target=self, retired_at=at)

    @classmethod
    def renamed(cls, slug: str) -> Self | None:
        """What used to answer to `slug`, if anything did."""
        former = cls.former_slug_model.objects.filter(slug=slug).select_related("target").first()
        return former.target if former else None
