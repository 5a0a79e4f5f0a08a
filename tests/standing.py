"""Worlds that stand for many tests: made once, and found by each of them as they were made."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.test import override_settings


@dataclass(frozen=True)
class Standing:
    """What a world's maker answered, and where its pictures lie."""

    made: Any
    media: Path

    def for_one_test(self) -> Any:
        """Rows that no other test has changed, with the pictures in the test's own MEDIA_ROOT."""
        shutil.copytree(self.media, settings.MEDIA_ROOT, dirs_exist_ok=True)
        return deepcopy(self.made)


@contextmanager
def standing(make: Callable[[], Any], media: Path, on: Standing | None = None) -> Iterator[Standing]:
    """A world until the end of the block, and nothing of it afterwards; `on` is the one that it adds to.

    Every test after it in its scope sees it, whether or not it asks for it.
    """
    if on:
        shutil.copytree(on.media, media, dirs_exist_ok=True)
    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with override_settings(MEDIA_ROOT=media, PASSWORD_HASHERS=hashers), transaction.atomic():
        yield Standing(make(), media)
        transaction.set_rollback(True)
