"""Announcers that are killed, at random and between any two statements; their receivers keep logs."""
