"""Every field of every form of the desk, posted by hand by every role.

What a chief's page shows is posted by everybody. Whoever may change a row changes each of its fields, or
the sweep would prove nothing; whoever may not changes nothing. What no form shows changes for nobody. A
page or a field that the rules below don't know fails. `pytest -s` prints the table.
"""

import re
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.flatpages.models import FlatPage
from django.db import transaction
from django.test import Client
from django.urls import reverse

from coverage.newsroom.models import AuditEntry, Publication
from coverage.newsroom.roles import Role
from reviews import rules
from reviews.admin import review as review_admin
from reviews.models import Review
from series.models import (
    Credit,
    Person,
    PersonAlias,
    Platform,
    SeriesSeason,
    SeriesStudio,
    SeriesTitle,
    Streaming,
    Studio,
    VocabularyEntry,
)
from tests.desk.sweeping import forms_on, of_no_form, rows_of_the_house
from tests.desk.test_addresses import ANSWERS, make_one_of_each
from tests.factories import (
    make_announcement,
    make_endpoint,
    make_episode,
    make_live_review,
    make_picture,
    make_review,
    make_reviewer,
    make_series,
    make_subscriber,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.ignore_template_errors]

NOBODY, READER, WRITER, AUTHOR, EDITOR, CHIEF = WHO = (
    "nobody", "reader", "writer", "author", "editor", "chief"
)  # fmt: skip
# Who may change a row by its form. The author is a writer, of both reviews here.
EDITORS, CHIEFS = {EDITOR, CHIEF}, {CHIEF}
MAY = {
    "a draft": {AUTHOR, EDITOR, CHIEF},
    "a bare draft": {AUTHOR, EDITOR, CHIEF},
    "a live review": EDITORS,
    "reviewer": CHIEFS,
    "series": CHIEFS,
    "a bare series": CHIEFS,
    "episode": CHIEFS,
    "person": CHIEFS,
    "studio": CHIEFS,
    "platform": CHIEFS,
    "vocabularyentry": CHIEFS,
    "picture": EDITORS,
    "flatpage": CHIEFS,
    "user": CHIEFS,
    "publication": CHIEFS,
    "auditentry": set(),
    "announcement": set(),
    "subscriber": set(),
    "endpoint": CHIEFS,
}
# Only together with others, or only where nothing stands in the way: tried by themselves or in another row.
BY_ITSELF = re.compile(
    r"series|is_public|prequel|parts-\d+-(episode|last_episode)|(\w+-\d+-)?late_night_label|\w+-\d+-DELETE"
)
# No column of the row holds what is typed here.
NO_COLUMNS = {"stills", "programme_day", "note-place", "note-words"}
# What is refused of a row as it stands: the show has pieces, and a chain of sequels is no ring.
REFUSED = {
    "a draft": {"series"},
    "a live review": {"series"},
    "series": {"is_public"},
    "a bare series": {"prequel"},
}


def make_rows():
    """One row of each kind that the desk changes, with one row of everything that stands under it."""
    author = make_user(Role.WRITER, first_name="A", last_name="B", email="a@example.org")
    critic, second = make_reviewer(user=author), make_reviewer()
    make_episode(make_series("Another"))
    series, bare = make_series("Covered"), make_series("Bare")
    episode = make_episode(series)
    make_episode(series, "2")
    make_picture()
    of_series = stand_under(series, episode)
    return {
        "a draft": make_review(series, episodes=[episode], reviewer=critic, by=author),
        "a bare draft": make_review(series, reviewer=critic, by=author),
        "a live review": make_live_review(series, episodes=[episode], reviewer=critic),
        "reviewer": second,
        "series": series,
        "a bare series": bare,
        "episode": episode,
        **of_series,
        "vocabularyentry": VocabularyEntry.objects.create(form="email", kind="term"),
        "picture": make_picture(),
        "flatpage": FlatPage.objects.get(url="/about/"),
        "user": author,
        "publication": Publication.objects.get(),
        "auditentry": AuditEntry.objects.first(),
        "announcement": make_announcement(),
        "subscriber": make_subscriber(),
        "endpoint": make_endpoint(),
    }


def two_of(model: Any) -> list[Any]:
    """One to be chosen, and another to choose instead."""
    return [model.objects.create(name=name, slug=name.lower()) for name in ("Kite", "Lark")]


