"""The pages by which readers ask for mail, confirm, choose and leave.

None knows who asks: no cookie is set or read. So asking needs no token against forged requests, which
could do no more than anybody can by typing; one from elsewhere is refused all the same, or it could spend its
visitors' share of the brake. The other pages are opened by the secret in their address.
Mail scanners follow links: a GET changes nothing.
"""

from datetime import datetime
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from coverage.newsroom.middleware import NewsroomRequest
from coverage.newsroom.pages import Crumb, Page
from coverage.site.friday_mail import asking, leaving, links
from coverage.site.friday_mail.forms import Asking, Choosing
from coverage.site.friday_mail.wishes import Wish
from coverage.site.models import Subscriber
from reviews.previewing.pages import unkept
from series.models import Series


@require_safe
def by_mail(request: NewsroomRequest) -> HttpResponse:
    """The form, the same bytes for everybody; `series` in the address offers a show, too."""
    slug = request.GET.get("series", "").replace("\x00", "")
    series = Series.objects.public(request.now).filter(slug=slug).first() if slug else None
    return _form(request, Asking(series, _day(request)))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: NewsroomRequest) -> HttpResponse:
    """Sends the link that confirms; the answer doesn't tell whether the address is known.

    Whoever only looks, such as at an address kept from a refused form, is led to the form.
    """
    if request.method != "POST":
        return HttpResponseRedirect(reverse("site:mail"))
    _refuse_from_elsewhere(request)
    wish = Wish.read(request.POST.get("of", ""), request.now) or Wish()
    form = Asking(wish.series, _day(request), request.POST)
    if not form.is_valid():
        return _form(request, form, 400)
    try:
        asking.ask(form.cleaned_data["address"], wish, asking.network_of(request), request.now)
    except asking.TooMany:
        form.add_error(None, _("Your network has asked for many of these just now. Try again in an hour."))
        return _form(request, form, 429)
    return HttpResponseRedirect(reverse("site:mail_sent"), status=303)


@require_safe
def sent(request: NewsroomRequest) -> HttpResponse:
    """What happens next, the same for everybody. Context: page."""
    page = _page(request, _("Look into your mail"), trail=True)
    return render(request, "site/mail_sent.html", {"page": page})


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: NewsroomRequest, token: str) -> HttpResponse:
    """Shows what would be confirmed; the button does it, and leads to the reader's choices."""
    found = links.confirmed_by(token, request.now)
    if found is None:
        return _over(request)
    subscriber, wish = found
    if request.method == "POST":
        try:
            _confirm(subscriber, wish, request.now)
        except Subscriber.DoesNotExist:
            return _over(request)
        return unkept(HttpResponseRedirect(_theirs("mail_choices", subscriber), status=303))
    page = _page(request, _("Confirm your address"))
    context = {"page": page, "subscriber": subscriber, "wish": wish, "day": _day(request)}
    return _secret(render(request, "site/mail_confirm.html", context))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def choices(request: NewsroomRequest, token: str) -> HttpResponse:
    """What a reader gets, to be changed. Who ticks nothing leaves."""
    subscriber = links.subscriber_at(token)
    if subscriber is None or subscriber.confirmed_at is None:
        return _over(request)
    sent = request.POST if request.method == "POST" else None
    form = Choosing(subscriber, _day(request), request.now, sent)
    if form.is_valid():
        try:
            gets_any = form.save()
        except Subscriber.DoesNotExist:
            return _over(request)
        if gets_any:
            return unkept(HttpResponseRedirect(f"{_theirs('mail_choices', subscriber)}?kept", status=303))
        return _forgotten(request, subscriber)
    page = _page(request, _("What you get by mail"))
    context = {
        "page": page,
        "form": form,
        "subscriber": subscriber,
        "is_kept": "kept" in request.GET,
        "leave": _theirs("mail_leave", subscriber),
    }
    return _secret(render(request, "site/mail_choices.html", context, status=400 if form.errors else 200))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: NewsroomRequest, token: str) -> HttpResponse:
    """A POST ends the mail and erases the reader: from the page's button, or a mail program (RFC 8058)."""
    subscriber = links.subscriber_at(token)
    if subscriber is None:
        return _over(request)
    if request.method == "POST":
        return _forgotten(request, subscriber)
    context = {"page": _page(request, _("No more mail")), "subscriber": subscriber}
    return _secret(render(request, "site/mail_leave.html", context))


def _form(request: NewsroomRequest, form: Asking, status: int = 200) -> HttpResponse:
    page = Page(
        path=reverse("site:mail"),
        title=_("By mail"),
        description=_("One mail a week with what went live: everything, or the shows that you choose."),
    )
    context = {"page": page, "form": form, "day": _day(request)}
    return render(request, "site/mail.html", context, status=status)


@transaction.atomic
def _confirm(found: Subscriber, wish: Wish, at: datetime) -> None:
    """Once is as good as twice. Whose mails came back takes them again, or the link wouldn't have come.

    Raises Subscriber.DoesNotExist once they have left.
    """
    subscriber = Subscriber.objects.select_for_update().get(pk=found.pk)
    subscriber.confirmed_at = subscriber.confirmed_at or at
    subscriber.stopped_at, subscriber.stopped_by = None, ""
    subscriber.save(update_fields=["confirmed_at", "stopped_at", "stopped_by"])
    wish.grant(subscriber)


def _forgotten(request: NewsroomRequest, subscriber: Subscriber) -> HttpResponse:
    leaving.forget(subscriber)
    page = _page(request, _("You are off the list"))
    return _secret(render(request, "site/mail_left.html", {"page": page}))


def _over(request: NewsroomRequest) -> HttpResponse:
    page = _page(request, _("This link has ended"))
    return _secret(render(request, "site/mail_over.html", {"page": page}, status=410))


def _page(request: NewsroomRequest, title: str, *, trail: bool = False) -> Page:
    """Its path is no secret: it stands in the page's head."""
    path = request.path if trail else reverse("site:mail")
    above = (Crumb(_("By mail"), reverse("site:mail")),)
    return Page(path=path, title=title, trail=above, indexed=False)


def _theirs(view: str, subscriber: Subscriber) -> str:
    return reverse(f"site:{view}", args=[links.token_of(subscriber)])


def _day(request: NewsroomRequest) -> str:
    """The weekday of the slot, in words."""
    return str(request.publication.get_slot_weekday_display())


def _secret(response: HttpResponse) -> HttpResponse:
    """Kept by nobody, and its address told to nobody whom the page leads to."""
    unkept(response)
    response["Referrer-Policy"] = "no-referrer"
    return response


def _refuse_from_elsewhere(request: HttpRequest) -> None:
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.get_host():
        raise PermissionDenied("A form on another site can't ask for mail.")
