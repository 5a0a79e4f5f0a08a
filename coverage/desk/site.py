from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csp import csp_override

from coverage.newsroom.middleware import NewsroomRequest


class DeskSite(AdminSite):
    """The desk: Django's admin in the newsroom's zone, under the desk's own content security policy."""

    site_header = _("Desk")
    site_title = _("Desk")
    index_title = _("This week")
    index_template = "desk/front.html"
    site_url = "/"
    enable_nav_sidebar = False

    def admin_view[View: Callable[..., Any]](self, view: View, cacheable: bool = False) -> View:
        """Wrap a desk view in the login check, the newsroom's zone and the policy that the editor needs."""
        # Which looks at this site, and so is imported after it.
        from coverage.desk.resuming import resumable

        checked = super().admin_view(in_the_newsrooms_zone(view), cacheable)
        guarded: View = csp_override(settings.SECURE_CSP_DESK)(resumable(self, checked))
        return guarded

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        name = cast("NewsroomRequest", request).publication.name
        title = gettext("%(publication)s desk") % {"publication": name}
        return super().each_context(request) | {"site_header": title, "site_title": title}

    def get_urls(self) -> list[URLPattern | URLResolver]:
        # It looks at this site, and so is imported after it.
        from coverage.desk.board.urls import board_urls
        from coverage.desk.mail import my_mail
        from coverage.desk.rehearsal.page import rehearsal
        from coverage.desk.time_machine import page

        tools: list[URLPattern | URLResolver] = [
            *board_urls(self.admin_view),
            path("time-machine/", self.admin_view(page.time_machine), name="time_machine"),
            path("time-machine/leave/", self.admin_view(page.leave), name="time_machine_leave"),
            path("rehearsal/", self.admin_view(rehearsal), name="rehearsal"),
            path("my-mail/", self.admin_view(my_mail), name="my_mail"),
        ]
        # Before the admin's own, whose last takes whatever is left over.
        return tools + super().get_urls()

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        # The models are there only once every app has loaded; this site is made before.
        from coverage.desk.front import front

        return super().index(request, front(cast("NewsroomRequest", request)) | (extra_context or {}))


def in_the_newsrooms_zone[View: Callable[..., Any]](view: View) -> View:
    """Let a view read, show and reckon wall times as the newsroom's clocks do, its template included."""

    @wraps(view)
    def told_there(request: NewsroomRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with timezone.override(request.publication.zone):
            response: HttpResponse = view(request, *args, **kwargs)
            if isinstance(response, TemplateResponse) and not response.is_rendered:
                response.render()
        return response

    return cast("View", told_there)
