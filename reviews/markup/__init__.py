"""What happens to prose between an editor's hands and a reader's eyes.

``sanitise`` is the one way in: it reads any HTML into a small document (``document``) that can hold
nothing but prose, and writes that down. Everything else reads the same document and writes it otherwise.
"""

from reviews.markup.plain import plain
from reviews.markup.writing import render, sanitise, without_spoilers

__all__ = ["plain", "render", "sanitise", "without_spoilers"]
