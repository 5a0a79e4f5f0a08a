"""The desk's screens for what is covered."""

from series.admin import episodes, people, series, streaming, vocabulary

__all__ = ["episodes", "people", "series", "streaming", "vocabulary"]
