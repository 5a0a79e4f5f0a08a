from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from coverage.newsroom.roles import Role, RolePermissions


class ReviewsConfig(AppConfig):
    name = "reviews"
    verbose_name = _("reviews")
    role_permissions: RolePermissions = {
        Role.WRITER: [
            "view_review", "add_review", "change_review",
            "view_episodereview", "add_episodereview", "change_episodereview", "delete_episodereview",
            "view_byline", "add_byline", "change_byline", "delete_byline",
            "view_reviewer", "view_edition", "view_correction",
        ],
        Role.EDITOR: [
            "edit_any_review", "approve_review", "schedule_review", "correct_review",
            "plan_coverage",
        ],
        Role.CHIEF: ["override_review", "add_reviewer", "change_reviewer", "view_announcement",
                     "view_endpoint", "add_endpoint", "change_endpoint"],
    }  # fmt: skip

    def ready(self) -> None:
        from coverage.newsroom import boundaries
        from reviews import visibility
        from reviews.announcing import calls, lateness, occasions, pieces, pings, purging, webhooks
        from reviews.announcing.kinds import Call
        from reviews.models import Release
        from reviews.models.texts import make_full_text
        from series.visibility import reveals

        reveals.series = visibility.reveals_series
        reveals.episode = visibility.reveals_episode
        post_migrate.connect(make_full_text, sender=self)
        due = Release.objects.filter(withdrawn_at=None)
        boundaries.register("release", boundaries.Instants(due, "publish_at"))
        pieces.register()
        occasions.register("pieces", lateness.look)
        calls.register(Call.WEBHOOK, webhooks.errand)
        calls.register(Call.WEBSUB, pings.websub)
        calls.register(Call.INDEXNOW, pings.indexnow)
        calls.register(Call.PURGE, purging.errand)
