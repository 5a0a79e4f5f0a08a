"""Two who change something public at once: each commit is another stamp, and neither waits for the other."""

import pytest
from django.contrib.flatpages.models import FlatPage
from django.db import connection

from coverage.site.page_cache.stamps import read_stamp
from tests.factories import NOW

pytestmark = pytest.mark.django_db(transaction=True)


def test_whoever_commits_first_or_last_is_noticed():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time.")
    seen = [read_stamp(NOW).key]
    other = connection.copy()
    other.set_autocommit(False)
    with connection.cursor() as ours:
        ours.execute("SET lock_timeout = '5s'")
    try:
        with other.cursor() as theirs:
            theirs.execute("UPDATE newsroom_publication SET tagline = 'Theirs'")

        FlatPage.objects.update(title="Ours")
        seen.append(read_stamp(NOW).key)
        other.commit()
        seen.append(read_stamp(NOW).key)
    finally:
        other.close()
        with connection.cursor() as ours:
            ours.execute("RESET lock_timeout")

    assert len(set(seen)) == 3
