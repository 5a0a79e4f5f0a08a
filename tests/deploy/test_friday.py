"""What docs/deploy says of nginx holds: a short Friday behind it. `make prove-short` has the long one."""

import os

import pytest

from tests.deploy import nginx
from tests.deploy.friday import Look, Poller, prove

READERS = 10


@pytest.fixture(scope="module")
def friday():
    if nginx.command() is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(nginx.WHY_NOT)
    return prove(READERS, with_redis=True, ahead_seconds=2, afterwards_seconds=1.4)


def test_a_piece_is_there_at_its_instant_and_gone_when_it_is_withdrawn(friday):
    assert (friday.early, friday.late, friday.late_withdrawn) == (0, 0, 0)
    assert friday.looks > 0


def test_readers_who_come_at_once_all_see_it_for_one_rendering_a_page_and_process(friday):
    assert friday.crowd_without_it == 0
    assert friday.twice == {}
    assert friday.renderings > 0


def test_the_judge_tells_early_and_late():
    poller = Poller("", [Look(1.0, 1.1, shows=True), Look(4.0, 4.1, shows=False)])

    assert (poller.early(2.0), poller.late(3.0, shows=True)) == (1, 1)
    assert (poller.early(1.05), poller.late(4.5, shows=True)) == (0, 0)


def test_a_configuration_that_has_changed_is_not_tried_as_another(tmp_path):
    with pytest.raises(ValueError, match="has changed"):
        nginx.with_addresses("server {}", 1, "127.0.0.1:2", tmp_path)
