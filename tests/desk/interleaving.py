"""Two editors at one piece, each on a connection of their own, in an order that chance decides.

A deed reads the piece as its page would, and then writes through the desk's own view. What each deed
read, wrote and was answered is remembered, so that afterwards one can tell whose words are gone.
"""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from threading import Barrier
from time import perf_counter
from urllib.parse import urlencode
from uuid import uuid4

from django.contrib.messages.storage.fallback import FallbackStorage
from django.db import connection
from django.test import RequestFactory
from django.urls import resolve, reverse
from django.utils.timezone import localtime

from coverage.newsroom.middleware import stand_at
from coverage.newsroom.models import Publication, User
from reviews.models import Buffer, Edition, Release, Review
from reviews.moving.wishes import What
from reviews.status import Status
from tests.factories import NOW

TEXTS = ("headline", "standfirst", "introduction", "conclusion")
PART_TEXTS = ("body", "verdict")
PROSE = {"introduction", "conclusion", *PART_TEXTS}
MEETING_SECONDS = 10

_serial = count(1)


def state_of(review_pk):
    """Every text of the working copy, by the name of its field on the form."""
    review = Review.objects.get(pk=review_pk)
    found = {name: getattr(review, name) for name in TEXTS}
    for part in review.parts.order_by("pk"):
        found |= {f"part-{part.pk}-{name}": getattr(part, name) for name in PART_TEXTS}
    return review, found


@dataclass
class Deed:
    """What one editor does. `words` are what they type, by field; empty for what has no text of its own."""

    what: str
    by: User
    words: dict = field(default_factory=dict)
    autosaves: int = 0
    sitting: str = field(default_factory=lambda: str(uuid4()))
    seen: dict = field(default_factory=dict)
    form: dict = field(default_factory=dict)
    began_at: float = 0.0
    read_at: float = 0.0
    wrote_at: float = 0.0
    done_at: float = 0.0
    is_accepted: bool = False
    address: str = ""
    # Of a move on the board: by how many weeks, from when, and to when.
    weeks: int = 0
    was: datetime | None = None
    to: datetime | None = None

    # Reading

    def read(self, page, review_pk):
        """As the page would tell it: `page` is a form of this kind of piece, filled anew."""
        self.began_at = perf_counter()
        review, self.seen = state_of(review_pk)
        if self.what == "move":
            self._looks_at_the_move(review)
        else:
            self._opens_its_form(page, review)
        self.read_at = perf_counter()

    def _opens_its_form(self, page, review):
        if self.what in ("form", "row", "autosave"):
            self.form = page | {name: self.seen[name] for name in TEXTS}
            for index, part in enumerate(review.parts.order_by("position", "pk")):
                row = {"id": part.pk, "review": review.pk, "stars": f"{part.stars:.1f}"}
                row |= {"episode": part.episode_id, "reviewer": part.reviewer_id}
                row |= {name: getattr(part, name) for name in PART_TEXTS}
                self.form |= {f"parts-{index}-{name}": value for name, value in row.items()}
            byline = review.bylines.get()
            self.form |= {"bylines-0-id": byline.pk, "bylines-0-review": review.pk}
            self.form |= {"bylines-0-reviewer": byline.reviewer_id, "slug": review.slug}
            self.form |= {"series": review.series_id, "sitting": self.sitting}
            if review.status == Status.DRAFT and review.planned_at:
                self.form |= _as_posted("planned_at", review.planned_at)
        latest = Edition.objects.latest_of(review)
        self.form |= {"version": str(review.version), "base": str(latest.number)}

    def _looks_at_the_move(self, review):
        """The board's own page: what would move, and the token of what was shown."""
        week = Publication.objects.get().week(NOW)
        episode = review.parts.order_by("position", "pk").first().episode_id
        asked = {"what": What.PIECES, "scope": "alone", "episode": episode, "weeks": self.weeks}
        self.address = f"{reverse('admin:board_move', args=[review.series_id, week])}?{urlencode(asked)}"
        shown = self._asks(RequestFactory().get(self.address)).context_data
        [move] = shown["proposal"].pieces
        self.was, self.to = move.was, move.to
        self.form = {"seen": shown["confirm"]["seen"].value(), "piece": [review.pk]}

    # Writing

    def write(self, review_pk):
        self.wrote_at = perf_counter()
        path = f"/desk/reviews/review/{review_pk}/"
        if self.what in ("form", "row", "autosave"):
            self.is_accepted = self._type_and_save(path, review_pk)
        elif self.what == "submit":
            self.is_accepted = self._posts(f"{path}do/submit/", self.form)
        elif self.what == "move":
            self.is_accepted = self._posts(self.address, self.form)
        else:
            self.is_accepted = self._posts(f"{path}history/1/restore/", self.form)
        self.done_at = perf_counter()

    def _type_and_save(self, path, review_pk):
        typed = dict(self.form)
        for name, word in self.words.items():
            where = self._posted_name(name)
            typed[where] = f"<p>{typed[where]} {word}</p>" if _is_prose(name) else f"{typed[where]} {word}"
        for turn in range(self.autosaves):
            self._autosaves(typed, review_pk, turn + 1)
        return self.what == "autosave" or self._posts(f"{path}change/", typed | {"_continue": ""})

    def _posted_name(self, name):
        """A part's text is called by its row's place on the form."""
        if not name.startswith("part-"):
            return name
        _part, pk, text = name.split("-")
        index = next(i for i in count() if str(self.form[f"parts-{i}-id"]) == pk)
        return f"parts-{index}-{text}"

    def _autosaves(self, typed, review_pk, turn):
        fields = [[name, str(value)] for name, value in typed.items()]
        told = {"sitting": self.sitting, "review": review_pk, "turn": turn, "fields": fields}
        response = self._asks(
            RequestFactory().post(
                "/desk/reviews/review/unsaved/", json.dumps(told), content_type="application/json"
            )
        )
        assert response.status_code == 200

    def _posts(self, path, data):
        response = self._asks(RequestFactory().post(path, data))
        assert response.status_code in (200, 302, 409), response.status_code
        return response.status_code == 302

    def _asks(self, request):
        request.user, request.session = self.by, {}
        request._messages, request._dont_enforce_csrf_checks = FallbackStorage(request), True
        stand_at(request, NOW)
        request.resolver_match = match = resolve(request.path)
        return match.func(request, *match.args, **match.kwargs)

    # Afterwards

    def kept(self):
        """What of its text is kept beside the piece."""
        buffer = Buffer.objects.filter(user=self.by, sitting=self.sitting, ended_at=None).first()
        return " ".join(value for _name, value in buffer.fields()) if buffer else ""


