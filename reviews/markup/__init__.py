"""What happens to prose between an editor's hands and a reader's eyes.

``sanitise`` is the one way in: it reads any HTML into a small document (``document``) that can hold
nothing but prose, and writes that down. Everything else reads the same document and writes it otherwise.
"""

from reviews.markup.plain import paragraphs, plain
from reviews.markup.stills import fill_in, pictures_in, without_stills
from reviews.markup.telling import told
from reviews.markup.writing import render, sanitise, without_spoilers

__all__ = [
    "fill_in",
    "paragraphs",
    "pictures_in",
    "plain",
    "render",
    "sanitise",
    "told",
    "without_spoilers",
    "without_stills",
]
