"""Accounts and roles. A chief manages people, but makes nobody more than a chief."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserChangeForm, UserCreationForm
from django.contrib.auth.models import Group
from django.db.models import ManyToManyField, QuerySet
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from coverage.newsroom.admin.base import DeskAdmin, editor_of
from coverage.newsroom.models import User
from coverage.newsroom.roles import Role

if TYPE_CHECKING:
    _UserAdmin = UserAdmin[User]
else:
    _UserAdmin = UserAdmin

_HELP = {
    "username": (_("Username"), _("What they log in with: letters, digits and @ . + - _")),
    "is_active": (_("Active"), ""),
    "is_staff": (_("May open the desk"), _("Without it, no role lets them in.")),
    "groups": (
        _("Role"),
        _("A writer writes; an editor also approves; a chief also runs series and people."),
    ),
}

# Roles are given to people here; what a role may do is not for the desk to change.
admin.site.unregister(Group)


@admin.register(User)
class PeopleAdmin(DeskAdmin, _UserAdmin):
    # The password stands in it as a hash that can only be set anew.
    form = UserChangeForm
    # Everybody here has a password; and the form says all there is to say.
    add_form = UserCreationForm
    add_form_template = None
    list_display = ["username", "full_name", "email", "roles", "is_active", "last_login"]
    list_filter = ["is_active", "groups"]
    filter_horizontal = []
    readonly_fields = ["last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Who"), {"fields": ["first_name", "last_name", "email"]}),
        (
            _("At the desk"),
            {
                "fields": ["is_active", "is_staff", "groups"],
                "description": _("Without “active”, the account can't log in; nothing of it is lost."),
            },
        ),
        (_("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]

    add_fieldsets = [
        (
            None,
            {
                "fields": ["username", "password1", "password2", "groups"],
                "description": _("Give them the password by hand; they change it at the desk."),
            },
        )
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Only a superuser changes a superuser, whose password would be worth having."""
        may = super().has_change_permission(request, obj)
        return may and (obj is None or not obj.is_superuser or editor_of(request).is_superuser)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Who is taken on here works at the desk."""
        obj.is_staff = obj.is_staff or not change
        super().save_model(request, obj, form, change)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name in _HELP:
            field.label, field.help_text = _HELP[db_field.name]
        return field

    def formfield_for_manytomany(
        self, db_field: ManyToManyField[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name == "groups":
            kwargs["queryset"] = Group.objects.filter(name__in=Role.values)
            kwargs["widget"] = CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @admin.display(description=_("name"))
    def full_name(self, user: User) -> str:
        return user.get_full_name()

    @admin.display(description=_("roles"))
    def roles(self, user: User) -> str:
        return ", ".join(
            str(Role(group.name).label) for group in user.groups.all() if group.name in Role.values
        )
