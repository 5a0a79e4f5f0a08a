from django.apps import AppConfig
from django.contrib.flatpages.apps import FlatPagesConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _

from coverage.newsroom.roles import Role, RolePermissions


class SiteConfig(AppConfig):
    """The public pages that cross the apps."""

    name = "coverage.site"
    label = "site"
    verbose_name = _("public site")
    role_permissions: RolePermissions = {Role.CHIEF: ["view_subscriber"]}

    def ready(self) -> None:
        from anymail.signals import tracking

        from coverage.newsroom import boundaries, logging, roles
        from coverage.site.friday_mail import events, leaving, letters, weekly
        from coverage.site.page_cache import triggers
        from coverage.site.sitemaps import NEWS_WINDOW
        from reviews.announcing import mailing, occasions
        from reviews.announcing.kinds import ReaderMail
        from reviews.models import Release

        news = Release.objects.filter(withdrawn_at=None)
        boundaries.register("news_window", boundaries.Instants(news, "publish_at", NEWS_WINDOW))
        post_migrate.connect(roles.grant_permissions, sender=self, dispatch_uid="site.readers")
        pre_migrate.connect(triggers.drop_on_sqlite, sender=self)
        post_migrate.connect(triggers.make, dispatch_uid="site.triggers", sender=self)
        # The token is all that a link to a preview asks for.
        logging.conceal_after("/previews/")
        for view in ("confirm", "choices", "leave"):
            logging.conceal_after(f"/mail/{view}/")
        tracking.connect(events.heed, dispatch_uid="site.mail_events")
        mailing.register(ReaderMail.CONFIRMATION, letters.confirmation, events.bounced)
        mailing.register(ReaderMail.WEEK, letters.weekly, events.bounced)
        occasions.register("weekly mail", weekly.look)
        occasions.register("readers by mail", leaving.forget_the_old)


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
