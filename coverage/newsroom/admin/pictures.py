from typing import Any

from django.contrib import admin
from django.forms.widgets import Script
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coverage.newsroom.admin.base import DeskAdmin
from coverage.newsroom.models import Picture
from coverage.newsroom.pictures import renditions

FIELDS = ["file", "alt", "caption", "credit", "spoils"]


@admin.register(Picture)
class PictureAdmin(DeskAdmin):
    list_display = ["thumbnail", "described", "credit", "spoils", "size", "added_at"]
    list_display_links = ["thumbnail", "described"]
    list_filter = ["spoils"]
    search_fields = ["alt", "credit"]
    date_hierarchy = "added_at"
    fieldsets = [
        (None, {"fields": ["shown", *FIELDS]}),
        (
            _("Focal point"),
            {
                "fields": [("focal_x", "focal_y")],
                "description": _(
                    "Where the eye should land: crops keep this point. Click the picture, or type it here."
                ),
            },
        ),
    ]
    readonly_fields = ["shown"]

    def get_fieldsets(self, request: HttpRequest, obj: Picture | None = None):  # type: ignore[no-untyped-def]  # the stubs' own alias is private
        if obj:
            return self.fieldsets
        return [(None, {"fields": FIELDS}), *self.fieldsets[1:]]

    class Media:
        js = [Script("js/desk/focal-point.js", type="module")]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name == "focal_x":
            field.widget.attrs["data-focal-label"] = _("Focal point: move it with the arrow keys")
        if field and db_field.name == "file":
            # As a fieldset it would have a legend, and the field itself no name.
            field.widget.use_fieldset = False
        return field

    @admin.display(description=_("picture"))
    def thumbnail(self, picture: Picture) -> SafeString:
        return _image(picture, "thumbnail", self.described(picture))

    @admin.display(description=_("text alternative"), ordering="alt")
    def described(self, picture: Picture) -> str:
        return picture.alt or gettext("without a text alternative")

    @admin.display(description=_("picture"))
    def shown(self, picture: Picture) -> SafeString:
        return format_html('<span class="focal">{}</span>', _image(picture, "thumbnail thumbnail--large"))

    @admin.display(description=_("pixels"))
    def size(self, picture: Picture) -> str:
        return f"{picture.width} × {picture.height}"


def _image(picture: Picture, css_class: str, alt: str = "") -> SafeString:
    frame = renditions.shown(picture)
    small = css_class == "thumbnail"
    return format_html(
        '<img class="{}" src="{}" alt="{}" width="{}" height="{}" loading="lazy">',
        css_class,
        frame.smallest.url if small else frame.src,
        alt,
        frame.width,
        frame.height,
    )
