from django.contrib import admin

from coverage.newsroom.admin.base import DeskAdmin
from series.models import Platform


@admin.register(Platform)
class PlatformAdmin(DeskAdmin):
    list_display = ["name", "website"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
