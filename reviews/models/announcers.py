from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from coverage.newsroom.models.text import CleanText

# An announcer that was seen no longer ago is there.
SEEN_WITHIN = timedelta(minutes=2)
FORGOTTEN_AFTER = timedelta(days=7)


class AnnouncerQuerySet(models.QuerySet["Announcer"]):
    def sign(self, name: str, at: datetime) -> None:
        """Write down that the announcer `name` is at work, and forget those long gone."""
        self.update_or_create(
            name=name, defaults={"seen_at": at}, create_defaults={"seen_at": at, "since": at}
        )
        self.filter(seen_at__lt=at - FORGOTTEN_AFTER).delete()

    def at_work(self, at: datetime) -> "AnnouncerQuerySet":
        return self.filter(seen_at__gte=at - SEEN_WITHIN)


class Announcer(CleanText):
    """A process that sends what is due, and when it was last seen."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    since = models.DateTimeField(_("since"))
    seen_at = models.DateTimeField(_("last seen"))

    objects = AnnouncerQuerySet.as_manager()

    class Meta:
        verbose_name = _("announcer")
        verbose_name_plural = _("announcers")
        ordering = ["-seen_at", "name"]

    def __str__(self) -> str:
        return self.name
