"""Pages that are kept: the same bytes as those that aren't, made once, and never past what they say."""

import logging
from datetime import timedelta
from threading import Barrier, Event, Lock, Thread

import pytest
import redis
import time_machine
from django.core.cache import caches
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from coverage import environment
from coverage.newsroom.middleware import stand_at
from coverage.newsroom.models import Publication
from coverage.newsroom.roles import Role
from coverage.site.page_cache import build, flights
from coverage.site.page_cache.middleware import PageCache, stamps
from coverage.site.page_cache.store import store
from reviews import verbs
from reviews.models import Review
from reviews.verbs import Act
from tests.demo_site import free_port
from tests.factories import NOW, approve, make_review, make_user
from tests.redis import redis_url
from tests.site.sweeps import addresses, answer, differences, sweep
from tests.site.worlds import make_ordinary_world

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

SECOND = timedelta(seconds=1)
READERS = 24
SECONDS_TO_COME = 20


@pytest.fixture(scope="module")
def world_once(stand):
    with stand(make_ordinary_world) as world:
        yield world


@pytest.fixture(autouse=True)
def world(world_once):
    return world_once.for_one_test()


def test_every_answer_is_the_same_made_or_kept(world, request):
    paths = [*addresses(NOW), "/reviews/?sort=stars", "/no-such-page/", "/reviews/none/"]
    without = sweep(NOW, paths)
    request.getfixturevalue("page_cache")

    assert differences(without, sweep(NOW, paths)) == set()
    assert differences(without, sweep(NOW, paths)) == set()


def queries(path):
    with CaptureQueriesContext(connection) as captured:
        answer(path, NOW)
    return len(captured)


def test_a_page_that_has_to_be_made_costs_no_query_more(request):
    without = {path: queries(path) for path in ("/", "/series/red/", "/reviews/ordinary/")}
    request.getfixturevalue("page_cache")

    for path, count in without.items():
        stamps.forget()
        assert queries(path) == count


@pytest.mark.usefixtures("page_cache")
class TestKept:
    def test_a_kept_page_costs_no_query(self, django_assert_num_queries):
        answer("/", NOW)

        with django_assert_num_queries(0):
            assert answer("/", NOW)[0] == 200
            assert answer("/", NOW, Client(headers={"Accept-Encoding": "br"}))[0] == 200

    def test_and_one_a_second_whatever_is_asked(self, django_assert_num_queries):
        for path in ("/", "/feed/", "/sitemap.xml"):
            answer(path, NOW)

        with django_assert_num_queries(1):
            for path in ("/", "/feed/", "/sitemap.xml"):
                answer(path, NOW + SECOND)

    def test_a_change_shows_with_the_next_second(self):
        before = answer("/", NOW)

        Publication.objects.update(tagline="Another line")

        assert answer("/", NOW)[2] == before[2]
        assert b"Another line" in answer("/", NOW + SECOND)[2]

    def test_a_piece_shows_at_its_instant_and_not_before(self):
        due = NOW + timedelta(seconds=30, milliseconds=500)
        approve(make_review(headline="Now it is out"), due)
        in_it = [b"Now it is out" in answer("/", due + timedelta(milliseconds=ms))[2] for ms in (-501, -1, 0)]

        assert in_it == [False, False, True]

    def test_what_is_withdrawn_is_gone_with_the_next_second(self):
        assert answer("/reviews/ordinary/", NOW)[0] == 200

        review = Review.objects.get(slug="ordinary")
        verbs.withdraw(review, Act(make_user(Role.CHIEF), NOW, note="It was wrong."))

        assert answer("/reviews/ordinary/", NOW + SECOND)[0] == 410

    def test_a_kept_page_says_how_long_it_holds_from_now_on(self):
        approve(make_review(), NOW + timedelta(seconds=90))
        answer("/", NOW)

        kept = [answer("/", NOW + timedelta(seconds=later))[1]["Cache-Control"] for later in (29, 31, 89)]

        assert kept == [f"public, max-age={left}, s-maxage={left - 1}" for left in (60, 59, 1)]

    def test_who_has_it_is_told_so(self):
        etag = answer("/", NOW)[1]["ETag"]

        assert answer("/", NOW, Client(headers={"If-None-Match": etag}))[0] == 304

    def test_head_is_answered_from_what_get_has_left(self, django_assert_num_queries):
        answer("/", NOW)

        with django_assert_num_queries(0), time_machine.travel(NOW, tick=False):
            assert Client().head("/").status_code == 200

    @pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
    def test_each_host_has_its_own(self, host, settings):
        settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
        answer("/", NOW, Client(headers={"Host": "localhost" if host == "127.0.0.1" else "127.0.0.1"}))

        assert answer("/", NOW, Client(headers={"Host": host}))[0] == 200

    def test_a_host_that_is_not_ours_gets_nothing(self):
        answer("/", NOW)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(logging.getLogger("django.security.DisallowedHost"), "disabled", True)
            assert answer("/", NOW, Client(headers={"Host": "elsewhere.example"}))[0] == 400

    def test_another_build_makes_its_own(self, monkeypatch):
        answer("/", NOW)

        monkeypatch.setattr("coverage.site.page_cache.middleware.fingerprint", lambda: "another")

        with CaptureQueriesContext(connection) as captured:
            answer("/", NOW)
        assert len(captured) > 0


