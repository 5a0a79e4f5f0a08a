from django.contrib import admin

from coverage.newsroom.admin.base import RowsOfTheirOwner
from coverage.newsroom.admin.slugs import SluggedAdmin
from series.models import Person, PersonAlias, Studio


class AliasInline(RowsOfTheirOwner):
    model = PersonAlias
    fields = [("name",)]


@admin.register(Person)
class PersonAdmin(SluggedAdmin):
    # The page is there only while something of it is public, so the way to it isn't offered.
    view_on_site = False
    inlines = [AliasInline]
    list_display = ["name", "name_native", "known_for"]
    search_fields = ["name", "name_native", "aliases__name"]
    fields = ["name", "name_native", "slug", "known_for"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Studio)
class StudioAdmin(SluggedAdmin):
    # The page is there only while something of it is public, so the way to it isn't offered.
    view_on_site = False
    list_display = ["name", "name_native"]
    search_fields = ["name", "name_native"]
    fields = ["name", "name_native", "slug"]
    prepopulated_fields = {"slug": ["name"]}
