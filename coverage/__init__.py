"""Eyecatch: the Django project. It shadows the PyPI package coverage, which must not be installed."""
