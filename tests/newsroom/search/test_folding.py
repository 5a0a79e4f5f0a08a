"""Tokens are letters and digits, the same for every way of writing a word, and whole in both databases."""

import pytest
from django.db import connection
from hypothesis import example, given
from hypothesis import strategies as st

from coverage.newsroom.search import folding
from coverage.newsroom.search.query import Query


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Café", "CAFE"),
        ("Straße", "strasse"),
        ("Ｒｏｕｇｅ", "rouge"),
        ("ﾙｰｼﾞｭ", "ルージュ"),
        ("ガ", "ｶﾞ"),
        ("が", "カ\u3099"),
        ("らき", "ラキ"),
        ("Øresund", "oresund"),
        ("journey’s", "journeys"),
        ("①", "1"),
    ],
)
def test_two_ways_of_writing_fold_alike(one, other):
    assert folding.compact(one) == folding.compact(other)


def test_the_voice_of_kana_is_kept():
    assert folding.fold("が") != folding.fold("か")


@pytest.mark.parametrize(
    ("word", "root"),
    [
        ("ferries", "ferry"),
        ("lights", "light"),
        ("houses", "house"),
        ("glass", "glass"),
        ("focus", "focus"),
        ("his", "his"),
        ("movies", "movy"),
    ],
)
def test_a_plural_has_its_singular_s_token(word, root):
    assert folding.stem(word) == root


@pytest.mark.parametrize(
    ("one", "other"), [("shounen", "shonen"), ("toohoku", "tohoku"), ("ohno", "ono"), ("shimbun", "shinbun")]
)
def test_romanisations_have_one_key(one, other):
    assert folding.romaji_key(one) == folding.romaji_key(other)


def test_japanese_is_kept_in_pairs_with_its_last_sign():
    assert folding.bigrams("灯台は") == ["灯台", "台は", "は"]
    assert folding.tokens("灯台は") == [folding.token(pair) for pair in ("灯台", "台は", "は")]


@given(st.text())
@example("İıſK\u0345")
def test_every_token_is_ascii_letters_and_digits_and_begins_with_a_letter(text):
    for token in (*folding.name_tokens(text), *folding.name_grams(text)):
        assert token.isascii()
        assert token.isalnum()
        assert token[0].isalpha()
        assert token == token.lower()


@given(st.text())
def test_a_query_asks_for_what_is_kept(text):
    kept = set(folding.name_tokens(text))

    for term in Query.of(text[:50]).terms:
        if not term.is_negative and not term.is_phrase and len(term.letters) < 40:
            assert any(set(row) <= kept for row in term.names) or folding.is_japanese(term.letters)


@pytest.mark.django_db
def test_postgresql_keeps_every_token_whole():
    if connection.vendor != "postgresql":
        pytest.skip("asks PostgreSQL's own parser")

    @given(st.text())
    @example("12e3abc 1e5 0x1f 3.5 user@example.org http://example.org/a?b=c -7 1st a_b")
    def whole(text):
        tokens = folding.name_tokens(text)
        with connection.cursor() as cursor:
            cursor.execute("SELECT tsvector_to_array(to_tsvector('simple', %s))", [" ".join(tokens)])
            assert set(cursor.fetchone()[0]) == set(tokens)

    whole()
