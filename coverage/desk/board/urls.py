"""The board's addresses at the desk."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from coverage.desk.board.drafts import start_drafts
from coverage.desk.board.moving import move_page
from coverage.desk.board.page import board
from coverage.desk.board.together import who_is_at_it
from coverage.desk.board.week import season_page, week_page


def board_urls(guarded: Callable[..., Any]) -> list[URLPattern]:
    """`guarded` wraps a view in the desk's login check."""
    return [
        path("board/", guarded(board), name="board"),
        path("board/at-it/", guarded(who_is_at_it), name="board_at_it"),
        path("board/start/", guarded(start_drafts), name="board_start"),
        path("board/<int:pk>/", guarded(season_page), name="board_season"),
        path("board/<int:pk>/<str:week>/", guarded(week_page), name="board_week"),
        path("board/<int:pk>/<str:week>/move/", guarded(move_page), name="board_move"),
    ]
