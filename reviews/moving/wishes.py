"""What is to be moved, as an editor asks for it."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from coverage.newsroom.models import User
from reviews.planning import may_plan
from series.airings import Shift
from series.models import Episode


class What(models.TextChoices):
    AIRINGS = "airings", _("The airing, and the pieces with it")
    PIECES = "pieces", _("Only the pieces: the slot")


@dataclass(frozen=True)
class Wish:
    """From which episode on, or of which alone, and how far.

    Without a shift, pieces go to the first slot at which their episodes have aired.
    """

    what: What
    episode: Episode
    onward: bool = False
    shift: Shift | None = None

    @property
    def moves_airings(self) -> bool:
        return self.what == What.AIRINGS

    def is_about(self, episode: Episode) -> bool:
        if episode.series_id != self.episode.series_id:
            return False
        return episode.pk == self.episode.pk or (self.onward and episode.sort_key > self.episode.sort_key)

    @property
    def told(self) -> str:
        """The same for the same wish."""
        return f"{self.what} {self.episode.pk} {self.onward} {self.shift}"


def may_move(user: User, what: What) -> bool:
    """Whether `user` may: when an episode airs is the series' data, when a piece goes out is planning."""
    may_slots = may_plan(user) and user.has_perm("reviews.schedule_review")
    return may_slots and (what == What.PIECES or user.has_perm("series.change_episode"))
