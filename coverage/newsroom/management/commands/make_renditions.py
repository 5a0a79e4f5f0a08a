from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from coverage.newsroom.models import Picture
from coverage.newsroom.pictures import renditions
from coverage.newsroom.pictures.renditions import Crop


class Command(BaseCommand):
    help = "Make the sizes of pictures ahead, which would else be made when a reader first needs them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--newest", type=int, metavar="N", help="only of the N newest pictures")
        choices = [crop.value for crop in Crop]
        parser.add_argument("--crop", action="append", choices=choices, help="only this one; may be repeated")

    def handle(self, *args: object, **options: Any) -> None:
        crops = [Crop(crop) for crop in options["crop"] or Crop]
        pictures = list(Picture.objects.all()[: options["newest"]])
        missing = []
        for number, picture in enumerate(pictures, 1):
            try:
                made = [rendition.made() for rendition in renditions.every(picture, *crops)]
            except FileNotFoundError:
                missing.append(picture)
                continue
            self.stdout.write(f"{number} of {len(pictures)} pictures; sizes: {len(made)}.")
        if missing:
            count = "1 picture" if len(missing) == 1 else f"{len(missing)} pictures"
            self.stderr.write(f"{count} without a file: {', '.join(str(picture.pk) for picture in missing)}.")
