from django.contrib import admin

from coverage.newsroom.admin.slugs import SluggedAdmin
from reviews.models import Reviewer


@admin.register(Reviewer)
class ReviewerAdmin(SluggedAdmin):
    # The page is there only while something of it is public, so the way to it isn't offered.
    view_on_site = False
    list_display = ["byline", "slug", "user"]
    list_select_related = ["user"]
    search_fields = ["byline", "slug", "user__username"]
    autocomplete_fields = ["user", "portrait"]
    adds_related = ("portrait",)
    fields = ["byline", "slug", "user", "bio", "portrait"]
    prepopulated_fields = {"slug": ["byline"]}
