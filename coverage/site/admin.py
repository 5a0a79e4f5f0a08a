"""The paper's own pages at the desk, which show what a chief writes at once; and who reads by mail."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.flatpages import admin as _pages  # noqa: F401  # registers screens that ours replace
from django.contrib.flatpages.models import FlatPage
from django.contrib.sites import admin as _sites  # noqa: F401  # registers what nobody here needs to see
from django.contrib.sites.models import Site
from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db.models import Field
from django.http import HttpRequest
from django.urls import resolve
from django.utils.translation import gettext_lazy as _

from coverage.newsroom.admin.base import DeskAdmin
from coverage.newsroom.admin.labels import DeskForm
from coverage.site.models import Subscriber
from reviews.prose import ProseFormField

admin.site.unregister([FlatPage, Site])


class FlatPageForm(DeskForm):
    def clean_url(self) -> str:
        """An address of one word that nothing answers to yet."""
        slug = str(self.cleaned_data["url"]).strip("/")
        url = f"/{slug}/"
        validate_slug(slug)
        if FlatPage.objects.filter(url=url).exists() or resolve(url).view_name != "site:flatpage":
            raise ValidationError(_("Another page answers to this address; choose a different one."))
        return url


@admin.register(FlatPage)
class FlatPageAdmin(DeskAdmin):
    form = FlatPageForm
    fields = ["title", "url", "content"]
    list_display = ["title", "url"]
    search_fields = ["title", "url"]

    def get_readonly_fields(self, request: HttpRequest, obj: FlatPage | None = None) -> list[str]:
        """Readers and the foot of every page hold on to an address."""
        return ["url"] if obj else []

    def formfield_for_dbfield(self, db_field: "Field[Any, Any]", request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "content":
            return ProseFormField(
                label=_("Text"), help_text=_("Readers get it as soon as you save, on its own page.")
            )
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name == "url":
            field.label = _("Address")
            field.help_text = _(
                "One word or several with hyphens, such as “write-for-us”. It stays as it is."
            )
        return field

    def save_model(self, request: HttpRequest, obj: FlatPage, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        obj.sites.set([settings.SITE_ID])


@admin.register(Subscriber)
class SubscriberAdmin(DeskAdmin):
    """Read only, for chiefs: readers change and erase what is kept of them by the links in their mails."""

    list_display = ["address", "whole_week", "confirmed_at", "stopped_by"]
    list_filter = ["whole_week", "stopped_by"]
    search_fields = ["address"]
    fields = ["address", "whole_week", "series", "asked_at", "confirmed_at", "stopped_at", "stopped_by"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
