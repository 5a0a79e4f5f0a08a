import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models

from coverage.newsroom.models import CleanText, FormerSlug, User
from reviews.prose import ProseField
from series.models import Person

OURS = ("newsroom", "series", "reviews", "desk", "site")
TEXT = (models.CharField, models.TextField)


def texts():
    """Every text of ours that somebody may write; slugs have an alphabet of their own."""
    return [
        pytest.param(model, field.name, id=f"{model.__name__}.{field.name}")
        for model in apps.get_models()
        if model._meta.app_label in OURS and not issubclass(model, (User, FormerSlug))
        for field in model._meta.concrete_fields
        if isinstance(field, TEXT) and not isinstance(field, models.SlugField) and not field.choices
    ]


@pytest.mark.parametrize(("model", "name"), texts())
def test_no_text_takes_a_character_that_postgresql_cannot_keep(model, name):
    row = model(**{name: "a\0b"})
    others = [field.name for field in model._meta.fields if field.name != name]

    if isinstance(model._meta.get_field(name), ProseField):
        row.clean_fields(exclude=others)
        assert getattr(row, name) == "<p>ab</p>"
        return
    with pytest.raises(ValidationError) as refused:
        row.clean_fields(exclude=others)
    assert any("Null characters" in message for message in refused.value.message_dict[name])


def test_a_field_left_out_of_a_form_is_not_asked():
    Person(name="a\0b", slug="a").clean_fields(exclude=["name"])


def test_every_other_fault_is_still_told():
    with pytest.raises(ValidationError) as refused:
        Person(name="a\0b", slug="").clean_fields()

    assert set(refused.value.message_dict) == {"name", "slug"}


def test_the_check_is_what_refuses():
    """A control: without it the field itself would let the character through."""
    row = Person(name="a\0b", slug="a")

    models.Model.clean_fields(row)

    assert isinstance(row, CleanText)
