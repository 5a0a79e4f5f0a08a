"""Spoiler canaries: pieces made of words that say where they may stand, read on every registered surface."""
