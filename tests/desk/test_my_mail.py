import pytest

from reviews.announcing.kinds import Kind
from reviews.models import MutedMail
from tests.factories import make_announcement, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
PAGE = "/desk/my-mail/"


def muted(user):
    return set(MutedMail.objects.filter(user=user).values_list("kind", flat=True))


def shown(client):
    form = client.get(PAGE).context["form"]
    return {switch.data["value"]: switch.data["selected"] for switch, _kind in form.switches}


def test_at_first_everything_is_on(client, editor):
    assert shown(client) == dict.fromkeys(Kind.values, True)


def test_a_writer_has_no_switch_for_what_never_reaches_them(client, writer):
    assert "submitted" not in shown(client)
    assert shown(client)["returned"] is True


def test_what_isnt_ticked_is_switched_off_and_can_be_switched_on_again(client, editor):
    client.post(PAGE, {"wanted": ["late", "returned"]})
    off = muted(editor)
    client.post(PAGE, {"wanted": Kind.values})

    assert off == set(Kind.values) - {"late", "returned"}
    assert muted(editor) == set()


def test_twice_the_same_is_the_same(client, editor):
    for _again in range(2):
        response = client.post(PAGE, {"wanted": ["late"]}, follow=True)

    assert "Your choice is kept." in response.content.decode()
    assert muted(editor) == set(Kind.values) - {"late"}


def test_nobody_switches_anybody_elses(client, editor):
    other = make_user()

    client.post(PAGE, {"wanted": [], "user": other.pk})

    assert muted(other) == set()


def test_a_kind_that_isnt_theirs_is_refused(client, writer):
    response = client.post(PAGE, {"wanted": ["submitted"]})

    assert response.status_code == 400
    assert muted(writer) == set()


def test_an_account_without_an_address_is_told_so(client, editor):
    assert "has no mail address" in client.get(PAGE).content.decode()


def test_the_last_mails_stand_there_with_what_became_of_them(client, editor):
    make_announcement(editor, outcome="skipped", reason="switched off", detail={"about": "Ferry, Episode 3"})
    make_announcement(reason="somebody else's")

    page = client.get(PAGE).content.decode()

    assert "Skipped: switched off" in page
    assert "Ferry, Episode 3" in page
    assert "somebody else" not in page


def test_the_menu_leads_there(client, editor):
    assert f'href="{PAGE}"' in client.get("/desk/").content.decode()
