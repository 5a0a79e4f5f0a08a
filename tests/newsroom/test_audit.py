import pytest
from django.db import transaction

from coverage.newsroom.models import AuditEntry, Publication
from tests.factories import NOW, make_episode, make_series, make_user

pytestmark = pytest.mark.django_db


def record(subject, verb="hide", **what):
    return AuditEntry.objects.record(verb, subject, by=what.pop("by", None), at=NOW, **what)


def test_an_entry_says_who_did_what_to_what_when_and_why():
    user, show = make_user(), make_series("Metallic Rouge")

    entry = record(show, by=user, note="A wish of the publisher's", was=True)

    entry.refresh_from_db()
    assert (entry.actor, entry.verb, entry.at, entry.note) == (
        user,
        "hide",
        NOW,
        "A wish of the publisher's",
    )
    assert entry.subject == show
    assert entry.subject_label == "Metallic Rouge"
    assert entry.detail == {"was": True}


def test_the_trail_of_one_thing_is_its_own():
    show, other = make_series(), make_series()
    entry = record(show)
    record(other)
    record(Publication.objects.get())

    assert list(AuditEntry.objects.about(show)) == [entry]


def test_the_newest_comes_first():
    show = make_series()
    first, second = record(show), record(show, "show")

    assert list(AuditEntry.objects.about(show)) == [second, first]


def test_a_long_name_is_cut_rather_than_refused():
    episode = make_episode(make_series("y" * 200, slug="y"))

    assert record(episode).subject_label == "y" * 200


@pytest.mark.parametrize(
    "tamper",
    [
        lambda entry: entry.save(),
        lambda entry: entry.delete(),
        lambda entry: AuditEntry.objects.filter(pk=entry.pk).update(note="Nothing"),
        lambda entry: AuditEntry.objects.filter(pk=entry.pk).delete(),
        lambda entry: AuditEntry.objects.bulk_update([entry], ["note"]),
    ],
    ids=["save", "delete", "update", "delete many", "update many"],
)
def test_entries_are_only_ever_added(tamper):
    entry = record(make_series())

    with pytest.raises(TypeError, match="only ever added"), transaction.atomic():
        tamper(entry)

    assert AuditEntry.objects.get().pk == entry.pk
