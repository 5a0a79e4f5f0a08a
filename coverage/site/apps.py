from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SiteConfig(AppConfig):
    """The public pages that cross the apps."""

    name = "coverage.site"
    label = "site"
    verbose_name = _("public site")