def stand_under(series, episode):
    person, studio, platform = two_of(Person)[0], two_of(Studio)[0], two_of(Platform)[0]
    Credit.objects.create(series=series, person=person, role="director")
    Credit.objects.create(episode=episode, person=person, role="storyboard")
    PersonAlias.objects.create(person=person, name="A. K.")
    SeriesStudio.objects.create(series=series, studio=studio)
    SeriesTitle.objects.create(
        series=series, title="Cover", kind=SeriesTitle._meta.get_field("kind").choices[0][0]
    )
    SeriesSeason.objects.create(series=series, year=2026, season="winter")
    Streaming.objects.create(series=series, platform=platform)
    VocabularyEntry.objects.create(series=series, form="Ilon", kind="term")
    return {"person": person, "studio": studio, "platform": platform}


def address_of(row):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def sign_in(who, rows):
    client = Client(raise_request_exception=True)
    known = {READER: None, WRITER: Role.WRITER, EDITOR: Role.EDITOR, CHIEF: Role.CHIEF}
    if who == AUTHOR:
        client.force_login(rows["user"])
    elif who != NOBODY:
        client.force_login(make_user(known[who]))
    return client


def form_of(client, row):
    """The form that somebody's page of a row shows, or None."""
    response = client.get(address_of(row))
    if response.status_code != 200:
        return None
    return max((form for _action, form in forms_on(response)), key=lambda form: len(form.controls))


def moved(client, row, form, data, names):
    """Those of `names` whose columns aren't the same any more once `data` is posted; it is undone again."""
    before = {name: form.column(name, row) for name in names}
    with transaction.atomic():
        client.post(address_of(row), data)
        after = {name: form.column(name, row) for name in names}
        transaction.set_rollback(True)
    return {name for name in names if before[name] != after[name]}


def changed_by(client, row, form):
    """Which fields of `form` somebody changes: posting all at once, then by itself what that left alone."""
    at_once = [name for name in form.fields if not BY_ITSELF.fullmatch(name)]
    dropped = [name for name in form.fields if name.endswith("-DELETE")]
    found = moved(client, row, form, form.changed(*at_once), form.fields)
    found |= moved(client, row, form, form.changed(*dropped), dropped)
    for name in form.fields:
        if name not in found:
            found |= moved(client, row, form, form.changed(*together(name, form)), [name])
    return found


def together(name, form):
    """A day and its time, and what else is refused alone."""
    sets = (("slot_weekday", "slot_time"), ("weekday", "wall_time", "time_zone"), ("role", "character"))
    row, dash, column = name.rpartition("-")
    if re.search(r"_[01]$", column):
        return [each for each in (f"{name[:-1]}0", f"{name[:-1]}1") if each in form.controls]
    for one in sets:
        if column in one:
            return [f"{row}{dash}{each}" for each in one if f"{row}{dash}{each}" in form.controls]
    return [name]


def touched(client, before, *tried):
    """The models of which anything changes by posting what is tried: (row, data); it is undone again."""
    with transaction.atomic():
        for row, data in tried:
            client.post(address_of(row), data)
        after = rows_of_the_house()
        transaction.set_rollback(True)
    return [model.__name__ for model in before if before[model] != after[model]]


def sweep(rows, who, forms):
    """By kind of row: what `who` changes of the fields that a chief's form shows."""
    client, found, refused = sign_in(who, rows), {}, []
    before = rows_of_the_house()
    for kind, form in forms.items():
        row, beside = rows[kind], of_no_form(form, rows[kind])
        if who in MAY[kind]:
            found[kind] = changed_by(client, row, form)
            # What a refused save held is kept beside the piece.
            assert set(touched(client, before, (row, beside))) <= {"Buffer"}, (who, kind)
        else:
            found[kind] = moved(client, row, form, form.changed(*form.fields), form.fields)
            more = [form.with_a_row(prefix) for prefix in form.inlines if form.rows(prefix)]
            refused += [(row, data) for data in (beside, form.changed(*form.controls), *more)]
    assert touched(client, before, *refused) == [], who
    return found


@pytest.fixture
def rows():
    return make_rows()


@pytest.fixture
def forms(rows):
    """What a chief's pages show."""
    chief = sign_in(CHIEF, rows)
    return {kind: form_of(chief, row) for kind, row in rows.items()}


def a_form(rows, kind):
    return form_of(sign_in(CHIEF, rows), rows[kind])


