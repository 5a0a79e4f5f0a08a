import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission

from coverage.newsroom.roles import Role, grant_permissions
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def declared():
    """(app label, role, codename) of everything that an app allows."""
    return [
        (config.label, role, codename)
        for config in apps.get_app_configs()
        for role, codenames in getattr(config, "role_permissions", {}).items()
        for codename in codenames
    ]


def test_migrating_makes_the_three_groups():
    assert set(Group.objects.values_list("name", flat=True)) == {"Writer", "Editor", "Chief"}


def test_everything_declared_is_a_permission():
    known = set(Permission.objects.values_list("content_type__app_label", "codename"))

    assert {(label, codename) for label, _role, codename in declared()} <= known


@pytest.mark.parametrize("role", Role)
def test_each_role_includes_those_before_it(role):
    user = make_user(role)
    lesser = [before for before in Role if role in before.and_above()]

    expected = {f"{label}.{codename}" for label, granted, codename in declared() if granted in lesser}

    assert expected
    assert user.get_group_permissions() == expected


def test_a_reader_may_nothing():
    assert not make_user().get_all_permissions()


def test_a_writer_has_no_hand_in_what_editors_decide():
    writer = make_user(Role.WRITER)

    assert writer.has_perm("reviews.change_review")
    assert not writer.has_perms(["reviews.approve_review"])
    assert not writer.has_perms(["series.change_series"])


# Rows of a form that may be taken out again; nothing that stands by itself.
OF_A_FORM = {
    *("byline", "credit", "episodereview", "personalias"),
    *("seriesseason", "seriesstudio", "seriestitle", "streaming"),
}


def test_nobody_deletes_what_stands_by_itself():
    deletable = {
        codename.removeprefix("delete_")
        for _label, _role, codename in declared()
        if codename.startswith("delete_")
    }

    assert deletable <= OF_A_FORM


def test_migrating_again_takes_nothing_away():
    group = Group.objects.get(name="Writer")
    widened = Permission.objects.get(codename="approve_review")
    group.permissions.add(widened)

    for config in apps.get_app_configs():
        grant_permissions(config, using="default")

    assert widened in group.permissions.all()


def test_migrating_again_brings_back_what_is_missing():
    Group.objects.all().delete()

    for config in apps.get_app_configs():
        grant_permissions(config, using="default")

    assert make_user(Role.CHIEF).has_perm("reviews.override_review")


def test_what_a_user_is_granted_beside_their_group_counts_and_both_are_asked_once(
    django_assert_num_queries,
):
    user = make_user(Role.WRITER)
    user.user_permissions.add(Permission.objects.get(codename="approve_review"))
    user = type(user).objects.get(pk=user.pk)

    with django_assert_num_queries(1):
        assert user.has_perm("reviews.approve_review")
        assert user.has_perm("reviews.add_review")
        assert not user.has_perm("reviews.override_review")


def test_who_is_not_active_is_granted_nothing():
    user = make_user(Role.CHIEF, is_active=False)

    assert not user.has_perm("reviews.add_review")
