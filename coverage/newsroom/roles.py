"""Who may do what: three roles, kept as Django groups.

An app says what its models allow each role in `role_permissions` on its AppConfig, as codenames.
Migrating adds what is missing and takes nothing away, so a newsroom may widen a group by hand.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.apps import AppConfig
from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """The group names; each role includes the ones before it."""

    WRITER = "Writer", _("Writer")
    EDITOR = "Editor", _("Editor")
    CHIEF = "Chief", _("Chief")

    def and_above(self) -> list["Role"]:
        roles = list(Role)
        return roles[roles.index(self) :]


RolePermissions = Mapping[Role, Sequence[str]]


def grant_permissions(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """Give each group what `sender` declares for its role and for the roles below it."""
    # App configs import this module before there are models.
    from django.contrib.auth.management import create_permissions
    from django.contrib.auth.models import Group, Permission

    declared: RolePermissions = getattr(sender, "role_permissions", {})
    if not declared:
        return
    create_permissions(sender, verbosity=0, using=using)
    for role, codenames in declared.items():
        permissions = Permission.objects.using(using).filter(
            content_type__app_label=sender.label, codename__in=codenames
        )
        for holder in role.and_above():
            group, _created = Group.objects.using(using).get_or_create(name=holder.value)
            group.permissions.add(*permissions)
