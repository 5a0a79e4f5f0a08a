from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from coverage.newsroom.roles import Role, RolePermissions

_DATA = (
    "series", "seriestitle", "seriesseason", "seriesstudio", "streaming",
    "studio", "platform", "episode", "person", "personalias", "credit", "vocabularyentry",
)  # fmt: skip


class SeriesConfig(AppConfig):
    name = "series"
    verbose_name = _("series")
    role_permissions: RolePermissions = {
        Role.WRITER: [f"view_{model}" for model in _DATA],
        Role.CHIEF: [f"{action}_{model}" for model in _DATA for action in ("add", "change")],
    }

    def ready(self) -> None:
        from coverage.newsroom import boundaries
        from series.models import Episode, Series

        boundaries.register("airing", lambda at: boundaries.first_after(Episode.objects.all(), "airs_at", at))
        boundaries.register(
            "episode_embargo",
            lambda at: boundaries.first_after(Episode.objects.all(), "embargo_until", at),
        )
        boundaries.register(
            "series_embargo",
            lambda at: boundaries.first_after(Series.objects.all(), "embargo_until", at),
        )
