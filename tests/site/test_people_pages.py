"""People and studios: their indexes, their pages, and what of them isn't public."""

from datetime import date, timedelta

import pytest
from lxml import html

from series.models import Credit, Episode, Person, SeriesStudio, Studio
from tests.factories import FRIDAY, NOW, make_episode, make_live_review, make_series
from tests.site.sweeps import answer
from tests.site.worlds import AFTER, BEFORE

pytestmark = pytest.mark.django_db


def make_person(name, slug="", **fields):
    return Person.objects.create(name=name, slug=slug or name.lower().replace(" ", "-"), **fields)


def credit(person, on, role="director", **fields):
    where = {"episode": on} if isinstance(on, Episode) else {"series": on}
    return Credit.objects.create(person=person, role=role, **where | fields)


def shown(path, at=NOW):
    status, _headers, body = answer(path, at)
    assert status == 200
    return html.fromstring(body.decode())


def texts(page, xpath):
    return [" ".join(node.text_content().split()) for node in page.xpath(xpath)]


def names(page):
    return texts(page, "//a[@class='name-index__name']")


class TestIndex:
    def test_it_lists_by_initial_whom_readers_may_meet(self):
        red = make_series("Red")
        for name in ("Bea", "ann", "Élan", "Eve", "岡田", "7th Unit"):
            credit(make_person(name, f"slug-{ord(name[0])}"), red)
        make_person("Nobody")

        page = shown("/people/")

        assert names(page) == ["ann", "Bea", "Eve", "Élan", "7th Unit", "岡田"]
        assert texts(page, "//h2[@class='name-index__initial']") == ["A", "B", "E", "#"]

    def test_an_initial_takes_in_its_accents(self):
        red = make_series("Red")
        for name in ("Élan", "Eve", "Bea"):
            credit(make_person(name, f"slug-{ord(name[0])}"), red)

        assert names(shown("/people/?initial=E")) == ["Eve", "Élan"]

    def test_each_says_what_they_did_and_on_how_many_shows(self):
        aki = make_person("Aki")
        red, blue = make_series("Red"), make_series("Blue")
        for on, role in ((red, "director"), (red, "music"), (blue, "director"), (blue, "producer")):
            credit(aki, on, role)
        credit(aki, make_episode(red), "storyboard")

        (facts,) = texts(shown("/people/"), "//span[@class='name-index__facts']")

        assert facts == "Director, Storyboard and more · 2 shows"

    def test_two_of_one_name_are_two(self):
        red = make_series("Red")
        for slug in ("aki", "aki-2"):
            credit(make_person("Aki", slug), red)

        links = shown("/people/").xpath("//a[@class='name-index__name']/@href")

        assert links == ["/people/aki/", "/people/aki-2/"]

    def test_a_long_one_is_leafed_through(self):
        red = make_series("Red")
        people = Person.objects.bulk_create(
            Person(name=f"Person {number:03}", slug=f"person-{number}") for number in range(200)
        )
        Credit.objects.bulk_create(Credit(person=each, role="director", series=red) for each in people)

        first, second = shown("/people/"), shown("/people/?initial=P&page=2")

        assert (len(names(first)), len(names(second))) == (180, 20)
        assert first.xpath("//a[@rel='next']/@href") == ["?page=2"]
        assert second.xpath("//a[@rel='prev']/@href") == ["?initial=P&page=1"]
        canonical = second.xpath("//link[@rel='canonical']/@href")[0]
        assert canonical.endswith("/people/?initial=P&page=2")

    @pytest.mark.parametrize(
        "query", ["initial=%00", "initial=Q", "initial=aa", "initial=" + "e" * 10_000, "initial=%F0%9F%8D%BF"]
    )
    def test_an_initial_that_nobody_has_finds_nobody(self, query):
        credit(make_person("Aki"), make_series())

        assert names(shown(f"/people/?{query}")) == []

    @pytest.mark.one_database
    @pytest.mark.parametrize("query", ["initial=", "page=0", "page=-1", f"page={10**9}", "page=%00"])
    def test_what_says_nothing_hides_nobody(self, query):
        credit(make_person("Aki"), make_series())

        assert names(shown(f"/people/?{query}")) == ["Aki"]

    @pytest.mark.one_database
    def test_without_anybody_it_says_so(self):
        assert "Nobody here" in shown("/people/").text_content()


