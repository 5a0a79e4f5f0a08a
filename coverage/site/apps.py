from django.apps import AppConfig
from django.contrib.flatpages.apps import FlatPagesConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from coverage.newsroom.roles import Role, RolePermissions


class SiteConfig(AppConfig):
    """The public pages that cross the apps."""

    name = "coverage.site"
    label = "site"
    verbose_name = _("public site")

    def ready(self) -> None:
        from coverage.newsroom import boundaries, logging
        from coverage.site.sitemaps import leaving_the_news

        boundaries.register("news_window", leaving_the_news)
        # The token is all that a link to a preview asks for.
        logging.conceal_after("/previews/")


class PagesConfig(FlatPagesConfig):
    """Django's flat pages, with what each role may do and the pages that are always there."""

    verbose_name = _("pages")
    role_permissions: RolePermissions = {
        Role.WRITER: ["view_flatpage"],
        Role.CHIEF: ["add_flatpage", "change_flatpage"],
    }

    def ready(self) -> None:
        from coverage.newsroom import roles
        from coverage.site import flatpages

        post_migrate.connect(roles.grant_permissions, sender=self, dispatch_uid="site.roles")
        post_migrate.connect(flatpages.ensure_first_pages, sender=self)
