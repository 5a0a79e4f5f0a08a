"""A chief manages people, and makes nobody more than a chief."""

import pytest
from django.contrib.auth.models import Group, Permission

from coverage.newsroom.models import AuditEntry, User
from coverage.newsroom.roles import Role
from tests.desk.forms import fields_of, sentences
from tests.factories import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.ignore_template_errors]


def page_of(user):
    return f"/desk/newsroom/user/{user.pk}/change/"


def test_a_chief_gives_a_role(client, chief):
    writer = make_user(Role.WRITER)
    editor = Group.objects.get(name="Editor")

    client.post(page_of(writer), fields_of(client.get(page_of(writer))) | {"groups": [editor.pk]})

    assert list(writer.groups.all()) == [editor]
    assert AuditEntry.objects.get(verb="change").actor == chief


def test_nobody_is_made_a_superuser_or_given_a_loose_permission(client, chief):
    anything = Permission.objects.first()
    stray = Group.objects.create(name="Everything")
    typed = {"is_superuser": "on", "user_permissions": [anything.pk], "groups": [stray.pk]}

    response = client.post(page_of(chief), fields_of(client.get(page_of(chief))) | typed)

    me = User.objects.get(pk=chief.pk)
    assert response.status_code == 200
    assert not me.is_superuser
    assert not me.user_permissions.exists()
    assert not me.groups.filter(pk=stray.pk).exists()


def test_a_chief_cannot_change_a_superuser_or_their_password(client, chief):
    root = User.objects.create_superuser("root", password="secret")

    page = client.post(page_of(root), {"username": "mine"})
    password = client.post(f"/desk/newsroom/user/{root.pk}/password/", {"password1": "x", "password2": "x"})

    assert (page.status_code, password.status_code) == (403, 403)
    assert User.objects.get(pk=root.pk).check_password("secret")


def test_groups_are_not_for_the_desk_to_change(client):
    client.force_login(User.objects.create_superuser("root"))

    assert client.get("/desk/auth/group/").status_code == 404


def test_the_publication_is_one_row_that_its_list_leads_to(client, chief):
    response = client.get("/desk/newsroom/publication/", follow=True)
    page = "/desk/newsroom/publication/1/change/"

    client.post(page, fields_of(response) | {"name": "The Cut", "slot_time": "17:30"})

    assert "The Cut desk" in client.get("/desk/").content.decode()
    assert "Friday 16 January, 17:30 New York" in client.get("/desk/").content.decode()


def test_turning_announcing_off_and_on_says_what_that_does(client, chief):
    page = "/desk/newsroom/publication/1/change/"
    before = fields_of(client.get(page))

    assert "Announcing" not in " ".join(sentences(client.post(page, before | {"name": "Cut"}, follow=True)))
    off = sentences(client.post(page, fields_of(client.get(page)) | {"announces": ""}, follow=True))
    on = sentences(client.post(page, fields_of(client.get(page)) | {"announces": "on"}, follow=True))

    assert off[0].startswith("Announcing is off")
    assert on[0].startswith("Announcing is on")


def test_a_new_person_gets_a_role_at_once_and_may_open_the_desk(client, chief):
    page = client.get("/desk/newsroom/user/add/").content.decode()
    assert "LDAP" not in page
    writers = Group.objects.get(name=Role.WRITER)
    password = "a harbour of nine boats"

    client.post(
        "/desk/newsroom/user/add/",
        {"username": "guest", "password1": password, "password2": password, "groups": [writers.pk]},
    )

    assert client.login(username="guest", password=password)
    assert client.get("/desk/reviews/review/add/").status_code == 200
    assert client.get("/desk/newsroom/user/add/").status_code == 403
