"""What the time machine's page tells: what an instant changes, and which instants are to come."""

import re
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coverage.desk.time_machine import changes as changing
from coverage.desk.time_machine import page as page_module
from coverage.desk.time_machine.changes import _Surfaces, changes
from tests.factories import (
    FRIDAY,
    NOW,
    approve,
    make_episode,
    make_live_review,
    make_review,
    make_series,
)
from tests.site.sweeps import addresses, sweep

# The admin's own templates name variables that aren't always there.
pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.ignore_template_errors]

PAGE = "/desk/time-machine/"
SECOND = timedelta(seconds=1)
THEN = FRIDAY + timedelta(minutes=1)


def told(found):
    return {change.address for group in found.groups for change in group.found}


def test_what_an_instant_changes_is_what_reads_otherwise(coming):
    now, then = (sweep(at, addresses(at)) for at in (NOW, THEN))
    sizes = set(addresses(THEN, "site:rendition"))
    otherwise = {path for path in now.keys() | then.keys() if _read(now, path) != _read(then, path)}

    assert told(changes(NOW, THEN, seconds=600)) == otherwise - sizes


def _read(swept, path):
    status, headers, body = swept.get(path, (404, {}, b""))
    main = re.search(rb"<main.*</main>", body, re.DOTALL)
    return status, headers.get("Location"), main[0] if main else body


@pytest.mark.both_databases
def test_it_tells_what_is_new_and_which_average_moves(client, editor, coming):
    make_live_review(coming.series, episodes=[make_episode(coming.series, "0")])

    found = changes(NOW, THEN)

    (new,) = [change for change in found.new.found if change.address == coming.get_absolute_url()]
    (moved,) = found.averages
    assert coming.headline in new.title
    assert (moved.before.count, moved.after.count) == (1, 2)


def test_a_new_week_alone_changes_no_page_about_other_things(coming):
    found = changes(NOW, NOW + timedelta(weeks=1), seconds=600)

    assert "/weeks/" in told(found)
    assert "/about/" not in told(found)


def test_it_is_shown_under_the_instant(client, editor, coming):
    assert "What that changes" not in client.get(PAGE).text

    client.post(PAGE, {"at": THEN.isoformat()})
    shown = client.get(PAGE).text

    assert "You see the site as of Friday 16 January, 09:01 New York" in shown
    assert f'<a href="{coming.get_absolute_url()}">{coming.headline}' in shown


@pytest.mark.both_databases
def test_what_is_gone_is_told_of_a_journey_back(coming):
    found = changes(THEN, NOW, seconds=0)

    assert coming.get_absolute_url() in {change.address for change in found.gone.found}


def test_nothing_changes_between_an_instant_and_itself(coming):
    found = changes(NOW, NOW, seconds=600)

    assert (found.groups, found.averages) == ([], [])


def test_what_is_read_in_several_parts_is_all_of_it_and_nothing_twice(coming):
    whole = changes(NOW, THEN, seconds=600)

    parts = [changes(NOW, THEN, seconds=0.2)]
    while not parts[-1].is_complete:
        parts.append(changes(NOW, THEN, parts[-1].compared, seconds=0.2))
    found = [change for part in parts for group in part.groups for change in group.found]

    assert len(parts) > 1
    assert len(found) == len(set(found))
    assert set(found) == {change for group in whole.groups for change in group.found}
    assert [len(part.averages) for part in parts] == [len(whole.averages)] + [0] * (len(parts) - 1)


@pytest.mark.both_databases
def test_what_turns_in_between_is_read_first(coming):
    """Before anything that has nothing to do with it."""
    make_live_review(coming.series, episodes=[make_episode(coming.series, "0")])
    for number in range(5):
        make_live_review(make_series(f"Tin Orchard {number}"))

    order = _Surfaces(NOW, THEN).staying()
    ours = [place for place, address in enumerate(order) if coming.series.slug in address]
    others = [place for place, address in enumerate(order) if "tin-orchard" in address]

    assert ours
    assert max(ours) < min(others)


def test_the_page_leads_on_to_what_it_has_not_compared(client, editor, coming, monkeypatch):
    client.post(PAGE, {"at": THEN.isoformat()})
    monkeypatch.setattr(page_module, "changes", partial(changes, seconds=0))

    first = client.get(PAGE).text
    (onward,) = re.findall(r'href="(\?after=\d+)"', first)
    second = client.get(f"{PAGE}{onward}").text

    assert onward == "?after=1"
    assert 'href="?after=2"' in second
    assert "From the beginning" in second
    assert f'href="{coming.get_absolute_url()}"' in first
    assert f'href="{coming.get_absolute_url()}"' not in second


@pytest.mark.parametrize("after", ["999999", "-1", "x", "1" * 400])
def test_no_part_lies_before_the_first_or_after_the_last(client, editor, coming, after):
    client.post(PAGE, {"at": NOW.isoformat()})

    assert client.get(PAGE, {"after": after}).status_code == 200


def test_many_of_a_kind_are_counted(coming, monkeypatch):
    monkeypatch.setattr(changing, "MOST", 2)
    series = make_series()
    for _number in range(3):
        approve(make_review(series))

    found = changes(NOW, THEN, seconds=0)

    assert len(found.new.named) == 2
    assert found.new.more == len(found.new.found) - 2 > 0


# What turns.


def test_the_page_offers_each_turn_of_two_weeks_and_the_second_before(client, editor, coming):
    make_episode(coming.series, "7", airs_at=NOW + timedelta(days=2))
    make_episode(coming.series, "8", airs_at=NOW + timedelta(days=15))
    make_episode(make_series("Hidden", is_public=False), "1", airs_at=NOW + timedelta(days=2))

    page = client.get(PAGE).text

    for at in (FRIDAY, NOW + timedelta(days=2)):
        assert f'value="{at.isoformat()}"' in page
        assert f'value="{(at - SECOND).isoformat()}"' in page
    assert f"Goes live: {coming.headline}" in page
    assert "Airs: Moonlit Ferry Episode 7" in page
    assert "Episode 8" not in page
    assert "Hidden" not in page


def test_the_page_asks_as_much_for_many_as_for_one(client, editor, django_assert_num_queries):
    series = make_series()

    def add(number):
        approve(make_review(series, episodes=[make_episode(series, str(number))]))
        make_episode(series, str(number + 50), airs_at=FRIDAY, embargo_until=FRIDAY)

    add(1)
    client.get(PAGE)
    with CaptureQueriesContext(connection) as one:
        client.get(PAGE)
    for number in range(2, 6):
        add(number)

    with django_assert_num_queries(len(one)):
        client.get(PAGE)
