"""Every name that something is found by. Who is found is asked when a reader searches, never kept here."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import batched
from typing import Any, ClassVar

from django.db import models, transaction

from coverage.newsroom.models.text import CleanText
from coverage.newsroom.search import folding
from coverage.newsroom.search.fulltext import FullText

NAMES_A_BATCH = 1000


class NameManager(models.Manager["Name"]):
    def keep(self, kind: str, subjects: "Sequence[Named]") -> None:
        """Let `subjects`, all of `kind`, be found by the names that they have now, and by no other."""
        wanted = {(name.subject, name.text): name for each in subjects for name in each.made_names()}
        rows = self.filter(kind=kind, subject__in=[each.pk for each in subjects])
        there = {(name.subject, name.text): name for name in rows}
        stale = [name.pk for key, name in there.items() if key not in wanted or not name.is_as(wanted[key])]
        kept = {key for key, name in there.items() if name.pk not in stale}
        if stale:
            self.filter(pk__in=stale).delete()
        self.bulk_create((name for key, name in wanted.items() if key not in kept), batch_size=NAMES_A_BATCH)

    def forget_all_but(self, model: "type[Named]") -> int:
        """Drop the names of rows of `model` that are gone; how many."""
        there = model._default_manager.filter(pk=models.OuterRef("subject"))
        return self.filter(~models.Exists(there), kind=model.name_kind).delete()[0]


class Name(CleanText):
    """One name of one thing, as it is written and as it is looked for."""

    kind = models.CharField(max_length=10)
    subject = models.PositiveBigIntegerField()
    text = models.CharField(max_length=200)
    whole = models.CharField(max_length=400, db_index=True)
    words = models.TextField()
    grams = models.TextField()

    objects = NameManager()

    FULL_TEXT: ClassVar[FullText] = FullText("newsroom_name", "id", ("words", "grams"))

    class Meta:
        verbose_name = "name"
        verbose_name_plural = "names"
        indexes = [models.Index(fields=["kind", "subject"], name="name_by_subject")]

    def __str__(self) -> str:
        return self.text

    def is_as(self, other: "Name") -> bool:
        return all(getattr(self, name) == getattr(other, name) for name in ("whole", "words", "grams"))


class Named(models.Model):
    """Is found by its names: saving keeps them. What is written in bulk asks for `keep_names` itself."""

    name_kind: ClassVar[str]
    # Whether a slip in spelling is forgiven; where names are many and long, only words are looked for.
    forgives_slips: ClassVar[bool] = True

    class Meta:
        abstract = True

    def names(self) -> Iterable[str]:
        """Every name that it goes by or went by; empty ones count for nothing."""
        raise NotImplementedError  # each model has its own

    @classmethod
    def with_names(cls) -> "models.QuerySet[Any]":
        """Rows with all that `names` reads, for many at once."""
        return cls._default_manager.all()

    @classmethod
    def keep_names(cls, pks: Iterable[int]) -> None:
        """Bring the names of these rows up to date."""
        for some in batched(pks, NAMES_A_BATCH):
            with transaction.atomic():
                Name.objects.keep(cls.name_kind, list(cls.with_names().filter(pk__in=some)))

    def made_names(self) -> Iterator[Name]:
        for text in dict.fromkeys(filter(None, self.names())):
            if whole := folding.compact(text):
                yield Name(
                    kind=self.name_kind,
                    subject=self.pk,
                    text=text,
                    whole=whole[:400],
                    words=" ".join(folding.name_tokens(text)),
                    grams=" ".join(folding.name_grams(text)) if self.forgives_slips else "",
                )

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            super().save(*args, **kwargs)
            self.keep_names([self.pk])


class AnotherName(models.Model):
    """A row with another name of something `Named`, which `named` leads to."""

    named: ClassVar[str]

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            super().save(*args, **kwargs)
            self._tell()

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        with transaction.atomic():
            deleted = super().delete(*args, **kwargs)
            self._tell()
        return deleted

    def _tell(self) -> None:
        field: Any = self._meta.get_field(self.named)
        field.related_model.keep_names([getattr(self, field.attname)])


def make_full_text(using: str, **kwargs: Any) -> None:
    """After migrating: what searches the names is there."""
    Name.FULL_TEXT.make(using)