@pytest.mark.usefixtures("page_cache")
class TestNotKept:
    def test_whoever_is_signed_in_leaves_no_page_behind(self, monkeypatch):
        editor = Client()
        editor.force_login(make_user(Role.EDITOR))
        monkeypatch.setattr(store, "keep", lambda *kept: pytest.fail("A page was kept."))

        assert answer("/", NOW, editor)[1]["Cache-Control"] == "private, no-store"

    def test_a_kept_page_is_not_for_who_is_signed_in(self, monkeypatch):
        answer("/", NOW)
        editor = Client()
        editor.force_login(make_user(Role.EDITOR))
        monkeypatch.setattr(store, "get", lambda key: pytest.fail("The cache was asked."))

        assert answer("/", NOW, editor)[0] == 200

    @pytest.mark.parametrize(
        "response",
        [
            HttpResponse("gone", status=410),
            HttpResponse("ours", headers={"Cache-Control": "no-store"}),
            HttpResponse("ours", headers={"Vary": "Cookie"}),
            HttpResponse("file", headers={"X-Accel-Redirect": "/protected/file"}),
            HttpResponse(b"x" * (2**20 + 1)),
        ],
        ids=["gone", "no-store", "varies", "redirected", "large"],
    )
    def test_an_answer_that_is_not_for_all(self, response):
        made = []

        def view(request):
            made.append(request)
            return response

        pages = PageCache(view)

        assert pages(request_at(NOW)) is response
        assert pages(request_at(NOW)) is response
        assert len(made) == 2

    def test_a_cookie_or_a_nonce_keeps_a_page_from_being_kept(self):
        def with_cookie(request):
            response = HttpResponse("ours")
            response.set_cookie("a", "b")
            return response

        def with_nonce(request):
            request._csp_nonce = "asked for"
            return HttpResponse("ours")

        for view in (with_cookie, with_nonce):
            PageCache(view)(request_at(NOW))

        assert PageCache(lambda request: HttpResponse("another"))(request_at(NOW)).content == b"another"

    @pytest.mark.parametrize("method", ["post", "options"])
    def test_only_reading_is_answered_from_it(self, method):
        page = PageCache(lambda request: HttpResponse("made"))
        page(request_at(NOW))
        request = getattr(RequestFactory(), method)("/")
        stand_at(request, NOW)

        assert PageCache(lambda request: HttpResponse("anew"))(request).content == b"anew"


def request_at(at, path="/"):
    request = RequestFactory().get(path)
    stand_at(request, at)
    return request


class Kitchen:
    """Makes a page once everybody else is there who came for it."""

    def __init__(self, make=lambda: HttpResponse("made")):
        self.make, self.made, self.guard, self.all_here = make, 0, Lock(), Event()

    def __call__(self, request):
        with self.guard:
            self.made += 1
        assert self.all_here.wait(SECONDS_TO_COME)
        return self.make()


@pytest.fixture
def waiting_room(monkeypatch):
    """Lets a kitchen know when all but the one who is served wait for what that one gets."""
    kitchen, guard, waiting = Kitchen(), Lock(), []

    class Landed(Event):
        def wait(self, timeout=None):
            with guard:
                waiting.append(self)
                if len(waiting) == READERS - 1:
                    kitchen.all_here.set()
            return super().wait(timeout)

    monkeypatch.setattr(flights, "Event", Landed)
    return kitchen


def crowd(page_cache, at):
    """What READERS get who come at once."""
    stamps.at(at)
    answers, start = [], Barrier(READERS)

    def read():
        request = request_at(at)
        start.wait()
        answers.append(page_cache(request))

    readers = [Thread(target=read) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    return answers


@pytest.mark.usefixtures("page_cache")
class TestTogether:
    def test_who_come_at_once_cost_one_rendering(self, waiting_room):
        answers = crowd(PageCache(waiting_room), NOW)

        assert [each.content for each in answers] == [b"made"] * READERS
        assert waiting_room.made == 1

    def test_without_single_flight_they_would_cost_more(self, monkeypatch):
        monkeypatch.setattr(flights.Flights, "join", lambda self, key, make: make())
        monkeypatch.setattr(store, "get", lambda key: None)
        kitchen = Kitchen()
        kitchen.all_here.set()

        crowd(PageCache(kitchen), NOW)

        assert kitchen.made == READERS

    def test_what_nobody_else_may_have_is_made_for_each(self, waiting_room):
        waiting_room.make = lambda: HttpResponse("ours", headers={"Vary": "Cookie"})

        answers = crowd(PageCache(waiting_room), NOW)

        assert len({id(each) for each in answers}) == READERS == waiting_room.made


def use_redis(settings, url):
    settings.CACHES = {"default": environment.redis_cache(url)}


def test_a_cache_that_is_dead_costs_no_reader_anything_but_time(settings, page_cache, caplog):
    use_redis(settings, f"redis://127.0.0.1:{free_port()}/0")

    answers = [answer("/", NOW) for _ in range(3)]

    assert [status for status, _headers, _body in answers] == [200] * 3
    assert caplog.text.count("can't be reached") == 1


def test_pages_are_kept_in_a_real_redis(settings, page_cache, django_assert_num_queries):
    with redis_url() as url:
        use_redis(settings, url)
        packing = Client(headers={"Accept-Encoding": "br"})
        made, packed = answer("/", NOW), answer("/", NOW, packing)

        with django_assert_num_queries(0):
            assert (answer("/", NOW), answer("/", NOW, packing)) == (made, packed)
        assert len(list(redis.Redis.from_url(url).scan_iter("eyecatch:*:page:*"))) == 1

        Publication.objects.update(tagline="Another line")
        assert b"Another line" in answer("/", NOW + SECOND)[2]
        caches["default"].close()


def test_a_template_that_changes_is_another_build(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    (tmp_path / "templates").mkdir()
    page = tmp_path / "templates" / "page.html"
    builds = []
    for text in ("one", "another"):
        page.write_text(text)
        build.fingerprint.cache_clear()
        builds.append(build.fingerprint())
    build.fingerprint.cache_clear()

    assert builds[0] != builds[1]
