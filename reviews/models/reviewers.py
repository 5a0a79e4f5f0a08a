from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from coverage.newsroom.models import CleanText, Picture


class Reviewer(CleanText):
    """A byline. Without an account it is a guest's."""

    byline = models.CharField(_("byline"), max_length=120)
    slug = models.SlugField(_("slug"), max_length=120, unique=True)
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

    class Meta:
        verbose_name = _("reviewer")
        verbose_name_plural = _("reviewers")
        ordering = ["byline", "pk"]

    def __str__(self) -> str:
        return self.byline
