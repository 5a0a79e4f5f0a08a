from collections.abc import Iterator
from itertools import batched
from typing import Any

from django.apps import apps
from django.core.management import BaseCommand

from coverage.newsroom.models import Name, Named
from coverage.newsroom.models.names import NAMES_A_BATCH
from reviews.models import Release, ReleaseText


class Command(BaseCommand):
    help = (
        "Makes what search finds anew: names and the texts of releases. Whatever is right stays as it is, "
        "so it can be stopped and run again at any time, with the site running."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        for model in named_models():
            pks = model._default_manager.order_by("pk").values_list("pk", flat=True)
            for done in self._batches(str(model._meta.verbose_name_plural), pks):
                model.keep_names(done)
            Name.objects.forget_all_but(model)
        changed = 0
        for done in self._batches("releases", Release.objects.order_by("pk").values_list("pk", flat=True)):
            changed += ReleaseText.objects.keep(done)
        self.stdout.write(f"Texts that weren't as they should be: {changed}.")

    def _batches(self, what: str, pks: Any) -> Iterator[tuple[int, ...]]:
        total, done = pks.count(), 0
        for some in batched(pks.iterator(), NAMES_A_BATCH):
            yield some
            done += len(some)
            self.stdout.write(f"{what}: {done} of {total}")


def named_models() -> list[type[Named]]:
    """Every model whose rows are found by name."""
    return [model for model in apps.get_models() if issubclass(model, Named)]