class TestPerson:
    def test_it_tells_role_by_role_what_they_made(self):
        aki = make_person("Aki", name_native="秋", known_for="Blue")
        aki.aliases.create(name="A. K.")
        red = make_series("Red", premieres_on=date(2026, 1, 1))
        credit(aki, make_series("Blue", premieres_on=date(2025, 1, 1)))
        credit(aki, red)
        for number in ("1", "4", "5", "6"):
            credit(aki, make_episode(red, number), "storyboard")
        credit(aki, red, "voice", character="Rouge")

        page = shown("/people/aki/")

        assert texts(page, "//h1") == ["Aki"]
        assert texts(page, "//p[@class='profile-head__native']") == ["秋"]
        assert "Also credited as A. K." in page.text_content()
        assert "Known for Blue" in page.text_content()
        assert "3 roles in 2 shows" in page.text_content()
        assert texts(page, "//h2[@class='credit-roll__role']") == [
            "Director 監督",
            "Storyboard 絵コンテ",
            "Voice 声の出演",
        ]
        assert texts(page, "//li[contains(@class, 'credit-roll__work')]") == [
            "Red",
            "Blue",
            "Red Episodes 1, 4–6",
            "Red as Rouge",
        ]

    def test_a_part_that_begins_with_an_episode_says_which(self):
        aki, red = make_person("Aki"), make_series("Red")
        for number in ("3", "7"):
            credit(aki, make_episode(red, number), "voice", character="Rouge")

        (work,) = shown("/people/aki/").xpath("//li[contains(@class, 'credit-roll__work')]")

        assert work.get("data-about") == f"{red.pk}:3"
        assert work.xpath(".//*[@data-veil='text']")[0].text_content() == "as Rouge"

    def test_what_is_not_public_is_not_told(self):
        aki, red = make_person("Aki"), make_series("Red")
        credit(aki, red)
        credit(aki, make_series("Canaryhidden", is_public=False))
        credit(aki, make_series("Canaryembargo", embargo_until=FRIDAY))
        credit(aki, make_episode(red, "9", airs_at=FRIDAY), "voice", character="Canarycharacter")

        before, after = (answer("/people/aki/", at)[2].decode() for at in (BEFORE, AFTER))

        assert "Canary" not in before
        assert "Canaryembargo" in after
        assert "Canarycharacter" in after
        assert "Canaryhidden" not in after

    def test_it_is_the_same_bytes_as_without_what_waits(self):
        aki, red = make_person("Aki"), make_series("Red")
        credit(aki, red)
        pages = ["/people/", "/people/aki/", "/studios/"]
        without = [answer(path, BEFORE) for path in pages]

        show = make_series("Canary", embargo_until=FRIDAY)
        credit(aki, show, "producer")
        credit(make_person("Canary"), show)
        credit(aki, make_episode(red, "9", airs_at=FRIDAY), "storyboard")
        SeriesStudio.objects.create(series=show, studio=Studio.objects.create(name="Canary", slug="canary"))

        assert [answer(path, BEFORE) for path in pages] == without

    @pytest.mark.parametrize("on", ["nothing", "hidden", "unaired"])
    def test_who_has_nothing_public_is_not_found(self, on):
        aki = make_person("Aki")
        if on == "hidden":
            credit(aki, make_series(is_public=False))
        if on == "unaired":
            credit(aki, make_episode(make_series(), airs_at=FRIDAY), "storyboard")

        assert answer("/people/aki/", NOW)[0] == 404

    def test_who_moved_redirects_for_good_while_public(self):
        aki = make_person("Aki", "new")
        aki.former_slugs.create(slug="old", retired_at=NOW)
        assert answer("/people/old/", NOW)[0] == 404

        credit(aki, make_series())
        status, headers, _body = answer("/people/old/", NOW)

        assert (status, headers["Location"]) == (301, "/people/new/")


