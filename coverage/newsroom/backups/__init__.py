"""Backups: the database and the media of one instant in one file, and both put back from it."""
