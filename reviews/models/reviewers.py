from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coverage.newsroom.models import FormerSlug, Named, Picture, Sluggable


class ReviewerFormerSlug(FormerSlug):
    target = models.ForeignKey("Reviewer", on_delete=models.CASCADE, related_name="former_slugs")


class Reviewer(Named, Sluggable):
    """A byline. Without an account it is a guest's."""

    byline = models.CharField(_("byline"), max_length=120)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reviewer",
        help_text=_("Empty for a guest, who writes without an account."),
    )
    bio = models.CharField(_("in a sentence"), max_length=300, blank=True)
    portrait = models.ForeignKey(
        Picture, null=True, blank=True, on_delete=models.PROTECT, related_name="portrait_of"
    )

    former_slug_model: ClassVar[type[FormerSlug]] = ReviewerFormerSlug
    name_kind = "reviewer"

    class Meta:
        verbose_name = _("reviewer")
        verbose_name_plural = _("reviewers")
        ordering = ["byline", "pk"]

    def __str__(self) -> str:
        return self.byline

    def names(self) -> list[str]:
        return [self.byline]

    def get_absolute_url(self) -> str:
        return reverse("site:reviewer", args=[self.slug])
