import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core.documents.markup import Piece, parse


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param("Одна\nстрока", [Piece("paragraph", ("Одна строка",))], id="a line break is a space"),
        pytest.param("А\r\n\r\nБ", [Piece("paragraph", ("А",)), Piece("paragraph", ("Б",))], id="paragraphs"),
        pytest.param("- а\n- б", [Piece("list", ("а", "б"))], id="list"),
        pytest.param("## Глава\nтекст", [Piece("heading", ("Глава",)), Piece("paragraph", ("текст",))], id="heading"),
        pytest.param("-5 градусов", [Piece("paragraph", ("-5 градусов",))], id="a minus is no list"),
        pytest.param("<b>x</b>", [Piece("paragraph", ("<b>x</b>",))], id="tags are text"),
    ],
)
def test_pieces(text, pieces):
    assert parse(text) == pieces


@given(st.text())
def test_no_letter_is_lost(text):
    letters = [c for c in text if c.isalpha()]
    assert [c for piece in parse(text) for c in piece.text if c.isalpha()] == letters
