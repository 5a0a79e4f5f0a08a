"""Staff and cast carried over to the next episode, for somebody to check: most of them do it again."""

from django.db.models import Exists, OuterRef

from series.models import Credit, Episode


def carry_credits(episode: Episode) -> list[Credit]:
    """Give an episode that has no credits those of the last one before it that has some.

    Each says from which episode, until somebody has checked it; readers don't see it before. Call it with
    the series' row locked.
    """
    if episode.credits.exists():
        return []
    credited = Exists(Credit.objects.filter(episode=OuterRef("pk")))
    earlier = Episode.objects.filter(credited, series=episode.series_id, sort_key__lt=episode.sort_key)
    last = earlier.order_by("-sort_key", "-pk").first()
    if last is None:
        return []
    return Credit.objects.bulk_create(
        Credit(
            person_id=credit.person_id,
            role=credit.role,
            episode=episode,
            character=credit.character,
            note=credit.note,
            position=credit.position,
            carried_from_id=credit.carried_from_id or last.pk,
        )
        for credit in last.credits.all()
    )
