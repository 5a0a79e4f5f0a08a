"""The databases' full text is there after migrating, and follows every change of its table."""

import pytest
from django.core.management import call_command
from django.db import connection

from coverage.newsroom.models import Name
from coverage.newsroom.search.fulltext import Question, matches
from coverage.newsroom.search.query import Query
from reviews.models import ReleaseText

pytestmark = pytest.mark.django_db
INDEXES = [Name.FULL_TEXT, ReleaseText.FULL_TEXT]


def names_with(word):
    question = Question.in_names(Query.of(word).wanted)
    return set(Name.objects.filter(matches(Name.FULL_TEXT, question)).values_list("text", flat=True))


def make_name(text):
    return Name.objects.create(kind="series", subject=1, text=text, whole=text, words=text, grams="")


def there():
    """The parts of the full text that the database has."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'trigger')")
        else:
            cursor.execute("SELECT indexname FROM pg_indexes")
        return {name for (name,) in cursor.fetchall()}


def parts(index):
    events = ("insert", "update", "delete") if connection.vendor == "sqlite" else ()
    return {index.index, *(f"{index.index}_{event}" for event in events)}


@pytest.mark.parametrize("index", INDEXES, ids=lambda index: index.table)
def test_it_is_there_after_migrating(index):
    assert parts(index) <= there()


def test_it_follows_what_is_written_changed_and_deleted_past_the_models():
    first = make_name("kite")
    Name.objects.bulk_create(
        [Name(kind="series", subject=2, text="bulk", whole="bulk", words="bulk", grams="")]
    )

    assert (names_with("kite"), names_with("bulk")) == ({"kite"}, {"bulk"})

    Name.objects.filter(pk=first.pk).update(words="ferry")

    assert (names_with("kite"), names_with("ferry")) == (set(), {"kite"})

    Name.objects.all().delete()

    assert names_with("ferry") == names_with("bulk") == set()


def test_what_a_migration_dropped_is_made_again_and_knows_everything():
    index = Name.FULL_TEXT
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"DROP TRIGGER {index.index}_insert")
        else:
            cursor.execute(f"ALTER TABLE {index.table} DROP COLUMN search")
    make_name("unheard")

    index.make("default")

    assert parts(index) <= there()
    assert names_with("unheard") == {"unheard"}


def test_making_it_twice_changes_nothing():
    make_name("kite")
    before = there()

    for index in INDEXES:
        index.make("default")

    assert there() == before
    assert names_with("kite") == {"kite"}


def test_migrating_makes_it():
    index = Name.FULL_TEXT
    with connection.cursor() as cursor:
        drop = "DROP TABLE" if connection.vendor == "sqlite" else "DROP INDEX"
        cursor.execute(f"{drop} {index.index}")

    call_command("migrate", verbosity=0)

    assert parts(index) <= there()
