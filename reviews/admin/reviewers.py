from django.contrib import admin

from coverage.newsroom.admin.base import DeskAdmin
from reviews.models import Reviewer


@admin.register(Reviewer)
class ReviewerAdmin(DeskAdmin):
    list_display = ["byline", "slug", "user"]
    list_select_related = ["user"]
    search_fields = ["byline", "slug", "user__username"]
    autocomplete_fields = ["user", "portrait"]
    prepopulated_fields = {"slug": ["byline"]}
