import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coverage.desk.demo.catalogue import keep_house_list
from coverage.desk.demo.keeping import facts, kept
from reviews.copydesk.knowing import vocabulary_of
from series.models import Credit, Person, PersonAlias, SeriesTitle, VocabularyEntry
from series.roles import Role
from tests.factories import make_episode, make_series

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
ARTICLES = Path(__file__).resolve().parents[3].parent / "shared" / "articles"
SLIPS = [
    (4, 43, "Izubichi"),
    (7, 42, "Metallic Rogue"),
    (9, 476, "Metallic Rogue"),
    (9, 654, "Metallic Rogue"),
    (23, 707, "Rogue"),
    (44, 308, "Issac"),
    (47, 54, "Rogue"),
    (49, 463, "Rogue"),
]


def checked(path, series):
    out = StringIO()
    call_command("check_copy", str(path), "--series", series.slug, "--json", stdout=out)
    return json.loads(out.getvalue())


def article(folder, text):
    path = folder / "article.txt"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def metallic_rouge():
    show = facts("shows", "metallic-rouge.toml")
    series = make_series("Metallic Rouge", title_native=show["title_native"], episode_count=13)
    for entry in show["vocabulary"]:
        kept(VocabularyEntry(series=series, **entry))
    keep_house_list()
    credited: list = [({"series": series}, show["credits"])]
    for row in show["episodes"]:
        episode = make_episode(series, row["number"], title=row["title"])
        credited.append(({"episode": episode}, row.get("credits", [])))
    for on, rows in credited:
        for role, name, *said in rows:
            person = Person.objects.get_or_create(name=name, slug=name.lower().replace(" ", "-"))[0]
            detail = {"character": said[0]} if role == "voice" else {"note": said[0]} if said else {}
            Credit.objects.create(person=person, role=role, **detail, **on)
    return series


@pytest.fixture(params=["metallic-rouge-episodes-1-2.txt", "metallic-rouge-preview.txt"])
def newsroom_article(request):
    path = ARTICLES / request.param
    if not path.exists():
        pytest.skip(f"the newsroom's own articles aren't in {ARTICLES}")
    return path


def test_every_slip_of_a_name_and_no_other_name_is_found(metallic_rouge, newsroom_article):
    names = [
        (each["line"], each["column"], each["found"])
        for each in checked(newsroom_article, metallic_rouge)
        if each["kind"] == "name"
    ]

    assert names == (SLIPS if "episodes" in newsroom_article.name else [])


def test_lines_and_columns_are_counted_from_1_in_characters(tmp_path):
    series = make_series("Tin Orchard")
    text = "Tin Orchard\r\n\r\n  🍎 We love Tin Orchad.\r\n"

    (finding,) = [each for each in checked(article(tmp_path, text), series) if each["kind"] == "name"]

    assert finding == {
        "line": 3,
        "column": 13,
        "kind": "name",
        "found": "Tin Orchad",
        "suggest": ["Tin Orchard"],
        "blocking": True,
    }


def test_a_name_broken_over_two_lines_is_one(tmp_path):
    series = make_series("Tin Orchard")
    text = (
        "Tin Orchard\n\nHere is a long first line that a program broke at its column, in Tin\n"
        "Orchad of all shows, and which goes on for quite a while until it has come to\n"
        "its end.\n"
    )

    (finding,) = [each for each in checked(article(tmp_path, text), series) if each["kind"] == "name"]

    assert (finding["line"], finding["column"], finding["found"]) == (3, 66, "Tin Orchad")


@pytest.mark.parametrize(
    ("content", "slug", "told"),
    [
        (b"\0\1binary", "tin-orchard", "binary"),
        (b"", "tin-orchard", "empty"),
        (b"Text.", "no-such", "no series"),
        (None, "tin-orchard", "no such file"),
    ],
)
def test_what_cannot_be_checked_is_refused_in_one_line(tmp_path, content, slug, told):
    make_series("Tin Orchard")
    path = tmp_path / "article.txt"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(CommandError, match=told) as refused:
        call_command("check_copy", str(path), "--series", slug, "--json", stdout=StringIO())

    assert refused.value.returncode == 2
    assert "\n" not in str(refused.value)


def test_the_vocabulary_costs_the_same_queries_however_large_it_is():
    series = make_series()

    def queries(number):
        for each in range(number):
            person = Person.objects.create(name=f"Person {number}{each}", slug=f"p-{number}-{each}")
            PersonAlias.objects.create(person=person, name=f"Alias {number}{each}")
            episode = make_episode(series, f"{number}{each}")
            Credit.objects.create(person=person, role=Role.SCRIPT, episode=episode)
            VocabularyEntry.objects.create(series=series, form=f"Form {number}{each}", first_seen=episode)
            SeriesTitle.objects.create(series=make_series(), title=f"Title {number}{each}")
        with CaptureQueriesContext(connection) as captured:
            vocabulary_of(series)
        return len(captured)

    at_one = queries(1)

    assert queries(4) == at_one
    assert at_one <= 10
