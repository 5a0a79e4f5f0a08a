"""What the desk plans beside episodes and pieces: who covers a series, and which weeks are left out."""

from typing import TYPE_CHECKING
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from coverage.newsroom.models import CleanText
from coverage.newsroom.weeks import Week
from reviews.models.reviewers import Reviewer
from series.models import Series


def known_week(text: str) -> None:
    try:
        Week.parse(text)
    except ValueError as error:
        raise ValidationError(_("Write the week as in 2024-W03.")) from error


class Assignment(CleanText):
    """Who covers a series in one week, or from a week on. Only the planning verbs write it.

    A lasting one without a week holds from the beginning; a week's own goes before any lasting one, and
    of those the latest begun. Without a reviewer it says that nobody has the week.
    """

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="assignments")
    reviewer = models.ForeignKey(
        Reviewer,
        verbose_name=_("reviewer"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="assignments",
    )
    week = models.CharField(_("week"), max_length=8, blank=True, validators=[known_week])
    lasts = models.BooleanField(_("from then on"), default=False)
    version = models.UUIDField(default=uuid4, editable=False)

    if TYPE_CHECKING:
        series_id: int
        reviewer_id: int | None

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        default_permissions = ()
        permissions = [("plan_coverage", _("Can say who covers what, and skip weeks"))]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "week", "lasts"],
                name="assignment_once",
                violation_error_message=_("It is said already who covers this."),
            ),
            models.CheckConstraint(
                condition=models.Q(lasts=True) | ~models.Q(week=""),
                name="assignment_of_a_week_or_lasting",
                violation_error_message=_("Name the week, or let it last."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series}, {self.week}: {self.reviewer}"


class Skip(CleanText):
    """A week in which a series gets no piece, though an episode airs."""

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="skips")
    week = models.CharField(_("week"), max_length=8, validators=[known_week])
    reason = models.CharField(_("reason"), max_length=200)
    skipped_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    skipped_at = models.DateTimeField(_("skipped"))
    version = models.UUIDField(default=uuid4, editable=False)

    if TYPE_CHECKING:
        series_id: int

    class Meta:
        verbose_name = _("skipped week")
        verbose_name_plural = _("skipped weeks")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["series", "week"],
                name="skip_once",
                violation_error_message=_("This week is skipped already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.series}, {self.week}"
