from typing import Any

from django.http import HttpRequest

from coverage.newsroom.admin.base import RowsOfTheirOwner
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


class EpisodeCreditInline(CreditInline):
    def fits(self, role: Role) -> bool:
        return role.fits_episode