def new_word():
    return f"word{next(_serial):05}"


def _as_posted(name, instant):
    there = localtime(instant, Publication.objects.get().zone)
    return {f"{name}_0": f"{there:%Y-%m-%d}", f"{name}_1": f"{there:%H:%M}"}


def _is_prose(name):
    return name.rpartition("-")[2] in PROSE


class Pair:
    """Two threads that stay, each with its connection."""

    def __enter__(self):
        self.pool = ThreadPoolExecutor(2)
        return self

    def __exit__(self, *_error):
        # Each of the two closes what is its own.
        barrier = Barrier(2)
        for closing in [self.pool.submit(self._close, barrier) for _each in range(2)]:
            closing.result()
        self.pool.shutdown()

    @staticmethod
    def _close(barrier):
        barrier.wait(MEETING_SECONDS)
        connection.close()

    def meet(self, schedule, deeds, page, review_pk):
        """`together`: both read, then both write; `freely`: as it goes; `in turn`: one after the other."""
        start, read = Barrier(2), Barrier(2)

        def run(deed):
            start.wait(MEETING_SECONDS)
            deed.read(page, review_pk)
            if schedule == "together":
                read.wait(MEETING_SECONDS)
            deed.write(review_pk)

        def run_alone(deed):
            deed.read(page, review_pk)
            deed.write(review_pk)

        if schedule == "in turn":
            for deed in deeds:
                self.pool.submit(run_alone, deed).result()
            return
        for running in [self.pool.submit(run, deed) for deed in deeds]:
            running.result()


def was_contended(deeds):
    """Whether both had read before either began to write."""
    return max(deed.read_at for deed in deeds) <= min(deed.wrote_at for deed in deeds)


def faults(deeds, review_pk):
    """What went wrong: words that nobody gave up and that are nowhere, and conflicts that were none."""
    review, final = state_of(review_pk)
    for deed, other in (deeds, deeds[::-1]):
        if deed.is_accepted and deed.what != "autosave":
            yield from _lost(deed, other, final)
        for name, word in deed.words.items():
            if (not deed.is_accepted or deed.what == "autosave") and word not in deed.kept():
                yield f"refused and not kept: {word} in {name}"
        if deed.is_accepted and deed.what in ("form", "row") and deed.kept():
            yield "saved, and still offered as unsaved"
        if not deed.is_accepted and not (other.is_accepted and other.done_at > deed.began_at):
            yield f"{deed.what} was refused though nobody had written"
        if not deed.is_accepted and other.what == "autosave":
            yield f"{deed.what} was refused for an autosave"
    yield from _undone(deeds, review)


def _lost(deed, other, final):
    for name, word in deed.words.items():
        given_up = other.is_accepted and word in other.seen.get(name, "")
        if word not in final.get(name, "") and not given_up:
            yield f"lost: {word} in {name}, accepted from a {deed.what} beside a {other.what}"


def _undone(deeds, review):
    for deed, other in (deeds, deeds[::-1]):
        if deed.is_accepted and deed.what == "submit" and review.status != "submitted":
            yield f"submitted, and now {review.status}"
        if deed.is_accepted and deed.what == "move":
            moved_on = other.is_accepted and other.what == "move" and other.was == deed.to
            if _goes_out_at(review) != deed.to and not moved_on:
                yield f"moved, and not there, beside a {other.what}"


def _goes_out_at(review):
    if review.status == Status.APPROVED:
        return Release.objects.get(review=review).publish_at
    return review.planned_at