def test_every_kind_of_row_that_has_a_page_is_swept(rows):
    swept = {f"admin:{row._meta.app_label}_{row._meta.model_name}_change" for row in rows.values()}

    assert swept == {name for name in ANSWERS if name.endswith("_change") and "password" not in name}


def test_something_stands_in_every_inline(forms):
    empty = {
        kind: [prefix for prefix in form.inlines if not form.rows(prefix)]
        for kind, form in forms.items()
        if not kind.startswith("a bare")
    }

    assert {kind: prefixes for kind, prefixes in empty.items() if prefixes} == {}


def test_every_field_changes_for_those_who_may_and_for_nobody_else(rows, forms):
    found = {who: sweep(rows, who, forms) for who in WHO}

    print_table(forms, found)
    expected = {
        who: {kind: may_change(kind, form) if who in MAY[kind] else set() for kind, form in forms.items()}
        for who in WHO
    }
    assert found == expected


def may_change(kind, form):
    return set(form.fields) - REFUSED.get(kind, set()) - NO_COLUMNS


# Of the table of addresses.
COLUMNS = (NOBODY, READER, WRITER, EDITOR, CHIEF)


def test_other_pages_forms_are_taken_from_nobody_who_does_not_get_the_page():
    arguments = make_one_of_each()
    chief = sign_in(CHIEF, {})
    others = {who: sign_in(who, {}) for who in COLUMNS[:-1]}
    changed = set()

    for name in sorted(set(ANSWERS) - {"admin:autocomplete"}):
        if not name.startswith("admin:") or (name.endswith("_change") and "password" not in name):
            continue
        refused = [who for who, code in zip(COLUMNS, ANSWERS[name], strict=True) if code != 200]
        forms = everything_on(chief, reverse(name, args=arguments(name)))
        before = rows_of_the_house() if forms else None
        with transaction.atomic():
            for address, data in forms:
                for who in set(refused) & set(others):
                    others[who].post(address, data)
            changed |= {name} if forms and rows_of_the_house() != before else set()
            transaction.set_rollback(True)

    assert changed == set()


def everything_on(client, page):
    """(address, what is posted) of each form of a page, with everything in it changed."""
    response = client.get(page)
    # What comes bit by bit is a report, and asks for nothing.
    if response.status_code != 200 or response.streaming or b"<form" not in response.content:
        return []
    return [(address or page, form.changed(*form.fields)) for address, form in forms_on(response)]


class TestControls:
    """With one check taken out, the sweep says which."""

    def test_who_may_edit_a_piece(self, rows, monkeypatch):
        form, client = a_form(rows, "a live review"), sign_in(WRITER, rows)
        monkeypatch.setattr(rules, "may_edit", lambda review, user: True)

        assert "headline" in moved(client, rows["a live review"], form, form.changed("headline"), form.fields)

    @pytest.mark.parametrize("kind", ["series", "user", "publication"])
    def test_who_may_change_a_row(self, rows, monkeypatch, kind):
        model_admin = admin.site.get_model_admin(type(rows[kind]))
        monkeypatch.setattr(type(model_admin), "has_change_permission", lambda *_: True)
        form, client = a_form(rows, kind), sign_in(WRITER, rows)

        assert moved(client, rows[kind], form, form.changed(form.fields[0]), form.fields)

    def test_a_column_that_a_form_would_take(self, rows, monkeypatch):
        form, row = a_form(rows, "a draft"), rows["a draft"]
        editor = sign_in(EDITOR, rows)
        monkeypatch.setattr(Review._meta.get_field("status"), "editable", True)
        work = [(None, {"fields": ["headline", "status"]})]
        monkeypatch.setattr(review_admin.ReviewAdmin, "get_fieldsets", lambda *_: work)

        assert "Review" in touched(editor, rows_of_the_house(), (row, of_no_form(form, row)))

    def test_a_still_that_a_stranger_to_the_piece_sends_with_it(self, rows, monkeypatch):
        monkeypatch.setattr(review_admin.ReviewAdmin, "_may_change", lambda *_: True)
        form, row = a_form(rows, "a draft"), rows["a draft"]
        writer = sign_in(WRITER, rows)

        assert "Picture" in touched(writer, rows_of_the_house(), (row, form.changed("stills")))


def print_table(forms, found):
    print()
    for kind, form in forms.items():
        for name in form.fields:
            marks = " ".join("x" if name in found[who][kind] else "·" for who in WHO)
            print(f"{kind:16} {name:32} {marks}")
