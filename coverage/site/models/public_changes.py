from typing import ClassVar

from django.db import models


class PublicChange(models.Model):
    """Changes of what is public, of late: a row for each transaction on PostgreSQL, one row on SQLite.

    Only the database's triggers write here. All tokens together say what is public: whoever commits makes
    another sum, and nobody waits for anybody.
    """

    id = models.BigIntegerField(primary_key=True)
    token = models.BigIntegerField()
    begun_at = models.DateTimeField()

    objects: ClassVar[models.Manager["PublicChange"]]

    class Meta:
        verbose_name = "public change"
        verbose_name_plural = "public changes"

    def __str__(self) -> str:
        return f"{self.id}: {self.token}"
