from django.db import migrations, models
from django.db.models import Q

HALF_STEPS = range(1, 11)


def rank(apps, schema_editor):
    """By the best stars of each release's edition; ascending, so that the best stays."""
    Release = apps.get_model("reviews", "Release")
    EditionPart = apps.get_model("reviews", "EditionPart")
    for half_steps in HALF_STEPS:
        least = half_steps / 2
        parts = EditionPart.objects.filter(stars__gte=least).values("edition")
        rated = Release.objects.filter(Q(edition__stars__gte=least) | Q(edition__in=parts))
        rated.update(stars_rank=half_steps)


class Migration(migrations.Migration):
    dependencies = [("reviews", "0004_edition_stills")]

    operations = [
        migrations.AddField(
            model_name="release",
            name="stars_rank",
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.RunPython(rank, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="release",
            index=models.Index(
                fields=["-stars_rank", "-publish_at", "-id"], name="release_best_first"
            ),
        ),
    ]
