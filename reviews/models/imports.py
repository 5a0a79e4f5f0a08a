import hashlib

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from coverage.newsroom.models import CleanText
from reviews.models.review import Review


def digest_of(text: str) -> str:
    """The same for two copies of a text that differ only in white space."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()


class SourceArticle(CleanText):
    """An article as it came in, so that the same one makes no second draft and nothing is lost."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="sources")
    digest = models.CharField(max_length=64, unique=True)
    text = models.TextField(_("text"))
    warnings = models.JSONField(_("what was not sure"), default=list, blank=True)
    imported_at = models.DateTimeField(_("came in"))
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("source article")
        verbose_name_plural = _("source articles")
        ordering = ["-imported_at", "-pk"]

    def __str__(self) -> str:
        return self.text[:60]
