from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from coverage.newsroom.roles import Role, RolePermissions


class NewsroomConfig(AppConfig):
    name = "coverage.newsroom"
    label = "newsroom"
    verbose_name = _("newsroom")
    role_permissions: RolePermissions = {
        Role.WRITER: ["view_picture", "add_picture", "view_publication"],
        # A change shows at once wherever the picture stands, with nobody to approve it.
        Role.EDITOR: ["change_picture", "view_auditentry", "view_user"],
        Role.CHIEF: ["change_publication", "add_user", "change_user"],
    }

    def ready(self) -> None:
        from coverage.newsroom import errors, roles
        from coverage.newsroom.models import publication
        from coverage.newsroom.models.names import make_full_text

        # Rows that the house can't stand without are made after migrating, not in a migration:
        # permissions only exist by then, and a test that flushes the database gets them back.
        post_migrate.connect(roles.grant_permissions, dispatch_uid="newsroom.roles")
        post_migrate.connect(publication.ensure_publication, sender=self)
        post_migrate.connect(make_full_text, sender=self)
        if settings.SENTRY_DSN:
            errors.tell_sentry(settings.SENTRY_DSN)
