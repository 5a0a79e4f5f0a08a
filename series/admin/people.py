from django.contrib import admin

from coverage.newsroom.admin.base import DeskAdmin, RowsOfTheirOwner
from series.models import Person, PersonAlias, Studio


class AliasInline(RowsOfTheirOwner):
    model = PersonAlias
    fields = [("name",)]


@admin.register(Person)
class PersonAdmin(DeskAdmin):
    inlines = [AliasInline]
    list_display = ["name", "name_native", "known_for"]
    search_fields = ["name", "name_native", "aliases__name"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Studio)
class StudioAdmin(DeskAdmin):
    list_display = ["name", "name_native"]
    search_fields = ["name", "name_native"]
    prepopulated_fields = {"slug": ["name"]}
