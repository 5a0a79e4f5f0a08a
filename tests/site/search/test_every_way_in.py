"""However something comes into the newsroom, search finds it as it is: `reindex` has nothing to put right."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from coverage.desk.corpus import making
from coverage.desk.corpus.making import Size
from coverage.newsroom.models import Name
from coverage.newsroom.roles import Role
from coverage.site.management.commands.reindex import named_models
from reviews import verbs
from reviews.models import Release, ReleaseText, Reviewer
from reviews.models.texts import made
from reviews.verbs import Act
from series.models import Person, PersonAlias, Series, SeriesTitle
from tests.desk.forms import fields_of
from tests.factories import FRIDAY, NOW, approve, make_review, make_series, make_user

pytestmark = pytest.mark.django_db


def names_kept():
    return sorted(Name.objects.values_list("kind", "subject", "text", "whole", "words", "grams"))


def names_there():
    return sorted(
        (name.kind, name.subject, name.text, name.whole, name.words, name.grams)
        for model in named_models()
        for row in model.with_names()
        for name in row.made_names()
    )


def facts_of(texts):
    return {text.release_id: (text.whole, text.headline, text.standfirst, text.text) for text in texts}


def texts_kept():
    return facts_of(ReleaseText.objects.all())


def texts_there():
    return facts_of(made(release) for release in Release.objects.select_related("edition"))


def is_right():
    return names_kept() == names_there() and texts_kept() == texts_there()


def reindex():
    told = StringIO()
    call_command("reindex", stdout=told)
    return told.getvalue()


def test_the_demo_leaves_the_index_right():
    call_command("load_demo", stdout=StringIO(), picture_width=64)

    assert len(texts_kept()) > 10
    assert is_right()


def test_a_corpus_leaves_the_index_right():
    making.make(Size(series=6, reviews=24, part_words=40), NOW, tell=lambda line: None)

    assert len(texts_kept()) > 10
    assert is_right()


def test_the_importer_leaves_the_index_right(tmp_path):
    article = tmp_path / "article.txt"
    article.write_text(
        "Red Kite\n\nby Someone New\n\nEpisode 1: The Wind\n\nIt blows.\n\nRating: 4/5\n", encoding="utf-8"
    )
    make_series("Red Kite")
    make_user(Role.CHIEF, "chief")

    call_command("import_article", str(article), stdout=StringIO(), stderr=StringIO())

    assert Reviewer.objects.exists()
    assert is_right()


def test_a_form_at_the_desk_leaves_the_index_right(client):
    client.force_login(make_user(Role.CHIEF))
    person = Person.objects.create(name="Aki", slug="aki")
    alias = PersonAlias.objects.create(person=person, name="Old name")
    page = f"/desk/series/person/{person.pk}/change/"
    form = {
        "seen": fields_of(client.get(page))["seen"],
        "name": "Akira",
        "slug": "aki",
        "name_native": "明",
        "aliases-TOTAL_FORMS": 2,
        "aliases-INITIAL_FORMS": 1,
        "aliases-0-id": alias.pk,
        "aliases-0-person": person.pk,
        "aliases-0-name": "Old name",
        "aliases-0-DELETE": "on",
        "aliases-1-person": person.pk,
        "aliases-1-name": "New name",
    }

    response = client.post(page, form)

    assert response.status_code == 302
    assert set(Name.objects.values_list("text", flat=True)) == {"Akira", "明", "New name"}
    assert is_right()


def test_every_move_of_a_piece_leaves_the_index_right():
    chief = make_user(Role.CHIEF)
    waiting = approve(make_review(headline="Waiting"), by=chief)

    assert len(texts_kept()) == 1
    assert is_right()

    verbs.reschedule(waiting, Act(chief, NOW), FRIDAY + timedelta(days=1))
    assert is_right()

    verbs.withdraw(waiting, Act(chief, NOW))
    assert texts_kept() == {}


def test_reindexing_puts_right_whatever_is_wrong_and_leaves_alone_what_is_not():
    series = make_series("Red Kite")
    SeriesTitle.objects.create(series=series, title="Akai Tako")
    approve(make_review(series))
    kept = set(Name.objects.values_list("pk", flat=True))

    assert "weren't as they should be: 0" in reindex()
    assert set(Name.objects.values_list("pk", flat=True)) == kept

    Series.objects.filter(pk=series.pk).update(title="Blue Kite")
    Name.objects.create(kind="person", subject=10**6, text="Gone", whole="gone", words="gone", grams="")
    Name.objects.filter(text="Akai Tako").update(words="wrong")
    ReleaseText.objects.update(text="wrong")
    assert not is_right()

    assert "weren't as they should be: 1" in reindex()
    assert is_right()


def test_a_text_of_any_length_and_variety_is_taken():
    words = " ".join(f"{chr(97 + number % 26)}{number:x}" for number in range(30_000))
    review = make_review(introduction=f"<p>{words}</p>", conclusion=f"<p>{words[::-1]}</p>")

    approve(review)

    assert ReleaseText.objects.count() == 1
