import pytest

from tests.factories import FRIDAY, make_episode, make_series
from tests.reviews.moving.asking import DAY, WEEK


@pytest.fixture
def series(db):
    """Airs on Tuesdays: episode 7 yesterday, 8 to 10 in the weeks to come."""
    series = make_series("Moonlit Ferry")
    for number in range(6, 11):
        make_episode(series, str(number), airs_at=FRIDAY - 3 * DAY + (number - 7) * WEEK)
    return series
