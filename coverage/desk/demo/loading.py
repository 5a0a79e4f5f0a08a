"""Loads the demo newsroom: all of it or nothing, and once."""

from collections.abc import Callable
from datetime import datetime

from django.contrib.flatpages.models import FlatPage
from django.db import transaction

from coverage.desk.demo.assigning import assign_seasons, plan_weeks
from coverage.desk.demo.catalogue import ORDER, Catalogue, keep_house_list, link_sequels
from coverage.desk.demo.desk_work import DeskWork
from coverage.desk.demo.keeping import data, kept
from coverage.desk.demo.manuscripts import manuscripts
from coverage.desk.demo.pictures import Gallery
from coverage.desk.demo.staff import accounts, hire_staff
from coverage.desk.demo.times import Calendar
from coverage.newsroom.models import AuditEntry, Publication, User
from reviews.markup import sanitise
from reviews.models import Review, Reviewer
from series.models import Series

MARK = "load_demo"
DESCRIPTION = (
    "Weekly reviews of anime. This is a demonstration: the critics are invented, and so is every show "
    "except Metallic Rouge, whose facts are true."
)


def is_loaded() -> bool:
    return AuditEntry.objects.filter(verb=MARK).exists()


def in_the_way() -> str:
    """What a newsroom already holds that the demo would mix with; empty when it can be loaded."""
    holds = {
        "series": Series.objects.exists(),
        "reviews": Review.objects.exists(),
        "reviewers": Reviewer.objects.exists(),
        "accounts of the same names": User.objects.filter(username__in=accounts()).exists(),
    }
    return ", ".join(what for what, there in holds.items() if there)


@transaction.atomic
def load(now: datetime, *, width: int, tell: Callable[[str], object]) -> None:
    """Fill an empty newsroom so that a season is under way at `now`; pictures are `width` pixels wide."""
    publication = Publication.objects.current(now)
    publication.description = publication.description or DESCRIPTION
    kept(publication)
    write_pages()
    calendar = Calendar(now, publication)
    staff, gallery = hire_staff(), Gallery(width)
    tell(f"Hired {len(staff.users)} people and {len(staff.reviewers)} bylines.")
    catalogue = Catalogue(calendar, gallery)
    for slug in ORDER:
        series = catalogue.load(slug)
        tell(f"Added {series.title}; episodes: {series.episodes.count()}.")
    link_sequels()
    keep_house_list()
    pile = manuscripts()
    DeskWork(calendar, staff, gallery).take_all(pile)
    tell(f"Brought {len(pile)} pieces through the desk.")
    assign_seasons(staff.users["chief"], now)
    plan_weeks(staff, calendar)
    AuditEntry.objects.record(MARK, publication, by=None, at=now)


def write_pages() -> None:
    """What the paper says about itself; the rest of its pages fit as they come."""
    for slug in ("about", "contact"):
        text = data("pages", f"{slug}.html").read_text(encoding="utf-8")
        FlatPage.objects.filter(url=f"/{slug}/").update(content=sanitise(text))
