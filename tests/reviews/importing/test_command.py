"""`manage.py import_article`: what it prints, what it saves, and how it refuses."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError

from reviews.models import EpisodeReview, Review, Reviewer, SourceArticle
from series.models import Episode
from tests.factories import make_episode, make_reviewer, make_series
from tests.reviews.importing.articles import WEEKLY, counts_of_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def weekly(tmp_path):
    path = tmp_path / "weekly.txt"
    path.write_text(WEEKLY, encoding="utf-8")
    return path


def run(*args: object) -> str:
    out = io.StringIO()
    call_command("import_article", *map(str, args), stdout=out, stderr=io.StringIO())
    return out.getvalue()


@pytest.mark.one_database
def test_a_dry_run_prints_the_contract_and_saves_nothing(weekly):
    before = counts_of_rows()

    printed = json.loads(run(weekly, "--dry-run", "--json"))

    assert printed["kind"] == "weekly"
    assert printed["series"] == "Tin Orchard"
    assert counts_of_rows() == before


@pytest.mark.one_database
@pytest.mark.django_db(databases=[])
def test_a_dry_run_asks_the_database_nothing(weekly):
    assert "Tin Orchard" in run(weekly, "--dry-run")


def test_a_draft_is_filled_from_the_article(weekly):
    series = make_series("Tin Orchard")
    first = make_episode(series, "1")
    critic = make_reviewer("Ada Quill")

    run(weekly)

    review = Review.objects.get()
    parts = list(review.parts.order_by("position"))
    assert (review.status, review.kind, review.series) == ("draft", "weekly", series)
    assert (review.headline, review.slug) == ("Tin Orchard: episodes 1–2", "tin-orchard-episodes-1-2")
    assert (review.spoiler_level, review.spoils_through) == ("mild", parts[1].episode)
    assert [str(part.stars) for part in parts] == ["4.0", "2.5"]
    assert parts[0].episode == first
    assert parts[1].episode.title == "Rust in the Rain"
    assert {part.reviewer for part in parts} == {critic}
    assert review.introduction.startswith("<p>Welcome to our weekly look")
    assert "<p>A sure-footed opening" in parts[0].verdict
    assert "streaming on Crunchyroll" in review.conclusion
    assert review.editions.count() == 1


def test_the_same_article_makes_no_second_draft(weekly, tmp_path):
    make_series("Tin Orchard")
    run(weekly)
    copy = tmp_path / "copy.txt"
    copy.write_bytes(WEEKLY.replace("\n", "\r\n").encode())

    said = run(copy)

    assert Review.objects.count() == 1
    assert f"draft {Review.objects.get().pk}" in said


def test_a_title_is_found_by_alias_whatever_its_case_and_accents(weekly):
    series = make_series("Blechgarten")
    series.other_titles.create(title="TÍN ORCHARD", kind="former")

    run(weekly)

    assert Review.objects.get().series == series


def test_missing_episodes_are_made_without_an_airing_time_and_said(weekly):
    make_series("Tin Orchard")

    said = run(weekly)

    assert list(Episode.objects.values_list("number", "title", "airs_at")) == [
        ("1", "The First Graft", None),
        ("2", "Rust in the Rain", None),
    ]
    assert "Episode 2 of Tin Orchard was made" in said


def test_an_unknown_byline_becomes_a_guests(weekly):
    make_series("Tin Orchard")

    said = run(weekly)

    assert Reviewer.objects.get(byline="Ada Quill").user is None
    assert "Nobody signs as “Ada Quill” yet" in said


@pytest.mark.one_database
def test_json_is_all_that_stands_on_stdout(weekly):
    make_series("Tin Orchard")

    assert json.loads(run(weekly, "--json"))["series"] == "Tin Orchard"
    assert Review.objects.count() == 1


@pytest.mark.one_database
def test_a_terminal_that_knows_only_ascii_gets_escapes(weekly):
    make_series("Tin Orchard")
    for args in (["--dry-run", "--json"], []):
        out = io.TextIOWrapper(io.BytesIO(), encoding="ascii")

        call_command("import_article", str(weekly), *args, stdout=out)

        out.seek(0)
        assert "Tin Orchard" in out.read()


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"\x7fELF\x00\x01", "binary"),
        ("Étude".encode("latin-1"), "not UTF-8"),
        ("Title".encode("utf-16"), "UTF-16"),
        (b"a" * 2_000_001, "larger than 2 MB"),
        (b"odd \x01 controls", "binary"),
    ],
)
def test_what_is_no_text_is_refused_in_one_line(tmp_path, content, reason):
    path = tmp_path / "bad.txt"
    path.write_bytes(content)
    before = counts_of_rows()

    with pytest.raises(CommandError, match=reason) as refused:
        run(path)

    assert refused.value.returncode == 2
    assert "\n" not in str(refused.value)
    assert counts_of_rows() == before


@pytest.mark.parametrize("args", [["--series", "nobody"], ["--series", "nobody", "--dry-run"], []])
def test_an_unknown_series_is_refused_and_says_what_to_do(weekly, args):
    with pytest.raises(CommandError, match="Make it at the desk first") as refused:
        run(weekly, *args)

    assert refused.value.returncode == 2
    assert not Review.objects.exists()
    assert not SourceArticle.objects.exists()


@pytest.mark.one_database
def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    for path in (tmp_path / "nothing.txt", tmp_path):
        with pytest.raises(CommandError) as refused:
            run(path)
        assert refused.value.returncode == 2


def test_nothing_stays_of_an_import_that_fails_halfway(weekly, monkeypatch):
    make_series("Tin Orchard")

    def fail(self):
        from django.core.exceptions import ValidationError

        raise ValidationError("No.")

    monkeypatch.setattr(EpisodeReview, "clean", fail)

    with pytest.raises(CommandError, match="No"):
        run(weekly)

    assert not Review.objects.exists()
    assert not Episode.objects.exists()
    assert not Reviewer.objects.exists()


def test_two_imports_of_one_article_at_once_make_one_draft(weekly, monkeypatch):
    make_series("Tin Orchard")
    run(weekly)
    # As if the first had not been there yet when the second looked.
    looks = iter([None, None, Review.objects.get()])
    for module in ("reviews.importing.drafting", "reviews.management.commands.import_article"):
        monkeypatch.setattr(f"{module}.existing_draft", lambda text: next(looks))
    monkeypatch.setattr("reviews.importing.drafting.SourceArticle.objects.update_or_create", refuse_a_copy)

    said = run(weekly)

    assert "This article is in already" in said
    assert Review.objects.count() == 1


def refuse_a_copy(**fields: object) -> None:
    raise IntegrityError
