"""“My mail”: which mails somebody of the desk gets, and what became of the last ones."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coverage.newsroom.middleware import NewsroomRequest
from coverage.newsroom.models import User
from coverage.site.models import Subscriber
from reviews.announcing.kinds import Kind
from reviews.announcing.recipients import destination_of
from reviews.models import Announcement, MutedMail

LATEST = 10


def kinds_for(user: User) -> list[Kind]:
    """The kinds that could ever reach them."""
    return [kind for kind in Kind if user.has_perm(kind.permission)]


class Switches(forms.Form):
    """One switch for each kind; what isn't ticked is switched off."""

    wanted = forms.MultipleChoiceField(
        label=gettext_lazy("Mails that I get"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, user: User, data: Any = None) -> None:
        self.user, self.kinds = user, kinds_for(user)
        muted = set(MutedMail.objects.filter(user=user).values_list("kind", flat=True))
        wanted = [kind.value for kind in self.kinds if kind.value not in muted]
        super().__init__(data, initial={"wanted": wanted})
        field = cast("forms.MultipleChoiceField", self.fields["wanted"])
        field.choices = [(kind.value, kind.label) for kind in self.kinds]

    @property
    def switches(self) -> list[tuple[Any, Kind]]:
        return list(zip(self["wanted"], self.kinds, strict=True))

    def save(self) -> None:
        wanted = self.cleaned_data["wanted"]
        muted = [kind for kind in self.kinds if kind.value not in wanted]
        with transaction.atomic():
            MutedMail.objects.filter(user=self.user, kind__in=wanted).delete()
            MutedMail.objects.bulk_create(
                [MutedMail(user=self.user, kind=kind.value) for kind in muted], ignore_conflicts=True
            )


def my_mail(request: NewsroomRequest) -> HttpResponse:
    """Show the switches; a POST sets them."""
    user = cast("User", request.user)
    form = Switches(user, request.POST if request.method == "POST" else None)
    if form.is_valid():
        form.save()
        messages.success(request, _("Your choice is kept."))
        return HttpResponseRedirect(reverse("admin:my_mail"))
    context = admin.site.each_context(request) | {
        "title": _("My mail"),
        "form": form,
        "readers": Subscriber.objects.reached().count(),
        "latest": Announcement.objects.filter(destination=destination_of(user))[:LATEST],
    }
    return TemplateResponse(request, "desk/my_mail.html", context, status=400 if form.errors else 200)
