"""The columns of the list of reviews that depend on the instant at which they are looked at."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from coverage.newsroom.models import Publication
from coverage.newsroom.walltime import in_words
from reviews.models import Review
from reviews.status import Stage

Column = Callable[[Review], str]


@admin.display(description=_("headline"), ordering="headline")
def headline(review: Any) -> str:
    """Its name, and who else has it open."""
    return render_to_string("desk/headline.html", {"review": review, "others": review.others_at_it})


def pill_at(at: datetime) -> Column:
    @admin.display(description=_("stage"))
    def pill(review: Review) -> str:
        return render_to_string("desk/pill.html", {"stage": review.stage(at)})

    return pill


def when_at(at: datetime, publication: Publication) -> Column:
    @admin.display(description=_("live"), ordering="planned_at")
    def when(review: Review) -> str:
        is_released = review.stage(at) in (Stage.SCHEDULED, Stage.LIVE, Stage.WITHDRAWN)
        instant = review.release.publish_at if is_released else review.planned_at
        return in_words(instant, publication.zone, at) if instant else str(_("the next slot"))

    return when
