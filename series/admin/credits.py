from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from coverage.newsroom.admin.base import RowsOfTheirOwner
from coverage.newsroom.admin.labels import DeskForm
from series.models import Credit
from series.roles import Role


class CreditInline(RowsOfTheirOwner):
    """Credits on a series, or on an episode: only the roles that there are there."""

    model = Credit
    adds_related = ("person",)
    autocomplete_fields = ["person"]
    fields = [("person", "role", "character", "note", "position")]

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "role":
            roles = ((role.value, role.label) for role in Role if self.fits(role))
            kwargs["choices"] = [("", "—"), *roles]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def fits(self, role: Role) -> bool:
        return role.fits_series


class EpisodeCreditForm(DeskForm):
    """Whoever changes a credit that was carried over has checked it."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.instance.pk and self.has_changed():
            self.instance.carried_from = None
        return cleaned


class EpisodeCreditInline(CreditInline):
    form = EpisodeCreditForm
    fk_name = "episode"
    fields = [("person", "role", "character", "note", "position", "carried")]
    readonly_fields = ["carried"]

    @admin.display(description=_("carried over"))
    def carried(self, credit: Credit) -> str:
        if not credit.carried_from:
            return "–"
        return _("from %(episode)s, unchecked") % {"episode": credit.carried_from.label.lower()}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Credit]:
        rows: QuerySet[Credit] = super().get_queryset(request).select_related("carried_from")
        return rows

    def fits(self, role: Role) -> bool:
        return role.fits_episode
