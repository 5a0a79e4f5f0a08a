from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csp import csp_override


class DeskSite(AdminSite):
    """The desk: Django's admin under the desk's own content security policy."""

    site_header = _("Eyecatch desk")
    site_title = _("Eyecatch desk")
    index_title = _("This week")
    site_url = "/"

    def admin_view[View: Callable[..., Any]](self, view: View, cacheable: bool = False) -> View:
        """Wrap a desk view in the login check and in the policy that the prose editor needs."""
        guarded: View = csp_override(settings.SECURE_CSP_DESK)(super().admin_view(view, cacheable))
        return guarded
