"""What the desk's screens share: nothing is deleted, and every change goes into the audit trail."""

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from coverage.newsroom.admin import seen
from coverage.newsroom.admin.faults import faults_of
from coverage.newsroom.admin.instants import DayInput, InstantField, InstantInput, WallTimeInput
from coverage.newsroom.admin.labels import DeskForm, LabelledAutocomplete
from coverage.newsroom.admin.rows import RowsThatMayHaveGone
from coverage.newsroom.admin.values import moved_values
from coverage.newsroom.middleware import NewsroomRequest
from coverage.newsroom.models import AuditEntry, User

if TYPE_CHECKING:
    _BaseModelAdmin = admin.options.BaseModelAdmin[Any]
    _ModelAdmin = admin.ModelAdmin[Any]
    _StackedInline = admin.StackedInline[Any, Any]
else:
    _BaseModelAdmin = object
    _ModelAdmin = admin.ModelAdmin
    _StackedInline = admin.StackedInline


def now_of(request: HttpRequest) -> datetime:
    """The request's instant."""
    return cast("NewsroomRequest", request).now


def editor_of(request: HttpRequest) -> User:
    """Who is at the desk; the admin's login check has passed."""
    return cast("User", request.user)


class DeskFields(_BaseModelAdmin):
    """How the desk asks for days, times and related things."""

    form: Any = DeskForm
    formfield_overrides = {
        models.DateTimeField: {"form_class": InstantField, "widget": InstantInput},
        models.DateField: {"widget": DayInput},
        models.TimeField: {"widget": WallTimeInput},
        models.URLField: {"widget": forms.URLInput(attrs={"class": "vURLField"})},
    }

    # For which related things the form offers to add a new one on the spot.
    adds_related: tuple[str, ...] = ()

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_change_related = field.widget.can_view_related = False
            field.widget.can_add_related &= db_field.name in self.adds_related
        return field

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault(
                "widget", LabelledAutocomplete(db_field, self.admin_site, using=kwargs.get("using"))
            )
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class DeskAdmin(DeskFields, _ModelAdmin):
    """A model's screens at the desk."""

    actions = None
    list_per_page = 50
    show_full_result_count = False
    object_history_template = "desk/history.html"

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        title = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": title} | (extra_context or {}))

    # Whether a save is refused once the rows aren't as they were when the form was opened.
    asks_what_was_seen = True

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        if not (change and self.asks_what_was_seen and request.method == "POST"):
            return form
        claim = partial(seen.claim, self, request)
        return type(form)(form.__name__, (seen.Claiming, form), {"claim": staticmethod(claim)})

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """Straight to the page, without a turn past the sites framework."""
        if obj is None or not self.view_on_site or not hasattr(obj, "get_absolute_url"):
            return None
        return str(obj.get_absolute_url())

    def get_urls(self) -> list[URLPattern]:
        return [url for url in super().get_urls() if not (url.name or "").endswith("_delete")]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        subject = kwargs.get("obj")
        if subject and self.asks_what_was_seen and self.has_change_permission(request, subject):
            formsets = [inline.formset for inline in context["inline_admin_formsets"]]
            besides = self.get_readonly_fields(request, subject)
            context |= seen.on_the_page(context["adminform"].form, formsets, besides)
        if context.get("errors"):
            formsets = [inline.formset for inline in context["inline_admin_formsets"]]
            # In place of the admin's own sentence, which doesn't say where to look.
            context |= {"faults": faults_of(context["adminform"].form, formsets), "errors": []}
        return super().render_change_form(request, context, *args, **kwargs)

    # The audit trail stands in for the admin's own log.

    # Of these fields it tells what they said before, and what they say now.
    tells_values_of: tuple[str, ...] = ()

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> list[dict[str, Any]]:
        told: list[dict[str, Any]] = super().construct_change_message(request, form, formsets, add)
        if not add and (values := list(moved_values(form, self.tells_values_of))):
            told.append({"values": values})
        return told

    def log_addition(self, request: HttpRequest, obj: models.Model, message: Any) -> Any:
        return self._record("add", request, obj, message)

    def log_change(self, request: HttpRequest, obj: models.Model, message: Any) -> Any:
        return self._record("change", request, obj, message) if message else None

    def _record(self, verb: str, request: HttpRequest, obj: models.Model, message: Any) -> AuditEntry:
        return AuditEntry.objects.record(
            verb, obj, by=editor_of(request), at=now_of(request), changes=message
        )

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        subject = self.get_object(request, object_id)
        if subject is None:
            raise Http404
        if not self.has_view_or_change_permission(request, subject):
            raise PermissionDenied
        entries = AuditEntry.objects.about(subject).select_related("actor")
        context = self.admin_site.each_context(request) | {
            "title": _("History"),
            "subtitle": str(subject),
            "object": subject,
            "opts": self.opts,
            "module_name": self.opts.verbose_name_plural,
            "page": self.get_paginator(request, entries, 100).get_page(request.GET.get("p", 1)),
        }
        return TemplateResponse(request, self.object_history_template, context | (extra_context or {}))


class RowsOfTheirOwner(DeskFields, _StackedInline):
    """Rows that belong to what they stand under: who may change that may add, change and drop them."""

    formset = RowsThatMayHaveGone
    extra = 0
    # One line a row where there is room, with every field's label for those who hear or stack it.
    classes = ["rows"]
    # What a row's name is made of, beside its autocompletes.
    names_itself_by: tuple[str, ...] = ()

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(self._owner().has_view_permission(request))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(self._owner().has_change_permission(request))

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        joined = [*self.names_itself_by, *self.get_autocomplete_fields(request)]
        rows = super().get_queryset(request)
        return rows.select_related(*joined) if joined else rows

    def _owner(self) -> Any:
        return self.admin_site.get_model_admin(self.parent_model)
