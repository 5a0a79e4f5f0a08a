"""The desk's screens for what is covered."""

from series.admin import episodes, people, series, streaming

__all__ = ["episodes", "people", "series", "streaming"]
