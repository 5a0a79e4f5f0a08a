import hashlib
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from coverage.newsroom.models import CleanText
from reviews.models.editions import Edition
from reviews.models.review import Review


def digest_of_token(token: str) -> str:
    """All that is kept of a link's token, which is too long to be guessed, however quick this is."""
    return hashlib.sha256(token.encode()).hexdigest()


class PreviewLinkQuerySet(models.QuerySet["PreviewLink"]):
    def open(self, at: datetime) -> "PreviewLinkQuerySet":
        """Those that `PreviewLink.is_open`."""
        return self.filter(ended_at=None, expires_at__gt=at, made_by__is_active=True)

    def of_token(self, token: str) -> "PreviewLinkQuerySet":
        return self.filter(digest=digest_of_token(token))


class PreviewLink(CleanText):
    """A way to a piece's preview for somebody without an account. Whoever has its token has it."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="preview_links")
    edition = models.ForeignKey(
        Edition,
        verbose_name=_("edition"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The one that it shows. Empty: always the newest."),
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    for_whom = models.CharField(_("for whom"), max_length=100, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("made by"), on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(_("made"))
    expires_at = models.DateTimeField(_("expires"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    last_opened_at = models.DateTimeField(_("last opened"), null=True, blank=True)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link to a preview")
        verbose_name_plural = _("links to previews")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("made_at")),
                name="preview_link_expires_later",
                violation_error_message=_("A link expires after it was made."),
            )
        ]

    def __str__(self) -> str:
        return self.for_whom or f"link to {self.review_id}"

    def clean(self) -> None:
        super().clean()
        if self.edition and self.edition.review_id != self.review_id:
            raise ValidationError({"edition": _("This edition is of another review.")})

    def is_open(self, at: datetime) -> bool:
        """Whether it leads anywhere at `at`; it ends with the account of whoever made it, too."""
        return self.ended_at is None and at < self.expires_at and self.made_by.is_active
