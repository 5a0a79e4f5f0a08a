from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    """The editors' tools that cross the apps."""

    name = "coverage.desk"
    label = "desk"
    verbose_name = _("desk")

    def ready(self) -> None:
        from coverage.desk import unbegun
        from coverage.desk.rehearsal import telling

        telling.register()
        unbegun.register()


class DeskAdminConfig(AdminConfig):
    """Django's admin with the desk as its site."""

    default_site = "coverage.desk.site.DeskSite"
