"""Screens of what has a slug in its address."""

from typing import Any

from django.http import HttpRequest

from coverage.newsroom.admin.base import DeskAdmin, now_of
from coverage.newsroom.models import Sluggable


class SluggedAdmin(DeskAdmin):
    """Proposes a slug for what is new only, and lets the one that readers know redirect."""

    def get_prepopulated_fields(self, request: HttpRequest, obj: Sluggable | None = None) -> Any:
        return {} if obj else self.prepopulated_fields

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and "slug" in form.changed_data:
            obj.keep_former_slug(form.initial["slug"], now_of(request))