class TestStudios:
    def make(self, name, **shows):
        studio = Studio.objects.create(name=name, slug=name.lower())
        for title, is_main in shows.items():
            SeriesStudio.objects.create(series=make_series(title), studio=studio, is_main=is_main)
        return studio

    def test_the_index_lists_those_with_public_shows(self):
        self.make("Kite", Red=True, Blue=False)
        self.make("Nobody")
        hidden = self.make("Hidden")
        SeriesStudio.objects.create(series=make_series("Secret", is_public=False), studio=hidden)

        page = shown("/studios/")

        assert texts(page, "//a[@class='entry-name__link']") == ["Kite"]
        assert "2 shows" in page.text_content()
        assert "Secret" not in page.text_content()

    def test_a_studio_shows_its_own_shows_apart_from_those_with_others(self):
        self.make("Kite", Red=True, Blue=False)

        page = shown("/studios/kite/")

        assert texts(page, "//section[@aria-labelledby='main']//h2[@class='series-card__title']") == ["Red"]
        assert texts(page, "//section[@aria-labelledby='beside']//h2[@class='series-card__title']") == [
            "Blue"
        ]

    def test_a_show_stands_there_with_its_season_and_its_average(self):
        series = make_series("Red")
        SeriesStudio.objects.create(series=series, studio=self.make("Kite"), is_main=True)
        series.seasons.create(year=2026, season="winter")
        make_live_review(series, episodes=[make_episode(series)])

        told = shown("/studios/kite/").text_content()

        assert "Winter 2026" in told
        assert "4.0" in told
        assert "1 rating" in told

    @pytest.mark.parametrize("path", ["/studios/", "/studios/kite/"])
    def test_a_show_under_embargo_is_not_told_beside_those_that_are_public(self, path):
        studio = self.make("Kite", Red=True)
        SeriesStudio.objects.create(series=make_series("Canary", embargo_until=FRIDAY), studio=studio)

        before, after = (answer(path, at)[2].decode() for at in (BEFORE, AFTER))

        assert ("Red" in before, "Canary" in before, "Canary" in after) == (True, False, True)

    @pytest.mark.parametrize("path", ["/studios/", "/studios/kite/"])
    def test_a_studios_shows_stand_newest_first(self, path):
        studio = self.make("Kite")
        for title, year in (("Amber", 2020), ("Birch", 2024), ("Cedar", None)):
            show = make_series(title, premieres_on=date(year, 1, 1) if year else None)
            SeriesStudio.objects.create(series=show, studio=studio)

        main = shown(path).xpath("//main")[0].text_content()

        assert sorted(("Amber", "Birch", "Cedar"), key=main.index) == ["Birch", "Amber", "Cedar"]

    def test_a_studio_without_a_public_show_is_not_found(self):
        studio = self.make("Kite")
        SeriesStudio.objects.create(series=make_series("Secret", embargo_until=FRIDAY), studio=studio)

        assert [answer("/studios/kite/", at)[0] for at in (BEFORE, AFTER)] == [404, 200]

    def test_one_that_moved_redirects_for_good(self):
        self.make("Kite", Red=True).former_slugs.create(slug="old", retired_at=NOW)

        status, headers, _body = answer("/studios/old/", NOW)

        assert (status, headers["Location"]) == (301, "/studios/kite/")


@pytest.mark.one_database
@pytest.mark.parametrize("folder", ["people", "studios", "reviewers"])
@pytest.mark.parametrize("slug", ["%00", "no-such", "a" * 5000, "..%2f", "%F0%9F%8D%BF"])
def test_what_is_not_there_is_not_found(folder, slug):
    assert answer(f"/{folder}/{slug}/", NOW)[0] == 404


def test_a_credit_on_a_page_leads_to_its_person():
    series = make_series("Red")
    aki = make_person("Aki")
    credit(aki, series)
    make_live_review(series, slug="piece", episodes=[make_episode(series, airs_at=NOW - timedelta(days=9))])

    for path in ("/series/red/", "/reviews/piece/"):
        assert shown(path).xpath("//a[@href='/people/aki/']")
