"""A reading on paper: lines counted through the article, pieces that are its text, and where each highlight stands."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotator.models import Reading
from annotator.reports.printed_reading import PrintedReading, printed_reading
from tests import factories

pytestmark = pytest.mark.django_db
# 12 columns of the heading, then lines of at most 72: the first paragraph has two, the second one.
TEXT = (
    "Quay reopens\n\n"
    "The north quay opens again on Friday after eleven weeks of repairs, the harbour office said.\n\n"
    "Nobody was hurt."
)


@pytest.fixture
def reading() -> Reading:
    """A reading with one highlight over the end of a line, and one over a whole paragraph."""
    teacher = factories.teacher()
    room = factories.classroom(teacher)
    work = factories.exercise(room, [factories.article(teacher, text=TEXT, title="Quay reopens")])
    found = factories.reading(work, factories.reader(room))
    for words, label in [("repairs, the harbour", "attribution"), ("Nobody was hurt.", "claim")]:
        factories.mark(found, words, label)
    return found


def text_of(sheet: PrintedReading) -> list[str]:
    """Each line's words."""
    return ["".join(piece.text for piece in line.pieces) for block in sheet.blocks for line in block.lines]


def test_lines_are_numbered_through_the_article_and_make_up_its_text(reading: Reading) -> None:
    sheet = printed_reading(reading)
    assert text_of(sheet) == [
        "Quay reopens",
        "The north quay opens again on Friday after eleven weeks of repairs, the ",
        "harbour office said.",
        "Nobody was hurt.",
    ]
    numbers = [line.number for block in sheet.blocks for line in block.lines]
    assert numbers == [1, 2, 3, 4]
    for block in sheet.blocks:
        for line in block.lines:
            assert TEXT[line.start : line.end] == "".join(piece.text for piece in line.pieces)


def test_a_highlight_over_a_line_s_end_is_painted_on_both(reading: Reading) -> None:
    lines = [line for block in printed_reading(reading).blocks for line in block.lines]
    painted = [[piece.text for piece in line.pieces if piece.css] for line in lines]
    assert painted == [[], ["repairs, the "], ["harbour"], ["Nobody was hurt."]]


def test_each_highlight_is_listed_with_its_lines(reading: Reading) -> None:
    found = [(each.card.label.slug, each.first, each.last) for each in printed_reading(reading).listed]
    assert found == [("attribution", 2, 3), ("claim", 4, 4)]


def test_every_fifth_number_is_shown() -> None:
    teacher = factories.teacher()
    room = factories.classroom(teacher)
    text = "\n\n".join(f"Line {n}." for n in range(1, 13))
    work = factories.exercise(room, [factories.article(teacher, text=text, title="Lines")])
    sheet = printed_reading(factories.reading(work, factories.reader(room)))
    shown = [line.number for block in sheet.blocks for line in block.lines if line.shows]
    assert shown == [5, 10]


def test_it_asks_at_most_seven_queries(reading: Reading) -> None:
    with CaptureQueriesContext(connection) as asked:
        printed_reading(Reading.objects.select_related("article", "exercise").get(pk=reading.pk))
    assert len(asked) - 1 <= 7
