"""What was sent after a login had ended, or from a page older than the login, waits on a page of its own."""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite, site
from django.contrib.auth import login
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import csrf
from django.views.decorators.cache import never_cache
from django.views.decorators.csp import csp_override

# Apart from the fields of whatever was sent, which may be called username too.
_PREFIX = "again"


def resumable[View: Callable[..., Any]](desk: AdminSite, view: View) -> View:
    """Where the login has ended, ask for it on a page that keeps what was sent; then go on with that."""

    @wraps(view)
    def resumed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and not desk.has_permission(request) and _can_wait(request):
            form = _login_form(desk, request)
            if not form.is_valid():
                return _page(desk, request, form)
            login(request, form.get_user())
        response: HttpResponse = view(request, *args, **kwargs)
        return response

    return resumed  # type: ignore[return-value]  # the same call, with a login before it


@never_cache
@csp_override(settings.SECURE_CSP_DESK)
def sent_from_an_old_page(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The answer to a missing or outdated token (CSRF_FAILURE_VIEW), which a login in another tab changes.

    What came from our own pages may be sent again by hand; what a stranger's page sent may not.
    """
    if not (request.path.startswith(reverse("admin:index")) and _is_ours(request) and _can_wait(request)):
        return csrf.csrf_failure(request, reason)
    form = None if site.has_permission(request) else _login_form(site, request, is_new=True)
    response = _page(site, request, form)
    response.status_code = 403
    return response


def _login_form(desk: AdminSite, request: HttpRequest, *, is_new: bool = False) -> AuthenticationForm:
    has_answer = f"{_PREFIX}-username" in request.POST and not is_new
    form_class = desk.login_form or AuthenticationForm
    return form_class(request, data=request.POST if has_answer else None, prefix=_PREFIX)


def _is_ours(request: HttpRequest) -> bool:
    origin = request.headers.get("Origin")
    return origin == f"{request.scheme}://{request.get_host()}" or origin in settings.CSRF_TRUSTED_ORIGINS


def _can_wait(request: HttpRequest) -> bool:
    """Passwords are never written into a page; and without anything sent, the login page does."""
    names = [name for name, _value in _sent(request)]
    return bool(names) and not any("password" in name for name in names)


def _sent(request: HttpRequest) -> Iterator[tuple[str, str]]:
    for name, values in request.POST.lists():
        if name != "csrfmiddlewaretoken" and not name.startswith(f"{_PREFIX}-"):
            for value in values:
                yield name, str(value)


def _page(desk: AdminSite, request: HttpRequest, form: AuthenticationForm | None) -> TemplateResponse:
    context = desk.each_context(request) | {
        "title": _("You were logged out meanwhile") if form else _("You have logged in anew meanwhile"),
        "form": form,
        "sent": list(_sent(request)),
        "has_files": bool(request.FILES),
    }
    response = TemplateResponse(request, "desk/resume.html", context)
    response.render()
    return response
