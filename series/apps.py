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

        for name, rows, field in (
            ("airing", Episode.objects.filter(series__is_public=True), "airs_at"),
            ("episode_embargo", Episode.objects.filter(series__is_public=True), "embargo_until"),
            ("series_embargo", Series.objects.filter(is_public=True), "embargo_until"),
        ):
            boundaries.register(name, boundaries.Instants(rows, field))
