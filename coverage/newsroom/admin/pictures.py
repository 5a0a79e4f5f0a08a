from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from coverage.newsroom.admin.base import DeskAdmin
from coverage.newsroom.models import Picture


@admin.register(Picture)
class PictureAdmin(DeskAdmin):
    list_display = ["thumbnail", "alt", "credit", "spoils", "size", "added_at"]
    list_display_links = ["thumbnail", "alt"]
    list_filter = ["spoils"]
    search_fields = ["alt", "credit"]
    date_hierarchy = "added_at"
    fieldsets = [
        (None, {"fields": ["shown", "file", "alt", "credit", "spoils"]}),
        (
            _("Focal point"),
            {
                "fields": [("focal_x", "focal_y")],
                "description": _("Where the eye should land: the crop keeps this point."),
            },
        ),
    ]
    readonly_fields = ["shown"]

    def get_fieldsets(self, request: HttpRequest, obj: Picture | None = None):  # type: ignore[no-untyped-def]  # the stubs' own alias is private
        if obj:
            return self.fieldsets
        return [(None, {"fields": ["file", "alt", "credit", "spoils"]}), *self.fieldsets[1:]]

    @admin.display(description=_("picture"))
    def thumbnail(self, picture: Picture) -> SafeString:
        return _image(picture, "thumbnail")

    @admin.display(description=_("picture"))
    def shown(self, picture: Picture) -> SafeString:
        return _image(picture, "thumbnail thumbnail--large")

    @admin.display(description=_("pixels"))
    def size(self, picture: Picture) -> str:
        return f"{picture.width} × {picture.height}"


def _image(picture: Picture, css_class: str) -> SafeString:
    return format_html(
        '<img class="{}" src="{}" alt="" width="{}" height="{}" loading="lazy">',
        css_class,
        picture.file.url,
        picture.width or "",
        picture.height or "",
    )
