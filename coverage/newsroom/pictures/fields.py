"""A model's picture file: whatever way a file comes in, what is kept has been developed."""

from os import PathLike
from typing import Any

from django.core.files.base import File
from django.db import models
from django.db.models.fields.files import FieldFile

from coverage.newsroom.pictures import intake

ACCEPTED = "image/jpeg,image/png,image/webp,image/avif"


class PictureFile(FieldFile):
    """Tells the row the picture's width and height as it is saved."""

    instance: Any

    def save(self, name: str, content: "File[Any]", save: bool = True) -> None:
        master = intake.developed(content)
        self.instance.width, self.instance.height = master.width, master.height
        super().save(str(master.name), master, save)


class PictureField(models.FileField):
    """Not Django's ImageField, which reads a stranger's file in the server's own process."""

    attr_class = PictureFile

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        file = super().clean(value, model_instance)
        if file and not file._committed:
            file.file = intake.developed(file.file)
        return file

    def generate_filename(self, instance: models.Model | None, filename: str | PathLike[str]) -> str:
        return str(filename)  # a master's own

    def formfield(self, **kwargs: Any) -> Any:
        field = super().formfield(**kwargs)
        if field:
            field.widget.attrs["accept"] = ACCEPTED
        return field
